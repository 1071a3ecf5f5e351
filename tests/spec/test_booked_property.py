"""Books and bank on random entries and lines: nothing used twice, both balances meet to the fen, order is nothing."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spec.harness import ROOT, build_tables, rows_of, sql_text

Row = dict[str, Any]
FIRST, LAST, WINDOW = date(2021, 1, 1), date(2021, 4, 30), 10
STEPS = [path for path in sorted((ROOT / "transforms/booked").glob("*.sql")) if "32" <= path.stem[:2] < "80"]
GIVEN_BY_TEST = {"windows", "entries", "lines"}

# Few amounts and days, so that much agrees; red ones among them.
amounts = st.sampled_from(["1.00", "2.00", "3.00", "5.00", "-1.00", "-5.00"]).map(Decimal)
days = st.integers(min_value=0, max_value=(LAST - FIRST).days).map(lambda step: FIRST + timedelta(days=step))
moves = st.tuples(st.sampled_from("ab"), days, st.sampled_from(["in", "out"]), amounts, st.integers(1, 3))


def entry(number: int, move: tuple[Any, ...]) -> Row:
    account, day, direction, amount, voucher = move
    return {
        "city_code": "430600", "entry_id": f"e{number}", "unit_code": "u", "account_key": account, "book_name": "B",
        "period": f"{day:%Y-%m}", "voucher_on": day, "falls_on": day, "voucher_no": f"记-{voucher}",
        "voucher_word": "记", "voucher_number": str(voucher), "subject_code": "102", "direction": direction,
        "amount_yuan": amount, "move_yuan": amount if direction == "in" else -amount,
    }  # fmt: skip


def line(number: int, move: tuple[Any, ...]) -> Row:
    account, day, direction, amount, voucher = move
    return {
        "city_code": "430600", "bank_line_id": f"l{number}", "unit_code": "u", "account_key": account,
        "falls_on": day, "direction": direction, "amount_yuan": amount,
        "move_yuan": amount if direction == "in" else -amount, "classification": "single",
        "voucher_word": "记" if voucher == 1 else None, "voucher_number": "1" if voucher == 1 else None,
    }  # fmt: skip


def made(entries: list[Row], lines: list[Row]) -> dict[str, list[Row]]:
    """All tables of the room, made by the real files in their order."""
    accounts = [{"city_code": "430600", "account_key": key, "unit_code": "u", "opening_balance_yuan": "100.00"}
                for key in "ab"]  # fmt: skip
    tables: dict[str, list[Row]] = {
        "booked.windows": [{"city_code": "430600", "journal_days": WINDOW}],
        "booked.entries": entries, "booked.lines": lines, "facts.accounts": accounts,
        "facts.coverage": [{"account_key": key, "covered_from": FIRST, "covered_to": LAST} for key in "ab"],
        "facts.as_of": [{"as_of_on": LAST}], "matched.bank_corrections": [],
    }  # fmt: skip
    with duckdb.connect(":memory:") as connection:
        build_tables(connection, "SELECT 1 AS one", tables)
        found = {}
        for path in STEPS:
            address = f"booked.{path.stem[3:]}"
            connection.execute(f"CREATE TABLE {address} AS {sql_text(address)}")
            found[address] = rows_of(connection, f"SELECT * FROM {address} ORDER BY ALL")
        return found


@pytest.mark.slow
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, max_size=25), st.lists(moves, max_size=25), st.integers())
def test_both_balances_meet_whatever_is_booked(booked: list[Any], banked: list[Any], seed: int) -> None:
    # an entry of its own amount on the first day: books and bank begin together
    begin = [(key, FIRST, "in", Decimal("77.77"), 9) for key in "ab"]
    entries = [entry(number, move) for number, move in enumerate([*begin, *booked])]
    lines = [line(number, move) for number, move in enumerate(banked)]
    tables = made(entries, lines)

    links = tables["booked.links"]
    assert max(Counter((row["side"], row["item_id"]) for row in links).values(), default=1) == 1
    moved = {("books", e["entry_id"]): e["move_yuan"] for e in entries}
    moved |= {("bank", row["bank_line_id"]): row["move_yuan"] for row in lines}
    sums: dict[Any, Decimal] = {}
    for row in links:
        sign = -1 if row["rule"] != "reversal" and row["side"] == "bank" else 1
        key = (row["rule"], row["link_id"])
        sums[key] = sums.get(key, Decimal(0)) + sign * moved[row["side"], row["item_id"]]
    assert set(sums.values()) <= {Decimal(0)}

    sheet = tables["booked.reconciliation"]
    assert {(row["account_key"], row["month_end_on"].month) for row in sheet} == {
        (k, m) for k in "ab" for m in (1, 2, 3, 4)
    }
    for row in sheet:
        assert row["difference_yuan"] == 0
        assert row["book_adjusted_yuan"] == adjusted(row, entries, lines, links)

    shuffled = random.Random(seed)
    again = made(shuffled.sample(entries, len(entries)), shuffled.sample(lines, len(lines)))
    assert again == tables


def adjusted(sheet: Row, entries: list[Row], lines: list[Row], links: list[Row]) -> Decimal:
    """The adjusted balance of the books in plain Python: opening, all entries, and lines that nothing answers yet."""
    settled = {(row["side"], row["item_id"]): row["settled_on"] for row in links}
    until, total = sheet["month_end_on"], Decimal("100.00")
    for each in entries:
        if each["account_key"] == sheet["account_key"] and each["falls_on"] <= until:
            total += each["move_yuan"]
    for each in lines:
        on = settled.get(("bank", each["bank_line_id"]))
        if each["account_key"] == sheet["account_key"] and each["falls_on"] <= until and (on is None or on > until):
            total += each["move_yuan"]
    return total
