"""`waive`: what people decided about a finding or a group of findings, put on the record like a form that came in.

The command writes the line of a 例外审批表 and receives it as it would receive the workbook of the same name: one
record, one judge (expectations/rules/shared/waivers.sql), one way to look at it later.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from expectations.contracts import load_contracts
from expectations.life import deciders
from flows.edges.evidence import keep, sha256_of
from flows.edges.inbox import InboxFile
from flows.edges.intake import close_moments
from flows.edges.lexicon import load_choices
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.workspace import Workspace, open_workspace
from flows.ingesting import ingest_files
from flows.outcome import Outcome
from flows.problems import Exit, Problem, Refusal, problem
from flows.settling import bring_up_to_date
from flows.steps import Runner, plainly
from flows.words import say

_PAPERS = frozenset((".pdf", ".ofd", ".docx", ".doc", ".xlsx", ".xls", ".jpg", ".jpeg", ".png", ".tif", ".zip"))
_NAMED = """
SELECT rule_id, severity, unit_code, status FROM judged.findings WHERE finding_id = $subject OR group_id = $subject
"""
_IS_SPENT = """
SELECT EXISTS (SELECT 1 FROM received.receipts WHERE receipt_id = $receipt)
    AND (
        NOT EXISTS (SELECT 1 FROM judged.waivers WHERE receipt_id = $receipt AND state = 'holds')
        OR EXISTS (
            SELECT 1 FROM judged.findings
            WHERE (finding_id = $subject OR group_id = $subject) AND status = 'open'))
"""
_CAME_OF_IT = """
SELECT w.finding_id, f.rule_id, f.unit_code, f.status, w.state, w.until_on
FROM judged.waivers AS w LEFT JOIN judged.findings AS f ON f.finding_id = w.finding_id
WHERE w.subject_id = $subject AND w.receipt_id = $receipt
ORDER BY w.finding_id
"""


@dataclass(frozen=True)
class Decision:
    """An approved exception. `document`: a file, which is kept by its hash, or the number of a paper."""

    reason: str
    prepared_by: str
    approved_by: str
    document: str
    until: date | None = None


def waive(root: Path, *, subject: str, decision: Decision, runner: Runner = plainly) -> Outcome:
    """Record a decision on a finding or a group, and bring everything up to date. Refused (2) where it cannot hold."""
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="waive") as warehouse:
        bring_up_to_date(warehouse, command="waive", runner=runner)
        if wrong := _wrong(warehouse, subject, decision):
            raise Refusal(Exit.USAGE, wrong)
        form = _form(warehouse, subject, decision)
        path = keep(workspace.evidence, form)
        ingest_files(warehouse, [InboxFile(path, _name(subject), "")], runner=runner)
        bring_up_to_date(warehouse, command="waive", runner=runner)
        close_moments(warehouse)
        return _outcome(warehouse, subject, decision, sha256_of(form)[:16])


def _wrong(warehouse: Warehouse, subject: str, decision: Decision) -> list[Problem]:
    """Why this decision could not hold, all of it at once."""
    named = warehouse.rows(_NAMED, {"subject": subject})
    if not named:
        return [problem("usage.unknown_finding", value=subject)]
    if any(rule_id == "S.waiver_invalid" for rule_id, *_ in named):
        return [problem("usage.waiver_finding", value=subject)]
    if all(status == "corrected" for *_, status in named):
        return [problem("usage.corrected_finding", value=subject)]
    found = []
    people = deciders(warehouse.connection, decision.prepared_by, decision.approved_by)
    if not people["has_two_names"]:
        found.append(problem("usage.two_names"))
    judged = {unit for _, severity, unit, _ in named if severity in ("reject", "error") and unit}
    units = {decision.prepared_by: people["prepared_unit_code"], decision.approved_by: people["approved_unit_code"]}
    found += [problem("usage.judged_unit", value=said) for said, unit in units.items() if unit in judged]
    as_of_on = warehouse.value("SELECT as_of_on FROM facts.as_of")
    if decision.until and as_of_on and decision.until < as_of_on:
        found.append(problem("usage.until_past", value=decision.until, as_of=as_of_on))
    if not Path(decision.document).is_file() and Path(decision.document).suffix.lower() in _PAPERS:
        found.append(problem("usage.no_document", value=decision.document))
    return found


def _name(subject: str) -> str:
    return f"{load_contracts()['waivers'].title_zh}_{subject}.csv"


def _form(warehouse: Warehouse, subject: str, decision: Decision) -> bytes:
    """The decision as a 例外审批表. Where the same words were said before and hold no more, they decide once more."""
    paper, sha256 = _paper(warehouse.workspace, decision.document)
    forms = (_line(subject, decision, paper, sha256, number) for number in count(1))
    return next(form for form in forms if not _is_spent(warehouse, subject, form))


def _is_spent(warehouse: Warehouse, subject: str, form: bytes) -> bool:
    """Whether this very form came in before and leaves something open: the same bytes again would change nothing."""
    return bool(warehouse.value(_IS_SPENT, {"receipt": sha256_of(form)[:16], "subject": subject}))


def _paper(workspace: Workspace, document: str) -> tuple[str, str]:
    """What the form says of the document, and its hash: a file is kept, of a paper only the number is known."""
    if not Path(document).is_file():
        return document, ""
    return Path(document).name, keep(workspace.evidence, Path(document).read_bytes()).name


def _line(subject: str, decision: Decision, paper: str, sha256: str, number: int) -> bytes:
    said = {
        "waived_id": subject,
        "decision": load_choices()["decision"]["approved"],
        "reason": decision.reason,
        "prepared_by": decision.prepared_by,
        "approved_by": decision.approved_by,
        "document": paper,
        "until_on": decision.until.isoformat() if decision.until else "",
        "document_sha256": sha256,
        "decision_no": str(number) if number > 1 else "",
    }
    columns = {column.name: column.field.label_zh for column in load_contracts()["waivers"].headers}
    return _as_csv([[columns[name] for name in said], list(said.values())])


def _as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _outcome(warehouse: Warehouse, subject: str, decision: Decision, receipt_id: str) -> Outcome:
    columns = ("finding_id", "rule_id", "unit_code", "status", "state", "until_on")
    came = warehouse.rows(_CAME_OF_IT, {"subject": subject, "receipt": receipt_id})
    rows: list[dict[str, Any]] = [dict(zip(columns, row, strict=True)) for row in came]
    held = [row for row in rows if row["state"] == "holds"]
    until = max((row["until_on"] for row in held), default=None)
    codes = frozenset() if held else frozenset({Exit.FINDINGS_OPEN})
    line = say("waive.done", count=len(held), until=until) if held else say("waive.not_held")
    return Outcome(
        "waive",
        codes,
        summary={"subject": subject, "waived": len(held), "until_on": until, "document": Path(decision.document).name},
        rows=rows,
        lines=[line],
    )
