"""The rules as data: one pair of files a rule, `rules/<id>_<name>.yaml` and `.sql`, beside them `.subjects.sql`.

`.sql` selects the offences and nothing else (columns: `OFFENCE_COLUMNS`). `.subjects.sql` says how many subjects the
rule looked at and how many it could not judge, and why (columns: `SUBJECT_COLUMNS`): not judged is not passed. Where
policy has a table but nothing for a date, `missing_on` is that date: exit code 12. `.yaml` holds what people read and
decide: the sentence, the way out, the article, the severity, from when to when the rule holds. `shared/` is no rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from expectations.yaml_files import read_yaml

RULES = Path(__file__).with_name("rules")

OFFENCE_COLUMNS = (
    "rule_id", "unit_code", "kind", "row_id", "field", "value_text", "subject_key", "batch_no", "notice_no",
    "arg1", "arg2", "arg3", "arg4", "arg5", "arg6",
)  # fmt: skip
SUBJECT_COLUMNS = ("rule_id", "unit_code", "judged_count", "not_judged_count", "missing_input", "missing_on")
OWN_WORDS = ("batch", "notice", "sheet", "column", "value")  # every sentence may name these of its finding

Severity = Literal["reject", "error", "warn", "info"]
Address = Literal["row", "sheet", "file", "none"]


class _Entry(BaseModel):
    """Strict: an unknown key is a typo, and a typo in a rule must not pass."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Detail(_Entry):
    """One way of breaking a rule, under the id that the rule's SQL gives it."""

    rule_id: str | None = None  # published id where the SQL's id is finer than the contract's
    severity: Severity
    address: Address = "row"  # how much of row_id's address the finding carries; below `row` it is no finding on a row
    args: tuple[str, ...] = ()  # names of arg1, arg2, … in the sentences
    label_zh: str
    zh: str
    en: str
    way_out_zh: str
    way_out_en: str


class Article(_Entry):
    """Where the rule comes from."""

    zh: str
    evidence: str  # seed, read: …, practice: …, recalled, contract (domain.md section 0)


class Missing(_Entry):
    """What a rule could not be judged for, as people read it."""

    zh: str
    en: str


class Rule(_Entry):
    """A rule with its SQL."""

    rule: str
    name: str
    title_zh: str
    title_en: str
    subject_zh: str  # what is counted by the .subjects.sql
    reads: str  # the table whose rows it judges: the batch that Great Expectations is given
    article: Article
    confirmed: bool
    moves_facts: bool = False  # a decision on its findings changes the facts themselves: they are made again
    parameters: tuple[str, ...] = ()  # of policy.parameters: while one is unconfirmed the rule gives info at most
    applies_from: date | None = None
    applies_to: date | None = None
    inputs: Mapping[str, Missing] = Field(default_factory=dict)  # by missing_input
    details: Mapping[str, Detail]
    sql: str
    subjects_sql: str

    @model_validator(mode="after")
    def _dates_reach_the_sql(self) -> Rule:
        """A dated rule compares the date of each fact in its SQL; a date that is only written down judges nothing."""
        if (self.applies_from or self.applies_to) and "judged.rules" not in self.sql:
            raise ValueError(
                f"{self.name}: applies_from/applies_to are stated, but the .sql does not read judged.rules"
            )
        return self

    @model_validator(mode="after")
    def _sentences_name_what_is_given(self) -> Rule:
        """A name that no arg fills would fail on the first finding, in front of a user."""
        for detail_id, entry in self.details.items():
            given = {*entry.args, *OWN_WORDS}
            for text in (entry.zh, entry.en, entry.way_out_zh, entry.way_out_en):
                unknown = {name for _, name, _, _ in Formatter().parse(text) if name} - given
                if unknown:
                    raise ValueError(f"{self.name} {detail_id}: nothing fills {sorted(unknown)}")
        return self

    @property
    def is_about_findings(self) -> bool:
        """Judged after the rules on facts, for it reads what they found."""
        return self.reads.startswith("judged.")

    def detail(self, detail_id: str) -> Detail:
        """The detail with this id; reading rules share one entry, `*`."""
        return self.details.get(detail_id) or self.details["*"]

    def published_id(self, detail_id: str) -> str:
        """The id that people see."""
        entry = self.details.get(detail_id)
        return entry.rule_id if entry and entry.rule_id else detail_id


@cache
def load_rules(folder: Path = RULES) -> tuple[Rule, ...]:
    """All rules of a folder in the order of their names."""
    return tuple(_load_rule(path) for path in sorted(folder.glob("[A-Z]*.yaml")))


def _load_rule(path: Path) -> Rule:
    stated = read_yaml(path)
    return Rule.model_validate(
        stated
        | {
            "name": path.stem,
            "sql": _select_text(path.with_suffix(".sql")),
            "subjects_sql": _select_text(path.with_suffix(".subjects.sql")),
        }
    )


def _select_text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip().removesuffix(";")
