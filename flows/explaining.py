"""`explain`: from which file, sheet and row an id comes, and why it stands as it does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.certificates import candidates, certificate
from flows.edges.published import Published, Row, open_published
from flows.edges.workspace import open_workspace
from flows.outcome import Outcome, place
from flows.problems import Exit, refuse
from flows.words import say

_SUBJECTS: Mapping[str, str] = {
    "payment": "SELECT * FROM marts.payments WHERE payment_id = ?",
    "bank_line": "SELECT * FROM marts.bank_lines WHERE bank_line_id = ?",
    "finding": "SELECT * FROM marts.findings WHERE finding_id = ?",
    "match": "SELECT * FROM marts.matches WHERE match_id = ? LIMIT 1",
    "household": "SELECT household_id, count(*) AS file_count FROM marts.households WHERE household_id = ? GROUP BY 1",
    "household_without_file": "SELECT household_id, 0 AS file_count FROM marts.payments WHERE household_id = ? LIMIT 1",
}
_ORIGINS = """
SELECT source_file AS file, sha256, sheet, row_no, role
FROM checks.origins
WHERE subject_id = ?
ORDER BY CASE role WHEN 'household' THEN 0 WHEN 'payment' THEN 1 WHEN 'bank_line' THEN 1 ELSE 2 END,
         role, source_file, sheet, row_no
"""
_WAIVERS = """
SELECT DISTINCT waiver_id, state, until_on, reason, prepared_unit, prepared_name, approved_unit, approved_name,
    document, document_sha256
FROM checks.waivers
WHERE finding_id = ?
ORDER BY waiver_id
"""
_RULES = "SELECT DISTINCT rule FROM marts.matches WHERE payment_id = $id OR bank_line_id = $id ORDER BY ALL"
_LABEL = "SELECT label_zh FROM policy.labels WHERE document_set = 'default' AND domain = ? AND code = ?"


def explain(root: Path, *, subject: str) -> Outcome:
    """The lines of received files behind an id, and the reason in a sentence. Refused (2) when nothing has the id."""
    with open_published(open_workspace(root)) as published:
        for kind, sql in _SUBJECTS.items():
            if found := published.rows(sql, [subject]):
                summary = {"subject": kind.removesuffix("_without_file"), **found[0]}
                summary["reason_zh"] = _reason(published, kind, found[0])
                origin = found[0]["bank_line_id"] if kind == "match" else subject
                rows = published.rows(_ORIGINS, [origin])
                lines = _lines(summary, rows)
                if kind in ("payment", "bank_line", "match"):
                    looked_at = "payment" if kind == "payment" else "bank_line"
                    summary["candidates"] = candidates(published, looked_at, found[0])
                    lines += certificate(published, looked_at, found[0], summary["candidates"])
                if kind == "finding":
                    summary["waivers"] = published.rows(_WAIVERS, [subject])
                    lines += [_corrected(row) for row in rows if row["role"] == "correction"]
                    lines += [_waiver(row) for row in summary["waivers"]]
                return Outcome("explain", summary=summary, rows=rows, lines=lines)
    raise refuse(Exit.USAGE, "usage.unknown_id", value=subject)


def _reason(published: Published, kind: str, found: Row) -> str:
    """Why it stands so: the sentence of a finding, else what it counts as and the rules that say so."""
    if kind == "finding":
        return str(found["message_zh"])
    if kind in ("household", "household_without_file"):
        return say("explain.household", files=found["file_count"])
    if kind == "match":
        return say(f"match.{found['rule']}")
    domain, code = (
        ("payment_status", found["status"]) if kind == "payment" else ("classification", found["classification"])
    )
    words = published.value(_LABEL, [domain, code]) or code
    subject = found["payment_id"] if kind == "payment" else found["bank_line_id"]
    rules = [say(f"match.{rule}") for (rule,) in published.table(_RULES, {"id": subject})[1]]
    return (
        say("explain.matched", words=words, rules="、".join(rules)) if rules else say("explain.unmatched", words=words)
    )


def _lines(summary: Mapping[str, Any], rows: list[Row]) -> list[str]:
    places = [f"{say('role.' + row['role'])}：{place(row['file'], row['sheet'], row['row_no'])}" for row in rows]
    return [str(summary["reason_zh"]), *places]


def _corrected(row: Row) -> str:
    return say("explain.corrected", file=row["file"])


def _waiver(row: Row) -> str:
    """Who decided, why, on what paper, until when, and whether it holds."""
    return say(
        "explain.waiver",
        prepared=f"{row['prepared_unit'] or ''}{row['prepared_name']}",
        approved=f"{row['approved_unit'] or ''}{row['approved_name']}",
        reason=row["reason"],
        document=row["document"],
        until=row["until_on"],
        state=say(f"waiver.{row['state']}"),
    )
