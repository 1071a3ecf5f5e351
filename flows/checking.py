"""`check`: the findings as they stand, from the published copy."""

from __future__ import annotations

from pathlib import Path

from flows.edges.published import Published, Row, open_published
from flows.edges.workspace import open_workspace
from flows.outcome import Outcome, count_by_severity, place_of
from flows.problems import Exit, Problem, problem, refuse
from flows.words import say

_OPEN = """
SELECT f.*
FROM marts.findings AS f
WHERE f.status = 'open'
  AND ($unit IS NULL OR f.unit_code = $unit)
  AND ($year IS NULL OR EXISTS (
        SELECT 1 FROM checks.finding_facts AS a
        WHERE a.finding_id = f.finding_id
          AND COALESCE(a.budget_year, EXTRACT(YEAR FROM a.fact_on), $year) = $year))
ORDER BY CASE f.severity WHEN 'reject' THEN 1 WHEN 'error' THEN 2 WHEN 'warn' THEN 3 ELSE 4 END,
         f.rule_id, f.unit_code, f.source_file, f.sheet, f.row_no, f.finding_id
"""
_GAPS = """
SELECT rule_id, unit_code, missing_input, missing_on
FROM checks.policy_gaps
WHERE ($unit IS NULL OR unit_code = $unit OR unit_code = '')
  AND ($year IS NULL OR missing_on[1:4] = CAST($year AS VARCHAR))
ORDER BY ALL
"""


def check(root: Path, *, year: int | None = None, unit: str | None = None) -> Outcome:
    """Open findings in the scope asked: 10 when one is `reject` or `error`, 12 when policy left a rule unjudged."""
    with open_published(open_workspace(root)) as published:
        scope = {"year": year, "unit": unit_code(published, unit)}
        found = published.rows(_OPEN, scope)
        gaps = published.rows(_GAPS, scope)
    counted = count_by_severity(finding["severity"] for finding in found)
    codes = {Exit.FINDINGS_OPEN} if counted["reject"] or counted["error"] else set()
    codes |= {Exit.NOT_JUDGED} if gaps else set()
    return Outcome(
        "check",
        frozenset(codes),
        summary={"open": len(found), **scope},
        findings=counted,
        problems=[gap_problem(gap) for gap in gaps],
        rows=found,
        lines=[line_of(finding) for finding in found] or [say("check.clean")],
    )


def unit_code(published: Published, unit: str | None) -> str | None:
    """The code of a unit given by code or name. Refused (2) when there is no such unit."""
    if unit is None:
        return None
    found = published.rows(
        "SELECT unit_code FROM marts.units WHERE unit_code = $unit OR unit_name = $unit", {"unit": unit}
    )
    if not found:
        raise refuse(Exit.USAGE, "usage.unknown_unit", value=unit)
    return str(found[0]["unit_code"])


def gap_problem(gap: Row) -> Problem:
    """A rule that policy left without its table for a date, as people read it."""
    return problem("policy.gap", gap["rule_id"], missing=gap["missing_input"], on=gap["missing_on"])


def line_of(finding: Row) -> str:
    """One printed line: severity, place, the sentence, [rule]."""
    where = place_of(finding, finding["message_zh"])
    said = (say(f"severity.{finding['severity']}"), where, finding["message_zh"], f"[{finding['rule_id']}]")
    return "  ".join(part for part in said if part)
