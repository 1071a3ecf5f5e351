"""The matching passes alone, on payments and bank lines that a test makes up: the real files, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb

from flows.pipeline import MATCHED
from tests.spec.harness import Row, build_tables, column_type, known_columns, rows_of

WINDOWS = {
    "receipt_days": 30, "allotment_days": 15, "batch_days": 15, "single_days": 15, "return_days": 60,
    "advance_days": 90, "visit_days": 30, "correction_days": 30, "cut_from_count": 5, "sum_item_count": 12,
}  # fmt: skip
WORDS = {"冲正": "correction", "代发": "batch", "退汇": "return", "手续费": "fee", "退还": "refund"}
DAY = date(2021, 3, 1)
_FIRST, _LAST = "matched.line_words", "matched.matches"


class Matcher:
    """One connection for many examples: tables are emptied, not made again."""

    def __init__(self) -> None:
        addresses = [step.address for step in MATCHED]
        self._steps = MATCHED[addresses.index(_FIRST) : addresses.index(_LAST) + 1]
        made = {step.address for step in self._steps}
        read = sorted({table for step in self._steps for table in step.reads} - made)
        self._connection = duckdb.connect(":memory:")
        build_tables(
            self._connection, "SELECT 1 AS one", {address: [] for address in read if address in known_columns()}
        )
        self._connection.execute("CREATE SCHEMA IF NOT EXISTS matched")
        self._given = read
        self._insert("matched.windows", [WINDOWS])
        self._insert("policy.terms", [{"term": term, "purpose": purpose} for term, purpose in WORDS.items()])
        self._insert("run.parameters", [{"city_code": "430600"}])
        self._insert("facts.as_of", [{"as_of_on": DAY + timedelta(days=400)}])

    def run(self, tables: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
        """payments, bank_lines and matches of these facts, as the passes leave them."""
        for address in self._given:
            if address not in ("matched.windows", "policy.terms", "run.parameters", "facts.as_of"):
                self._connection.execute(f"DELETE FROM {address}")
        for address, rows in tables.items():
            self._insert(address, rows)
        for step in self._steps:
            self._connection.execute(f"CREATE OR REPLACE TABLE {step.address} AS\n{step.sql}")
        return {
            name: rows_of(self._connection, f"SELECT * FROM matched.{name}")
            for name in ("payments", "bank_lines", "matches")
        }

    def _insert(self, address: str, rows: Sequence[Row]) -> None:
        for row in rows:
            values = ", ".join(f"CAST(? AS {column_type(column)})" for column in row)
            stated: list[Any] = [
                value if value is None or isinstance(value, bool) else str(value) for value in row.values()
            ]
            self._connection.execute(f"INSERT INTO {address} ({', '.join(row)}) VALUES ({values})", stated)


def lists_of(lines: Sequence[Row]) -> list[Row]:
    """matched.batch_totals of these payment lines, without results."""
    made = []
    for batch_no in sorted({line["batch_no"] for line in lines}):
        mine = [line for line in lines if line["batch_no"] == batch_no]
        total = sum(line["amount_yuan"] for line in mine)
        days = [line["pay_on"] for line in mine]
        made.append({
            "batch_key": f"u|{batch_no}", "unit_code": "u", "batch_no": batch_no, "budget_year": 2021,
            "line_count": len(mine), "held_count": 0, "total_yuan": total, "success_yuan": total,
            "result_line_count": 0, "first_pay_on": min(days), "last_pay_on": max(days),
        })  # fmt: skip
    return made


def line(number: int, *, payee: int, amount: int, day: int, source: str, batch_no: str) -> Row:
    """A payment line of unit u."""
    return {
        "payment_id": f"p{number:02}", "row_id": f"r{number:02}", "unit_code": "u", "batch_no": batch_no,
        "budget_year": 2021,
        "fund_source": source, "figure_source": source, "aid_category": "living_aid", "person_key": f"k{payee}",
        "name_key": f"n{payee}", "person_name": f"人{payee}", "payee_name": f"人{payee}", "card_key": f"c{payee}",
        "amount_yuan": amount, "pay_on": DAY + timedelta(days=day), "is_held": False, "is_counted": True,
        "is_direct": True,
    }  # fmt: skip


def bank_line(name: str, *, amount: int, day: int, payee: int | None, memo: str = "", direction: str = "out") -> Row:
    """A line of the unit's 专户."""
    on = DAY + timedelta(days=day)
    return {
        "bank_line_id": name, "row_id": name, "account_key": "a", "account_type": "special", "unit_code": "u",
        "booked_on": on, "transacted_on": on, "value_on": on, "direction": direction, "amount_yuan": amount,
        "counterparty_key": None if payee is None else f"c{payee}",
        "counterparty_name": None if payee is None else f"人{payee}", "memo": memo,
    }  # fmt: skip
