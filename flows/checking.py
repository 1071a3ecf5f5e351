"""`check`: the findings as they stand, in groups for people and row by row for programs; from the published copy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from flows.edges.published import Published, Row, open_published
from flows.edges.workspace import open_workspace
from flows.outcome import Outcome, count_by_severity, place_of
from flows.problems import Exit, Problem, problem, refuse
from flows.words import say

SHOWN_OF_GROUP = 3
_IN_SCOPE = """
($unit IS NULL OR f.unit_code = $unit)
AND ($year IS NULL OR EXISTS (
    SELECT 1 FROM checks.finding_facts AS a
    WHERE a.finding_id = f.finding_id AND COALESCE(a.budget_year, EXTRACT(YEAR FROM a.fact_on), $year) = $year))
"""
_OPEN = f"""
SELECT f.*
FROM marts.findings AS f
WHERE f.status = 'open' AND {_IN_SCOPE}
ORDER BY CASE f.severity WHEN 'reject' THEN 1 WHEN 'error' THEN 2 WHEN 'warn' THEN 3 ELSE 4 END,
         f.rule_id, f.unit_code, f.group_id, f.source_file, f.sheet, f.row_no, f.finding_id
"""
_SETTLED = f"""
SELECT COUNT_IF(f.status = 'corrected') AS corrected, COUNT_IF(f.status = 'waived') AS waived
FROM marts.findings AS f WHERE {_IN_SCOPE}
"""
_SAID = "SELECT finding_id, batch_no, sentence_zh, way_out_zh, sentence_en, way_out_en FROM checks.findings"
_TITLES = "SELECT rule_id, MIN(title_zh) AS title_zh, MIN(title_en) AS title_en FROM checks.rules GROUP BY rule_id"
_UNITS = "SELECT unit_code, unit_name FROM marts.units"
_NOT_JUDGED = """
SELECT rule_id, MIN(title_zh) AS title_zh, MIN(title_en) AS title_en, missing_input, MIN(missing_zh) AS missing_zh,
    MIN(missing_en) AS missing_en, CAST(SUM(not_judged_count) AS BIGINT) AS not_judged
FROM checks.not_judged
WHERE $unit IS NULL OR unit_code = $unit OR unit_code = ''
GROUP BY rule_id, missing_input
ORDER BY rule_id, missing_input
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
        settled = published.rows(_SETTLED, scope)[0]
        unjudged = published.rows(_NOT_JUDGED, {"unit": scope["unit"]})
        gaps = published.rows(_GAPS, scope)
        lines = _lines(published, found, settled, unjudged)
    counted = count_by_severity(finding["severity"] for finding in found)
    codes = {Exit.FINDINGS_OPEN} if counted["reject"] or counted["error"] else set()
    codes |= {Exit.NOT_JUDGED} if gaps else set()
    groups = len({finding["group_id"] for finding in found})
    not_judged = [{key: row[key] for key in ("rule_id", "missing_input", "not_judged")} for row in unjudged]
    return Outcome(
        "check",
        frozenset(codes),
        summary={"open": len(found), "groups": groups, **settled, "not_judged": not_judged, **scope},
        findings=counted,
        problems=[gap_problem(gap) for gap in gaps],
        rows=found,
        lines=lines,
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


def _lines(published: Published, found: Sequence[Row], settled: Row, unjudged: Sequence[Row]) -> list[str]:
    """What people read: the groups, what has been settled, what nobody could judge."""
    said = {row["finding_id"]: row for row in published.rows(_SAID)} if found else {}
    titles = {row["rule_id"]: row[say("finding.title")] for row in published.rows(_TITLES)}
    units = {row["unit_code"]: row["unit_name"] for row in published.rows(_UNITS)}
    lines: list[str] = []
    for _, group in groupby(found, lambda finding: (finding["severity"], finding["rule_id"], finding["group_id"])):
        lines += _group_lines(list(group), said, titles, units)
    lines += [] if found else [say("check.clean")]
    lines += [say("check.settled", **settled)] if any(settled.values()) else []
    if unjudged:
        lines += [say("check.not_judged"), *(f"  {_unjudged_line(row)}" for row in unjudged)]
    return lines


def _group_lines(
    group: Sequence[Row], said: dict[str, Row], titles: dict[str, str], units: dict[str, str]
) -> list[str]:
    """A group of findings: what and whose it is and how many, the first of them, each way out once."""
    first, sentence, way_out = group[0], say("finding.sentence"), say("finding.way_out")
    batch = said[first["finding_id"]]["batch_no"]
    head = say(
        "check.group",
        severity=say(f"severity.{first['severity']}"),
        rule=first["rule_id"],
        title=titles.get(first["rule_id"], ""),
        unit=units.get(first["unit_code"], first["unit_code"]) or say("check.whole_city"),
        batch=say("check.batch", batch=batch) if batch else "",
        count=len(group),
        group=first["group_id"],
    )
    shown = group[:SHOWN_OF_GROUP]
    lines = [head]
    for finding in shown:
        words = str(said[finding["finding_id"]][sentence])
        where = place_of(finding, words)
        lines.append("  " + "  ".join(part for part in (where, words, f"[{finding['finding_id']}]") if part))
    if len(group) > len(shown):
        lines.append("  " + say("check.more", count=len(group) - len(shown)))
    ways = dict.fromkeys(str(said[finding["finding_id"]][way_out]) for finding in shown)
    return [*lines, *(f"  {say('way_out')}{way}" for way in ways)]


def _unjudged_line(row: Row) -> str:
    words = row[say("finding.missing")] or row["missing_input"]
    missing = say("check.off") if row["missing_input"] == "mode.off" else words
    title = row[say("finding.title")]
    return say("check.not_judged_line", rule=row["rule_id"], title=title, count=row["not_judged"], missing=missing)
