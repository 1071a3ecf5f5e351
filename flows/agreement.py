"""台账与银行核对表 and 专项资金余额核对表: bank and registers at a month's end, one workbook a unit."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flows.edges.agreement_sheet import Agreement, agreement_workbook
from flows.edges.balance_sheet import Balances
from flows.edges.documents import document_words
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
_BALANCES = """
WITH shown AS (
    SELECT *
    FROM agreement.account_balances
    WHERE month_end_on = (SELECT max(month_end_on) FROM agreement.account_balances WHERE month_end_on <= ?)
)
SELECT
    unit_code, account_key, max(account_last4) AS account_last4, max(bank_name) AS bank_name,
    max(month_end_on) AS month_end_on, sum(outside_yuan) AS outside_yuan, sum(total_yuan) AS total_yuan,
    CASE WHEN count(stated_yuan) = count(*) THEN sum(stated_yuan) END AS stated_yuan,
    CASE WHEN count(stated_yuan) = count(*) THEN sum(difference_yuan) END AS difference_yuan,
    bool_or(is_filtered) AS is_filtered
FROM shown
GROUP BY GROUPING SETS ((unit_code, account_key), (unit_code))
HAVING account_key IS NOT NULL OR count(*) > 1
ORDER BY unit_code, account_key IS NULL, account_last4, account_key
"""  # an account without key: all of the unit together
_PARTS = """
SELECT unit_code, account_key, fund_source, sum(balance_yuan) AS balance_yuan
FROM agreement.fund_balances
WHERE fund_source <> 'out_of_scope'
    AND month_end_on = (SELECT max(month_end_on) FROM agreement.account_balances WHERE month_end_on <= ?)
GROUP BY GROUPING SETS ((unit_code, account_key, fund_source), (unit_code, fund_source))
ORDER BY unit_code, account_key, fund_source
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


def fund_balances(warehouse: Warehouse, month_end_on: date) -> dict[str, Balances]:
    """Unit code → 专项资金余额核对表 at the last month end up to that day."""
    accounts = warehouse.records(_BALANCES, (month_end_on,))
    parts = warehouse.records(_PARTS, (month_end_on,))
    labels = source_labels(warehouse)
    found = {}
    for code in dict.fromkeys(row["unit_code"] for row in accounts):
        own = [row for row in parts if row["unit_code"] == code]
        held = {row["fund_source"] for row in own}
        found[code] = Balances(
            accounts[0]["month_end_on"],
            [row for row in accounts if row["unit_code"] == code],
            {(row["account_key"], row["fund_source"]): row["balance_yuan"] for row in own},
            [(source, label) for source, label in labels.items() if source in held],
        )
    return found


def source_labels(warehouse: Warehouse) -> dict[str, str]:
    """Fund source → its name, in the order of the forms."""
    return dict(
        warehouse.rows("SELECT fund_source, label_zh FROM policy.fund_sources ORDER BY sort_order, fund_source")
    )


def write_agreements(
    workspace: Workspace,
    rows: Sequence[Row],
    month: str,
    *,
    labels: Mapping[str, str],
    notes: Mapping[str, str],
    balances: Mapping[str, Balances],
) -> list[str]:
    """One workbook a unit, in its outbox. `notes`: unit code → what is said below its table."""
    words = document_words(workspace, "fund_balances")
    outputs = []
    for name, group in groupby(rows, key=lambda row: row["unit_name"] or row["unit_code"] or ""):
        of_unit = list(group)
        code = of_unit[0]["unit_code"] or ""
        told = Agreement(name, month_end(month), of_unit, labels, notes.get(code, ""), balances.get(code))
        folder = name or workspace.settings.unit
        outputs.append(
            put(workspace, folder, f"台账与银行核对表_{month}.xlsx", content=agreement_workbook(told, words))
        )
    return outputs
