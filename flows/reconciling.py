"""`reconcile`: bank and books side by side up to a month's end, per account and source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.agreement import fund_balances, month_end, source_labels, statement, write_agreements
from flows.bank_reconciling import without_books_notes, write_reconciliations
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.workspace import Workspace, open_workspace
from flows.outcome import SEVERITIES, Outcome
from flows.problems import Exit
from flows.settling import bring_up_to_date
from flows.steps import Runner, plainly
from flows.words import say

Row = Mapping[str, Any]
_OPEN = "SELECT severity, count(*) FROM judged.findings WHERE status = 'open' AND rule_id LIKE 'M%' GROUP BY severity"


def reconcile(root: Path, *, month: str, runner: Runner = plainly) -> Outcome:
    """Bring matching up to date, and draw up the month's agreement of bank and books, one workbook a unit.

    Every match is as good as the facts allow; the month restricts only what is listed. 10 while `reject` or `error`
    findings of matching are open.
    """
    month_end_on = month_end(month)
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="reconcile") as warehouse:
        bring_up_to_date(warehouse, command="reconcile", runner=runner)
        rows = statement(warehouse, month_end_on)
        counted = dict.fromkeys(SEVERITIES, 0) | dict(warehouse.rows(_OPEN))
        labels = source_labels(warehouse)
        outputs = runner("outbox", lambda: _workbooks(workspace, warehouse, rows, month, labels))
    open_rows = [row for row in rows if row["bank_open_count"] or row["books_open_count"]]
    summary = {"month": month, "agreed": len(rows) - len(open_rows), "open": len(open_rows)}
    return Outcome(
        "reconcile",
        frozenset({Exit.FINDINGS_OPEN}) if counted["reject"] or counted["error"] else frozenset(),
        summary=summary,
        findings=counted,
        outputs=outputs,
        rows=rows,
        lines=[say("reconcile.done", **summary), *(_line(row, labels) for row in open_rows)],
    )


def _workbooks(
    workspace: Workspace, warehouse: Warehouse, rows: Sequence[Row], month: str, labels: Mapping[str, str]
) -> list[str]:
    """台账与银行核对表 of every unit with 专项资金余额核对表, 银行存款余额调节表 of those that have books."""
    books = write_reconciliations(workspace, warehouse, month)
    notes = without_books_notes(workspace, books.without_books)
    balances = fund_balances(warehouse, month_end(month))
    agreements = write_agreements(workspace, rows, month, labels=labels, notes=notes, balances=balances)
    return [*agreements, *books.outputs]


def _line(row: Row, labels: Mapping[str, str]) -> str:
    source = labels.get(row["fund_source"], "—")
    return say(
        "reconcile.open",
        unit=row["unit_name"] or "—",
        account=row["account_last4"] or "—",
        source=source,
        direction=say(f"direction.{row['direction']}"),
        bank=f"{row['bank_open_yuan']:,.2f}",
        books=f"{row['books_open_yuan']:,.2f}",
    )
