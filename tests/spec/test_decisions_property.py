"""What people decide, on random books, through the real passes: nothing used twice or lost, and no order counts."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.pipeline import MATCHED
from tests.spec.harness import build_tables, column_type, known_columns, rows_of

Row = dict[str, Any]
FIRST, LAST = "17_decided", "87_void_decisions"
_NAMES = [step.path.split("/")[1] for step in MATCHED]
STEPS = MATCHED[_NAMES.index(FIRST) : _NAMES.index(LAST) + 1]
# What stands beside the passes and is not looked at here.
SKIPPED = ("visit", "payees", "filings", "payment_files", "possible_corrections", "allotted", "execution_events")
DAYS = [date(2021, 5, 1) + timedelta(days=step) for step in (0, 2, 40)]
UNIT = {"unit_code": "u", "city_code": "x"}
WINDOWS = {
    "city_code": "x", "receipt_days": 30, "allotment_days": 30, "batch_days": 10, "single_days": 10, "return_days": 60,
    "advance_days": 365, "correction_days": 10, "sum_item_count": 8, "cut_from_count": 10,
}  # fmt: skip

payments = st.lists(st.tuples(st.sampled_from([500, 800]), st.sampled_from("ab"), st.sampled_from("PQ"),
                              st.sampled_from(DAYS)), min_size=1, max_size=6)  # fmt: skip
debits = st.lists(st.tuples(st.sampled_from([500, 800, 1300]), st.sampled_from("ab"), st.sampled_from(DAYS)),
                  min_size=1, max_size=5)  # fmt: skip
choices = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.sampled_from(["chosen", "chosen", "not_ours"]),
                             st.integers(1, 2)), max_size=5)  # fmt: skip


def books(paid: list[Any], drawn: list[Any], said: list[Any]) -> dict[str, list[Row]]:
    lines = [
        UNIT | {"payment_id": f"p{n}", "row_id": f"r{n}", "batch_no": batch, "card_key": card, "payee_name": card,
                "amount_yuan": yuan, "pay_on": day, "is_held": False, "is_counted": True, "fund_source": "central",
                "aid_category": f"c{n % 2}", "budget_year": 2021}
        for n, (yuan, card, batch, day) in enumerate(paid)
    ]  # fmt: skip
    totals: dict[str, list[Row]] = {}
    for line in lines:
        totals.setdefault(line["batch_no"], []).append(line)
    return {
        "matched.payment_lines": lines,
        "matched.batch_totals": [_total(batch, mine) for batch, mine in totals.items()],
        "matched.windows": [WINDOWS],
        "facts.as_of": [{"city_code": "x", "as_of_on": date(2021, 12, 31)}],
        "facts.accounts": [UNIT | {"account_key": "acc", "account_type": "special"}],
        "facts.coverage": [{"account_key": "acc", "covered_from": date(2021, 1, 1), "covered_to": date(2021, 12, 31)}],
        "run.parameters": [{"city_code": "x"}],
        "facts.bank_lines": [
            UNIT | {"bank_line_id": f"b{n}", "row_id": f"s{n}", "account_key": "acc", "account_type": "special",
                    "direction": "out", "amount_yuan": yuan, "counterparty_key": card, "value_on": day, "memo": ""}
            for n, (yuan, card, day) in enumerate(drawn)
        ],
        "facts.choices": [
            UNIT | {"row_id": f"d{n}", "item_id": f"b{line}", "bank_line_id": f"b{line}", "choice": choice,
                    "payment_id": f"p{payment}" if choice == "chosen" else None, "is_disputed": False,
                    "candidate_id": f"p{payment}" if choice == "chosen" else None, "ingest_no": moment}
            for n, (line, payment, choice, moment) in enumerate(said)
        ],
    }  # fmt: skip


def _total(batch: str, mine: list[Row]) -> Row:
    total, days = sum(line["amount_yuan"] for line in mine), [line["pay_on"] for line in mine]
    return UNIT | {
        "batch_key": f"u|{batch}", "batch_no": batch, "total_yuan": total, "success_yuan": total, "budget_year": 2021,
        "line_count": len(mine), "first_pay_on": min(days), "last_pay_on": max(days), "has_unread_amount": False,
        "held_count": 0, "failed_count": 0, "result_line_count": 0,
    }  # fmt: skip


def settled(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The tables of matching, made by the real files in their order."""
    known = known_columns()
    with duckdb.connect(":memory:") as connection:
        build_tables(connection, "SELECT 1 AS one", tables)
        connection.execute("CREATE SCHEMA IF NOT EXISTS matched")
        there = set(tables)
        for step in STEPS:
            if any(name in step.path for name in SKIPPED):
                continue
            for address in set(step.reads) - there:
                columns = ", ".join(f"{column} {column_type(column)}" for column in known[address])
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {address.split('.')[0]}")
                connection.execute(f"CREATE TABLE {address} ({columns})")
                there.add(address)
            connection.execute(f"CREATE OR REPLACE TABLE {step.address} AS {step.sql}")
            there.add(step.address)
        wanted = ("decided", "paid", "bank_lines", "payments", "matches", "candidates", "void_decisions")
        return {name: rows_of(connection, f"SELECT * FROM matched.{name} ORDER BY ALL") for name in wanted}


@pytest.mark.slow
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(payments, debits, choices)
def test_decisions_use_nothing_twice_and_lose_nothing(paid: list[Any], drawn: list[Any], said: list[Any]) -> None:
    tables = books(paid, drawn, said)
    made = settled(tables)
    lines = {row["bank_line_id"]: row for row in made["bank_lines"]}
    amounts = {row["payment_id"]: row["amount_yuan"] for row in made["payments"]}
    assert {name: Decimal(row["amount_yuan"]) for name, row in lines.items()} == {
        row["bank_line_id"]: row["amount_yuan"] for row in tables["facts.bank_lines"]
    }, "no decision changes an amount"
    assert set(Counter(row["payment_id"] for row in made["paid"]).values()) <= {1}
    spent: Counter[str] = Counter()
    for row in made["paid"]:
        spent[row["bank_line_id"]] += amounts[row["payment_id"]]
    assert all(total <= lines[name]["amount_yuan"] for name, total in spent.items())
    answered: Counter[str] = Counter()
    for row in made["matches"]:
        answered[row["bank_line_id"]] += row["amount_yuan"]
    is_open = ("unexplained", "ambiguous", "out_of_scope")
    for name, row in lines.items():
        assert answered[name] == (0 if row["classification"] in is_open else row["amount_yuan"])
    for row in made["decided"]:
        if row["void_code"] is None and row["choice"] == "chosen":
            assert {"bank_line_id": row["bank_line_id"], "payment_id": row["payment_id"]} in [
                {key: each[key] for key in ("bank_line_id", "payment_id")} for each in made["paid"]
            ]
        elif row["void_code"] is None:
            assert lines[row["bank_line_id"]]["classification"] == "out_of_scope"
    assert all(row["is_chosen"] == (row["loss_code"] is None) for row in made["candidates"])
    assert settled({name: rows[::-1] for name, rows in tables.items()}) == made, "no order counts"
