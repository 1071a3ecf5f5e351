"""Judgement by the rules' own SQL: offences become findings, and what was not judged is counted beside them.

Fills, as new tables, within the caller's transaction:
- `judged.rules`: the rules of this run, one row a published id;
- `judged.offences`: the rows of every rule's .sql as they are; Great Expectations must count the same (`suites.py`);
- `judged.findings`: one row per finding, with its sentence, place, mask, id and status (`life.py`);
- `judged.coverage`: per rule and unit how many subjects were judged, were not, and failed (`coverage.py`);
- `judged.not_judged`: the same for what was not judged, with the input that is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from expectations.connection import Connection, fill, rows, value
from expectations.coverage import PolicyGap, count_subjects, cover, state_not_judged
from expectations.life import SHARED, decide, remember
from expectations.modes import Modes, load_modes
from expectations.rulebook import OFFENCE_COLUMNS, Rule, load_rules
from expectations.sentences import Finding, write_finding

_OFFENCES = f"rule VARCHAR NOT NULL, {', '.join(f'{column} VARCHAR' for column in OFFENCE_COLUMNS)}"
_RULES: Mapping[str, str] = {
    "rule_id": "VARCHAR", "published_id": "VARCHAR", "rule": "VARCHAR", "title_zh": "VARCHAR", "title_en": "VARCHAR",
    "label_zh": "VARCHAR", "severity": "VARCHAR", "article": "VARCHAR", "is_confirmed": "BOOLEAN",
    "applies_from": "DATE", "applies_to": "DATE", "city_code": "VARCHAR",
}  # fmt: skip
_FINDINGS: Mapping[str, str] = {
    "finding_id": "VARCHAR", "group_id": "VARCHAR", "rule_id": "VARCHAR", "severity": "VARCHAR", "unit_code": "VARCHAR",
    "kind": "VARCHAR", "source_file": "VARCHAR", "sha256": "VARCHAR", "sheet": "VARCHAR", "row_no": "INTEGER",
    "column_name": "VARCHAR", "value_masked": "VARCHAR", "message_zh": "VARCHAR", "article": "VARCHAR",
    "status": "VARCHAR", "first_seen_on": "DATE", "city_code": "VARCHAR",
    "rule": "VARCHAR", "detail": "VARCHAR", "receipt_id": "VARCHAR", "row_id": "VARCHAR", "field": "VARCHAR",
    "value_text": "VARCHAR", "subject_key": "VARCHAR", "batch_no": "VARCHAR", "notice_no": "VARCHAR",
    "args": "VARCHAR[]", "message_en": "VARCHAR", "sentence_zh": "VARCHAR", "sentence_en": "VARCHAR",
    "way_out_zh": "VARCHAR", "way_out_en": "VARCHAR", "fact_hash": "VARCHAR", "corrected_by": "VARCHAR",
}  # fmt: skip

_IN_ORDER = "ORDER BY rule, rule_id, subject_key, field, is_corrected, row_id, arg1, arg2, arg3, ingest_no"


@dataclass(frozen=True)
class Judgement:
    """What the rules' SQL said, in numbers; the rows are in `judged`."""

    offences: Mapping[str, int]  # per rule, every row of its SQL
    findings: Mapping[str, int]  # open ones, per severity
    policy_gaps: tuple[PolicyGap, ...]  # rules in mode `on` that a missing date of policy left unjudged: exit code 12
    moves_facts: bool = False  # a new decision changes the facts themselves: they have to be made and judged again


def judge(connection: Connection, *, rules: Sequence[Rule] | None = None) -> Judgement:
    """Judge all facts by all rules whose mode is not `off`.

    Reads run.parameters (city_code), policy.rule_modes, policy.parameters, and what the rules' SQL names. A rule that
    is unconfirmed or in mode `observe` gives `info` at most. Sentences are masked; value_text and args are not, and
    are never published.
    """
    book = load_rules() if rules is None else tuple(rules)
    city_code = str(value(connection, "SELECT city_code FROM run.parameters"))
    modes = load_modes(connection, book)
    _state_rules(connection, book, modes, city_code)
    _replace(connection, "judged.mended_problems", SHARED / "mended_problems.sql")
    connection.execute(f"CREATE OR REPLACE TABLE judged.offences ({_OFFENCES})")
    on_facts = [rule for rule in modes.judged(book) if not rule.is_about_findings]
    on_findings = [rule for rule in modes.judged(book) if rule.is_about_findings]
    findings, newly_decided = decide(connection, _found(connection, on_facts, modes))
    findings += _found(connection, on_findings, modes)
    fill(connection, "judged.findings", _FINDINGS, [finding.row(city_code) for finding in findings])
    remember(connection)
    subjects = count_subjects(connection, book, modes)
    gaps = cover(connection, subjects, findings, city_code)
    state_not_judged(connection, book, subjects, city_code)
    return Judgement(
        offences=_offence_counts(connection, book),
        findings=Counter(finding.severity for finding in findings if finding.status == "open"),
        policy_gaps=gaps,
        moves_facts=any(rule.moves_facts and rule.rule in newly_decided for rule in book),
    )


def _state_rules(connection: Connection, book: Sequence[Rule], modes: Modes, city_code: str) -> None:
    """The rules as a table: a dated rule's SQL compares its facts with these dates; `explain` shows the rest."""
    stated = [
        (
            detail_id, rule.published_id(detail_id), rule.rule, rule.title_zh, rule.title_en, detail.label_zh,
            detail.severity, rule.article.zh, modes.is_confirmed(rule), rule.applies_from, rule.applies_to, city_code,
        )
        for rule in book for detail_id, detail in rule.details.items()
    ]  # fmt: skip
    fill(connection, "judged.rules", _RULES, [dict(zip(_RULES, each, strict=True)) for each in stated])


def _found(connection: Connection, book: Sequence[Rule], modes: Modes) -> list[Finding]:
    """What these rules find: their rows by INSERT … SELECT of their own .sql, nothing else between, then as findings.

    In the order of rule and subject; ids are unique. Of one fact only what is not mended is told, and once.
    """
    for rule in book:
        connection.execute(f"INSERT INTO judged.offences BY NAME SELECT '{rule.rule}' AS rule, * FROM (\n{rule.sql}\n)")
    by_rule = {rule.rule: rule for rule in book}
    drafts = (SHARED / "drafts.sql").read_text(encoding="utf-8")
    asked = f"SELECT * FROM (\n{drafts}\n) WHERE list_contains(?, rule) {_IN_ORDER}"
    found = []
    taken: Counter[str] = Counter()
    for draft in rows(connection, asked, [list(by_rule)]):
        rule = by_rule[draft["rule"]]
        mode = modes.of(draft["rule_id"], draft["unit_code"])
        if mode != "off":
            finding = write_finding(rule, draft, is_full=mode == "on" and modes.is_confirmed(rule))
            if finding.status == "corrected" and taken[finding.finding_id]:
                continue
            taken[finding.finding_id] += 1
            found.append(finding.numbered(taken[finding.finding_id]))
    return found


def _offence_counts(connection: Connection, book: Sequence[Rule]) -> dict[str, int]:
    counted = rows(connection, "SELECT rule, COUNT(*) AS n FROM judged.offences GROUP BY rule")
    return dict.fromkeys((rule.rule for rule in book), 0) | {row["rule"]: int(row["n"]) for row in counted}


def _replace(connection: Connection, address: str, path: Path) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE {address} AS\n{path.read_text(encoding='utf-8')}")
