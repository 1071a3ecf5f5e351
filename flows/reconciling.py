"""`reconcile`: bank and books side by side up to a month's end, per account and source."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from flows.edges.agreement_sheet import agreement_workbook
from flows.edges.outbox import put
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.workspace import Workspace, open_workspace
from flows.outcome import SEVERITIES, Outcome
from flows.problems import Exit, refuse
from flows.settling import bring_up_to_date
from flows.steps import Runner, plainly
from flows.words import say

Row = Mapping[str, Any]
_STATEMENT = """
SELECT * EXCLUDE (city_code)
FROM agreement.statement
WHERE month_end_on = (SELECT max(month_end_on) FROM agreement.statement WHERE month_end_on <= ?)
ORDER BY unit_code, account_last4, fund_source, direction
"""
_OPEN = "SELECT severity, count(*) FROM judged.findings WHERE status = 'open' AND rule_id LIKE 'M%' GROUP BY severity"


def reconcile(root: Path, *, month: str, runner: Runner = plainly) -> Outcome:
    """Bring matching up to date, and draw up the month's agreement of bank and books, one workbook a unit.

    Every match is as good as the facts allow; the month restricts only what is listed. 10 while `reject` or `error`
    findings of matching are open.
    """
    month_end_on = _month_end(month)
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="reconcile") as warehouse:
        bring_up_to_date(warehouse, command="reconcile", runner=runner)
        rows = _statement(warehouse, month_end_on)
        counted = dict.fromkeys(SEVERITIES, 0) | dict(warehouse.rows(_OPEN))
        labels = _labels(warehouse)
        outputs = runner("outbox", lambda: _workbooks(workspace, rows, month, month_end_on, labels))
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
    workspace: Workspace, rows: Sequence[Row], month: str, month_end_on: date, labels: Mapping[str, str]
) -> list[str]:
    """台账与银行核对表, one a unit, in the outbox."""
    return [
        put(
            workspace,
            unit or workspace.settings.unit,
            f"台账与银行核对表_{month}.xlsx",
            content=agreement_workbook(list(of_unit), unit=unit, month_end_on=month_end_on, labels=labels),
        )
        for unit, of_unit in groupby(rows, key=lambda row: row["unit_name"] or row["unit_code"] or "")
    ]


def _month_end(month: str) -> date:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise refuse(Exit.USAGE, "usage.month", value=month)
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, calendar.monthrange(year, number)[1])


def _statement(warehouse: Warehouse, month_end_on: date) -> Sequence[Row]:
    result = warehouse.connection.execute(_STATEMENT, (month_end_on,))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) | {"month_end_on": month_end_on} for values in result.fetchall()]


def _labels(warehouse: Warehouse) -> dict[str, str]:
    """Fund source → its name."""
    return dict(warehouse.rows("SELECT fund_source, label_zh FROM policy.fund_sources"))


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
