"""`report bank-reconciliation`: the books of each unit beside its bank statements at a month's end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.agreement import fund_balances, month_end, source_labels, statement, write_agreements
from flows.edges.documents import document_words
from flows.edges.outbox import put
from flows.edges.reconciliation_sheet import Reconciliation, reconciliation_workbook
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.workspace import Workspace, open_workspace
from flows.outcome import Outcome
from flows.problems import Exit, refuse
from flows.settling import bring_up_to_date
from flows.words import say

Row = Mapping[str, Any]
_ACCOUNTS = """
SELECT r.* EXCLUDE (city_code), u.unit_name
FROM booked.reconciliation AS r
LEFT JOIN facts.units AS u ON u.unit_code = r.unit_code
WHERE r.month_end_on = $on AND ($unit IS NULL OR r.unit_code = $unit)
ORDER BY r.unit_code, r.account_no
"""
_OPEN_ITEMS = """
SELECT *
FROM booked.open_items
WHERE falls_on <= $on AND (settled_on IS NULL OR settled_on > $on) AND ($unit IS NULL OR unit_code = $unit)
ORDER BY account_key, side, item_on, number_text, amount_yuan, told, item_id
"""
_UNPLACED = """
SELECT
    e.unit_code, u.unit_name, e.subject_code, e.subject_name, count(*) AS entry_count,
    CAST(sum(CASE WHEN e.direction = 'in' THEN e.amount_yuan ELSE 0 END) AS DECIMAL(18, 2)) AS debit_yuan,
    CAST(sum(CASE WHEN e.direction = 'out' THEN e.amount_yuan ELSE 0 END) AS DECIMAL(18, 2)) AS credit_yuan
FROM booked.entries AS e
LEFT JOIN facts.units AS u ON u.unit_code = e.unit_code
WHERE e.account_key IS NULL AND e.falls_on <= $on AND ($unit IS NULL OR e.unit_code = $unit)
GROUP BY e.unit_code, u.unit_name, e.subject_code, e.subject_name
ORDER BY e.unit_code, e.subject_code, e.subject_name
"""
_THREE_BOOKS = """
SELECT t.*
FROM booked.three_books AS t
LEFT JOIN policy.fund_sources AS s ON s.fund_source = t.figure_source
WHERE year(t.month_end_on) = year($on) AND ($unit IS NULL OR t.unit_code = $unit)
    AND t.month_end_on = (SELECT max(o.month_end_on) FROM booked.three_books AS o WHERE o.month_end_on <= $on)
ORDER BY t.unit_code, s.sort_order NULLS LAST
"""
_WITHOUT_BOOKS = """
SELECT a.unit_code, right(a.account_no, 4) AS account_last4
FROM facts.accounts AS a
WHERE ($unit IS NULL OR a.unit_code = $unit)
    AND a.account_key IN (SELECT account_key FROM facts.bank_lines WHERE booked_on <= $on)
    AND a.account_key NOT IN (SELECT account_key FROM booked.accounts)
ORDER BY a.unit_code, a.account_no
"""
_UNIT = "SELECT unit_code FROM facts.units WHERE unit_code = $unit OR unit_name = $unit"


@dataclass(frozen=True)
class Reconciled:
    """What was written: the workbooks, the accounts in them, and unit → accounts that have no books."""

    outputs: Sequence[str]
    accounts: Sequence[Row]
    without_books: Mapping[str, Sequence[str]]


def bank_reconciliation(root: Path, *, month: str, unit: str | None = None) -> Outcome:
    """银行存款余额调节表 of each unit that has books, into its outbox; 台账与银行核对表 where an account has none."""
    month_end_on = month_end(month)
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="report") as warehouse:
        bring_up_to_date(warehouse, command="report")
        unit_code = _unit_code(warehouse, unit)
        made = write_reconciliations(workspace, warehouse, month, unit_code)
        notes = without_books_notes(workspace, made.without_books)
        rows = [row for row in statement(warehouse, month_end_on) if row["unit_code"] in notes]
        balances = fund_balances(warehouse, month_end_on)
        labels = source_labels(warehouse)
        others = write_agreements(workspace, rows, month, labels=labels, notes=notes, balances=balances)
    outputs = [*made.outputs, *others]
    if not outputs:
        raise refuse(Exit.REFUSED, "report.nothing_to_reconcile", month=month)
    agreed = sum(1 for account in made.accounts if account["difference_yuan"] == 0)
    summary = {
        "kind": "bank-reconciliation", "month": month, "month_end_on": month_end_on,
        "agreed": agreed, "differing": len(made.accounts) - agreed, "without_books": len(notes),
    }  # fmt: skip
    lines = [say("report.reconciled", **summary), *map(_line, _differing(made.accounts))]
    return Outcome("report", summary=summary, outputs=outputs, rows=_shown(made.accounts), lines=lines)


def write_reconciliations(
    workspace: Workspace, warehouse: Warehouse, month: str, unit_code: str | None = None
) -> Reconciled:
    """One workbook a unit that has books, in its outbox."""
    month_end_on = month_end(month)
    asked = {"on": month_end_on, "unit": unit_code}
    words = document_words(workspace, "bank_reconciliation")
    accounts = warehouse.records(_ACCOUNTS, asked)
    unplaced = warehouse.records(_UNPLACED, asked)
    tables = (accounts, warehouse.records(_OPEN_ITEMS, asked), unplaced, warehouse.records(_THREE_BOOKS, asked))
    labels = source_labels(warehouse)
    outputs = []
    for code, name in dict.fromkeys((row["unit_code"], row["unit_name"]) for row in [*accounts, *unplaced]):
        shown = name or code
        own, items, others, three = ([row for row in table if row["unit_code"] == code] for table in tables)
        told = Reconciliation(shown, month_end_on, own, items, others, three, labels)
        file_name = words["file_name"].format(month=month)
        outputs.append(put(workspace, shown, file_name, content=reconciliation_workbook(told, words)))
    without: dict[str, list[str]] = {}
    for row in warehouse.records(_WITHOUT_BOOKS, asked):
        without.setdefault(row["unit_code"], []).append(row["account_last4"])
    return Reconciled(outputs, accounts, without)


def without_books_notes(workspace: Workspace, without_books: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Unit → what its 台账与银行核对表 says of accounts without 会计账."""
    words = document_words(workspace, "bank_reconciliation")
    return {unit: words["without_books"].format(accounts="、".join(last4)) for unit, last4 in without_books.items()}


def _unit_code(warehouse: Warehouse, unit: str | None) -> str | None:
    if unit is None:
        return None
    code = warehouse.value(_UNIT, {"unit": unit})
    if code is None:
        raise refuse(Exit.USAGE, "usage.unknown_unit", value=unit)
    return str(code)


def _shown(accounts: Sequence[Row]) -> list[Row]:
    """Of an account the last four digits: its number stands in the unit's own workbook only."""
    return [{name: row[name] for name in row if name not in ("account_no", "account_key")} for row in accounts]


def _differing(accounts: Sequence[Row]) -> Iterator[Row]:
    return (account for account in accounts if account["difference_yuan"] != 0)


def _line(account: Row) -> str:
    told = account["difference_yuan"]
    return say(
        "report.reconciled_not",
        unit=account["unit_name"] or "—",
        account=account["account_last4"],
        difference="—" if told is None else f"{told:,.2f}",
    )
