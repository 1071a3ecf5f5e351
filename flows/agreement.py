"""台账与银行核对表: bank and registers side by side up to a month's end, one workbook a unit."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flows.edges.agreement_sheet import agreement_workbook
from flows.edges.outbox import put
from flows.edges.warehouse import Warehouse
from flows.edges.workspace import Workspace
from flows.problems import Exit, refuse

Row = Mapping[str, Any]
_STATEMENT = """
SELECT * EXCLUDE (city_code)
FROM agreement.statement
WHERE month_end_on = (SELECT max(month_end_on) FROM agreement.statement WHERE month_end_on <= ?)
ORDER BY unit_code, account_last4, fund_source, direction
"""


def month_end(month: str) -> date:
    """2021-11 → 2021-11-30. Refused (2) when it is no month."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise refuse(Exit.USAGE, "usage.month", value=month)
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, calendar.monthrange(year, number)[1])


def statement(warehouse: Warehouse, month_end_on: date) -> Sequence[Row]:
    """The agreement up to that day, as the last month that has anything shows it."""
    return [row | {"month_end_on": month_end_on} for row in warehouse.records(_STATEMENT, (month_end_on,))]


def source_labels(warehouse: Warehouse) -> dict[str, str]:
    """Fund source → its name."""
    return dict(warehouse.rows("SELECT fund_source, label_zh FROM policy.fund_sources"))


def write_agreements(
    workspace: Workspace,
    rows: Sequence[Row],
    month: str,
    *,
    labels: Mapping[str, str],
    notes: Mapping[str, str],
) -> list[str]:
    """One workbook a unit, in its outbox. `notes`: unit code → what is said above its table."""
    return [
        put(
            workspace,
            name or workspace.settings.unit,
            f"台账与银行核对表_{month}.xlsx",
            content=agreement_workbook(
                of_unit, unit=name, month_end_on=month_end(month), labels=labels,
                note=notes.get(of_unit[0]["unit_code"] or "", ""),
            ),
        )
        for name, of_unit in (
            (name, list(group))
            for name, group in groupby(rows, key=lambda row: row["unit_name"] or row["unit_code"] or "")
        )
    ]  # fmt: skip
