"""The matching passes alone, on facts that a test makes up: the real files, in their order, with the shipped words.

Units do not see each other's lists and debits, so many small examples are one run: each has units of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import yaml

from flows.pipeline import MATCHED
from tests.spec.harness import Row, build_tables, column_type, known_columns, rows_of

WINDOWS = {
    "receipt_days": 30, "allotment_days": 15, "batch_days": 15, "single_days": 15, "return_days": 60,
    "advance_days": 90, "visit_days": 30, "correction_days": 30, "cut_from_count": 5, "sum_item_count": 12,
    "purchase_days": 31, "delivery_days": 180,
}  # fmt: skip
POLICY = Path(__file__).resolve().parents[2] / "data/policy"
DAY = date(2021, 3, 1)
AS_OF = DAY + timedelta(days=900)  # after all that any test makes up
CERTIFICATES = ("near_misses", "looked_at", "candidates", "void_decisions")
_FIRST, _LAST = "matched.payout_results", "matched.matches"
Tables = Mapping[str, Sequence[Row]]


def shipped_words() -> list[Row]:
    """policy.terms as shipped."""
    files = sorted((POLICY / "terms").glob("*.yaml"))
    return [{"purpose": path.stem, "term": term} for path in files for term in _yaml(path)["terms"]]


def shipped_signs() -> list[Row]:
    """policy.name_signs as shipped."""
    entries = _yaml(POLICY / "name_signs.yaml")["entries"]
    return [{"written": sign, "plain": entry["plain"]} for entry in entries for sign in entry["signs"]]


def shipped_modes() -> list[Row]:
    """policy.arrival_modes as shipped."""
    names = ("arrival_mode", "needs_credit", "sign")
    return [{name: entry[name] for name in names} for entry in _yaml(POLICY / "arrival_modes.yaml")["entries"]]


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class Matcher:
    """One connection for many examples: tables are emptied, not made again. `certificates`: the last passes as well."""

    def __init__(self, *, certificates: bool = False) -> None:
        addresses = [step.address for step in MATCHED]
        said = [f"matched.{name}" for name in CERTIFICATES if certificates]
        passes = MATCHED[addresses.index(_FIRST) : addresses.index(_LAST) + 1]
        self._steps = (*passes, *(step for step in MATCHED if step.address in said))
        made = {step.address for step in self._steps}
        read = sorted({table for step in self._steps for table in step.reads} - made)
        self._connection = duckdb.connect(":memory:")
        self._given = [address for address in read if address in known_columns()]
        build_tables(self._connection, "SELECT 1 AS one", {address: [] for address in self._given})
        self._connection.execute("CREATE SCHEMA IF NOT EXISTS matched")
        self._always = {
            "matched.windows": [WINDOWS], "policy.terms": shipped_words(), "policy.name_signs": shipped_signs(),
            "policy.arrival_modes": shipped_modes(), "run.parameters": [{"city_code": "430600"}],
            "facts.as_of": [{"as_of_on": AS_OF}],
        }  # fmt: skip

    def run(self, tables: Tables, wanted: Sequence[str] = ()) -> dict[str, list[Row]]:
        """payments, bank_lines and matches of these facts, as the passes leave them; and what else is wanted."""
        for address in self._given:
            self._connection.execute(f"DELETE FROM {address}")
        for address, rows in {**self._always, **tables}.items():
            self._insert(address, rows)
        for step in self._steps:
            self._connection.execute(f"CREATE OR REPLACE TABLE {step.address} AS\n{step.sql}")
        return {
            name: rows_of(self._connection, f"SELECT * FROM matched.{name}")
            for name in ("payments", "bank_lines", "matches", *wanted)
        }

    def _insert(self, address: str, rows: Sequence[Row]) -> None:
        """A column at a time: a row at a time would take longer than the passes."""
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if not columns:
            return
        values = ", ".join(f"CAST(UNNEST(?::VARCHAR[]) AS {column_type(column)})" for column in columns)
        stated = [[_text(row.get(column)) for row in rows] for column in columns]
        self._connection.execute(f"INSERT INTO {address} ({', '.join(columns)}) SELECT {values}", stated)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def line(
    number: int, *, payee: int, amount: int, day: int, source: str, batch_no: str, unit: str = "u", **stated: Any
) -> Row:
    """A payment line of a unit; `stated` says what is otherwise."""
    return {
        "payment_id": f"{unit}.p{number:03}", "row_id": f"{unit}.r{number:03}", "unit_code": unit, "batch_no": batch_no,
        "budget_year": 2021, "fund_source": source, "figure_source": source, "aid_category": "living_aid",
        "person_key": f"k{payee}", "name_key": f"n{payee}", "person_name": f"人{payee}", "payee_name": f"人{payee}",
        "card_key": f"c{payee}", "amount_yuan": amount, "pay_on": DAY + timedelta(days=day), "is_held": False,
        "is_counted": True, "is_direct": True, **stated,
    }  # fmt: skip


def bank_line(
    name: str, *, amount: int, day: int, payee: int | None, memo: str = "", direction: str = "out", unit: str = "u",
    account: str = "a", **stated: Any,
) -> Row:  # fmt: skip
    """A line of one of a unit's accounts; `stated` says what is otherwise."""
    on = DAY + timedelta(days=day)
    return {
        "bank_line_id": f"{unit}.{name}", "row_id": f"{unit}.{name}", "account_key": f"{unit}.{account}",
        "account_type": "special", "unit_code": unit, "booked_on": on, "transacted_on": on, "value_on": on,
        "direction": direction, "amount_yuan": amount, "counterparty_key": None if payee is None else f"c{payee}",
        "counterparty_name": None if payee is None else f"人{payee}", "memo": memo, **stated,
    }  # fmt: skip


def account(unit: str, name: str = "a", kind: str = "special") -> dict[str, list[Row]]:
    """facts.accounts and facts.coverage of an account of which every day is known."""
    key = f"{unit}.{name}"
    known = {"account_key": key, "covered_from": DAY - timedelta(days=100), "covered_to": AS_OF}
    registered = {"account_key": key, "account_type": kind, "unit_code": unit}
    return {"facts.accounts": [registered], "facts.coverage": [known]}


def together(*parts: Tables) -> dict[str, list[Row]]:
    """The facts of several examples as those of one run."""
    joined: dict[str, list[Row]] = {}
    for part in parts:
        for address, rows in part.items():
            joined.setdefault(address, []).extend(rows)
    return joined
