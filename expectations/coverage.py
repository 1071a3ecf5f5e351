"""Not judged is not passed: how many subjects each rule looked at, could not look at and why, and found wanting."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.connection import Connection, Row, fill, rows
from expectations.modes import Modes
from expectations.rulebook import Rule
from expectations.sentences import Finding

_COVERAGE: Mapping[str, str] = {
    "rule_id": "VARCHAR", "unit_code": "VARCHAR", "judged_count": "BIGINT", "not_judged_count": "BIGINT",
    "missing_input": "VARCHAR", "missing_on": "VARCHAR", "failed_count": "BIGINT", "waived_count": "BIGINT",
    "city_code": "VARCHAR",
}  # fmt: skip
_NOT_JUDGED: Mapping[str, str] = {
    "rule_id": "VARCHAR", "unit_code": "VARCHAR", "title_zh": "VARCHAR", "title_en": "VARCHAR",
    "missing_input": "VARCHAR", "missing_zh": "VARCHAR", "missing_en": "VARCHAR", "not_judged_count": "BIGINT",
    "city_code": "VARCHAR",
}  # fmt: skip
OFF = "mode.off"  # missing_input of a rule that the policy has switched off


@dataclass(frozen=True)
class PolicyGap:
    """A table of policy that was supplied, but has nothing for a date that a rule in mode `on` needs."""

    rule_id: str
    unit_code: str
    missing_input: str
    missing_on: str
    subject_count: int


def count_subjects(connection: Connection, book: Sequence[Rule], modes: Modes) -> list[Row]:
    """The rows of every `.subjects.sql` with their rule; what is switched off is counted as not judged."""
    counted = []
    for rule in book:
        for row in rows(connection, rule.subjects_sql):
            mode = modes.of(row["rule_id"], row["unit_code"])
            subject = {**row, "rule": rule.rule, "unit_code": row["unit_code"] or "", "is_on": mode == "on"}
            if mode == "off":
                total = row["judged_count"] + row["not_judged_count"]
                subject |= {"judged_count": 0, "not_judged_count": total, "missing_input": OFF, "missing_on": None}
            counted.append(subject)
    return counted


def cover(
    connection: Connection, subjects: Sequence[Row], findings: Sequence[Finding], city_code: str
) -> tuple[PolicyGap, ...]:
    """Fill judged.coverage, one row per rule and unit, and name the gaps of policy."""
    failed, waived = _counted(findings, "open"), _counted(findings, "waived")
    covered = []
    for (rule, rule_id, unit_code), parts in sorted(_grouped(subjects, findings).items()):
        stated = (
            rule_id, unit_code,
            sum(part["judged_count"] for part in parts), sum(part["not_judged_count"] for part in parts),
            "、".join(sorted({part["missing_input"] for part in parts if part["missing_input"]})) or None,
            min((part["missing_on"] for part in parts if part["missing_on"]), default=None),
            failed[rule, rule_id, unit_code], waived[rule, rule_id, unit_code], city_code,
        )  # fmt: skip
        covered.append(dict(zip(_COVERAGE, stated, strict=True)))
    fill(connection, "judged.coverage", _COVERAGE, covered)
    return tuple(
        PolicyGap(
            part["rule_id"], part["unit_code"], part["missing_input"], part["missing_on"], part["not_judged_count"]
        )
        for part in subjects
        if part["missing_on"] and part["is_on"]
    )


def state_not_judged(connection: Connection, book: Sequence[Rule], subjects: Sequence[Row], city_code: str) -> None:
    """Fill judged.not_judged, one row per rule, unit and missing input: what `check` says beside the findings."""
    by_rule = {rule.rule: rule for rule in book}
    counted: Counter[tuple[str, str, str, str]] = Counter()
    for part in subjects:
        key = (part["rule"], part["rule_id"], part["unit_code"], part["missing_input"] or "")
        counted[key] += part["not_judged_count"]
    stated = [
        {
            "rule_id": rule_id,
            "unit_code": unit_code,
            "title_zh": by_rule[rule].title_zh,
            "title_en": by_rule[rule].title_en,
            "missing_input": missing,
            **_words_of(by_rule[rule], missing),
            "not_judged_count": count,
            "city_code": city_code,
        }
        for (rule, rule_id, unit_code, missing), count in sorted(counted.items())
        if count
    ]
    fill(connection, "judged.not_judged", _NOT_JUDGED, stated)


def _words_of(rule: Rule, missing: str) -> Row:
    """What is missing, as people read it."""
    words = rule.inputs.get(missing)
    return {"missing_zh": words.zh if words else None, "missing_en": words.en if words else None}


def _grouped(subjects: Sequence[Row], findings: Sequence[Finding]) -> dict[tuple[str, str, str], list[Row]]:
    """Subjects by rule and unit; a unit with findings but no subject of its own has a row, too."""
    grouped: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for subject in subjects:
        grouped[subject["rule"], subject["rule_id"], subject["unit_code"]].append(subject)
    ids = {(rule, rule_id) for rule, rule_id, _ in grouped}
    for finding in findings:
        covered = [(rule, rule_id) for rule, rule_id in ids if _is_of(finding, rule, rule_id)]
        for rule, rule_id in covered or [(finding.rule, finding.rule)]:
            grouped[rule, rule_id, finding.unit_code or ""] += []
    return grouped


def _is_of(finding: Finding, rule: str, rule_id: str) -> bool:
    """Whether a finding counts under a coverage id: the whole rule, or the detail of that name."""
    return finding.rule == rule and rule_id in (rule, finding.rule_id)


def _counted(findings: Sequence[Finding], status: str) -> Counter[tuple[str, str, str]]:
    """Findings of a status by rule, coverage id and unit; each counts for its detail and for its rule as a whole."""
    return Counter(
        (finding.rule, rule_id, finding.unit_code or "")
        for finding in findings
        if finding.status == status
        for rule_id in {finding.rule, finding.rule_id}
    )
