"""How each rule is applied, unit by unit: `on`, `observe` or `off`, and whether what it rests on is confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from expectations.connection import Connection, rows
from expectations.rulebook import Rule

UNLISTED = "observe"  # data/policy/rule_modes.yaml: a rule that is not listed is observed


@dataclass(frozen=True)
class Modes:
    """The policy's word on every rule. A word on a unit goes before one on all; a finer rule id before a coarser."""

    stated: Mapping[tuple[str, str | None], str]
    unconfirmed: frozenset[str]  # parameters that nobody has confirmed

    def of(self, rule_id: str, unit_code: str | None) -> str:
        """The mode of R11.same_group in a unit: as R11.same_group, R11 or R is stated."""
        names = (rule_id, rule_id.split(".")[0], rule_id[:1])
        units = (unit_code, None) if unit_code is not None else (None,)
        return next(
            (self.stated[name, unit] for unit in units for name in names if (name, unit) in self.stated), UNLISTED
        )

    def is_confirmed(self, rule: Rule) -> bool:
        """Whether the rule, and every parameter that it rests on, has been confirmed."""
        return rule.confirmed and not self.unconfirmed.intersection(rule.parameters)

    def is_off(self, rule: Rule) -> bool:
        """Whether nothing of the rule is judged in any unit."""
        units = {None, *(unit for _, unit in self.stated)}
        return all(self.of(detail, unit) == "off" for detail in _ids(rule) for unit in units)

    def judged(self, book: Iterable[Rule]) -> tuple[Rule, ...]:
        """The rules that are judged at all."""
        return tuple(rule for rule in book if not self.is_off(rule))


def _ids(rule: Rule) -> tuple[str, ...]:
    return tuple(rule.rule if detail == "*" else detail for detail in rule.details)


def load_modes(connection: Connection, book: Sequence[Rule]) -> Modes:
    """From policy.rule_modes, and policy.parameters for the parameters that the rules name."""
    stated = rows(connection, "SELECT rule_id, unit_code, mode FROM policy.rule_modes ORDER BY rule_id, unit_code")
    named = {parameter for rule in book for parameter in rule.parameters}
    known = rows(connection, "SELECT DISTINCT parameter FROM policy.parameters WHERE NOT is_confirmed") if named else []
    return Modes(
        stated={(row["rule_id"], row["unit_code"]): row["mode"] for row in stated},
        unconfirmed=frozenset(row["parameter"] for row in known),
    )
