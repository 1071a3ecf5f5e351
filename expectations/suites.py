"""Great Expectations as the second judge: native checks of every table, and every rule's own SQL once more.

One suite a table: what the contracts say of it, and the rules that judge its rows. Great Expectations is imported when
`validate` runs, never before: it costs seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from expectations.connection import Connection, Row, rows
from expectations.modes import load_modes
from expectations.rulebook import Rule, load_rules
from expectations.structure import Structure, codes, structures

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation

    from expectations.gx_duckdb import Borrowed

# No values: the record is kept for audits, and a failing key may be personal.
_RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}
_RECORDED = ("element_count", "unexpected_count", "missing_count", "observed_value")


@dataclass(frozen=True)
class ValidationOutcome:
    """What one expectation said: a row of `run.validations`."""

    suite: str
    expectation: str
    subject_table: str
    success: bool
    unexpected_count: int
    observed: str  # JSON: type, arguments (a rule's SQL by its name), counts

    def row(self) -> Row:
        """The outcome as a table row."""
        return dict(vars(self))


class JudgesDisagree(RuntimeError):  # noqa: N818  # said as what is the case
    """The rules' SQL and Great Expectations do not count the same, or the books break their contract: a bug (70)."""


class BrokenExpectation(RuntimeError):  # noqa: N818
    """An expectation could not be evaluated. To Great Expectations that is merely `success=False`; to us a bug (70)."""


@dataclass(frozen=True)
class _Suite:
    """The expectations on one table by name."""

    table: str
    expectations: Mapping[str, Expectation]


def validate(connection: Connection, *, rules: Sequence[Rule] | None = None) -> list[ValidationOutcome]:
    """Validate the settled tables, on the caller's connection and inside its transaction, after `findings.judge`.

    Reads judged.offences, policy.labels, policy.rule_modes and every table with a suite. Writes nothing: the flow
    inserts the outcomes into run.validations. Raises BrokenExpectation or JudgesDisagree; a rule that finds offences is
    no error, it is success=False with the same count as judged.offences.
    """
    from expectations.gx_duckdb import Borrowed

    book = load_rules() if rules is None else tuple(rules)
    judged = load_modes(connection, book).judged(book)
    outcomes: list[ValidationOutcome] = []
    tables = Borrowed(connection)
    with redirect_stdout(StringIO()):
        for suite in _suites(_in_use(connection, structures()), judged, codes(connection)):
            outcomes += _run(tables, suite)
    _agree(connection, judged, outcomes)
    return outcomes


def _in_use(connection: Connection, tables: Sequence[Structure]) -> list[Structure]:
    """The tables with rows: of an empty one every native check holds, and each costs as long as one over a full one."""
    asked = " UNION ALL ".join(f"SELECT '{each.table}' AS name WHERE EXISTS (FROM {each.table})" for each in tables)
    held = {row["name"] for row in rows(connection, asked)}
    return [each for each in tables if each.table in held]


def _suites(
    tables: Sequence[Structure], book: Sequence[Rule], domains: Mapping[str, Sequence[str]]
) -> Iterator[_Suite]:
    from expectations import gx_checks

    by_table: dict[str, dict[str, Expectation]] = {}
    for structure in tables:
        by_table.setdefault(structure.table, {}).update(_native(structure, domains))
    for rule in book:
        by_table.setdefault(rule.reads, {})[rule.name] = gx_checks.no_rows(rule.sql)
    return (_Suite(table, by_name) for table, by_name in by_table.items())


def _native(structure: Structure, domains: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Expectation]]:
    """Not null, unique, and within the enumeration, each under a name that says so."""
    from expectations import gx_checks

    for column in structure.not_null:
        yield f"{column}:not_null", gx_checks.not_null(column)
    yield f"{'+'.join(structure.unique)}:unique", gx_checks.unique(structure.unique)
    for column, domain in structure.domains.items():
        if domain in domains:
            yield f"{column}:in_{domain}", gx_checks.in_set(column, domains[domain])


def _run(tables: Borrowed, suite: _Suite) -> Iterator[ValidationOutcome]:
    """Validate one table. Results come in no order: each is known by the name in its meta."""
    from great_expectations import ExpectationSuite

    for name, expectation in suite.expectations.items():
        expectation.meta = {"name": name}
    found = tables.batch(suite.table).validate(
        ExpectationSuite(name=suite.table, expectations=list(suite.expectations.values())), result_format=_RESULT_FORMAT
    )
    by_name = {_name_of(result): result for result in found.results}
    for name in suite.expectations:
        yield _outcome(suite.table, name, by_name[name])


def _name_of(result: Any) -> str:
    return str(result.expectation_config.meta["name"])


def _outcome(table: str, name: str, result: Any) -> ValidationOutcome:
    _refuse_broken(table, name, result.exception_info or {})
    counted = {key: result.result[key] for key in _RECORDED if key in result.result}
    config = result.expectation_config
    arguments = {key: value for key, value in config.kwargs.items() if key not in ("batch_id", "unexpected_rows_query")}
    return ValidationOutcome(
        suite=table,
        expectation=name,
        subject_table=table,
        success=bool(result.success),
        unexpected_count=int(counted.get("unexpected_count", counted.get("observed_value", 0)) or 0),
        observed=json.dumps(
            {"type": config.type, "arguments": arguments, **counted}, ensure_ascii=False, sort_keys=True
        ),
    )


def _refuse_broken(table: str, name: str, info: Mapping[str, Any]) -> None:
    """`info` is one report, or one a metric."""
    reports = [info] if "raised_exception" in info else list(info.values())
    for report in reports:
        if report.get("raised_exception"):
            raise BrokenExpectation(f"{table} {name}: {report.get('exception_message')}")


def _agree(connection: Connection, judged: Sequence[Rule], outcomes: Sequence[ValidationOutcome]) -> None:
    """Both judges count alike, and nothing in the books breaks its contract."""
    counted = {
        row["rule"]: row["n"] for row in rows(connection, "SELECT rule, COUNT(*) AS n FROM judged.offences GROUP BY 1")
    }
    by_name = {rule.name: rule for rule in judged}
    differences = []
    for outcome in outcomes:
        rule = by_name.get(outcome.expectation)
        expected = counted.get(rule.rule, 0) if rule else 0
        if outcome.unexpected_count != expected or outcome.success != (expected == 0):
            said = f"Great Expectations {outcome.unexpected_count}, SQL {expected}"
            differences.append(f"{outcome.subject_table} {outcome.expectation}: {said}")
    if differences:
        raise JudgesDisagree("；".join(differences))
