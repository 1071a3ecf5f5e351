"""Purchases and collective visits through all passes: what answers what, in scenes as offices make them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.spec.harness import Row
from tests.support.matching import DAY, Matcher, account, bank_line, line, together

Tables = dict[str, list[Row]]
SUPPLIER, ENTERPRISE, OTHER = "华容县丰裕粮油有限公司", "湖南洞庭纺织有限公司", "岳阳市鑫达商贸有限公司"


def bought(number: int, amount: float, day: int | None = None, **stated: Any) -> Row:
    """A line of 慰问品采购表; `day`: 付款日期."""
    return {
        "row_id": f"b{number}", "fact_key": f"b{number}", "supplier_name": SUPPLIER, "payee_account_key": "cS",
        "purchase_batch_no": "CG-2021-01", "invoice_no": f"0451{number:04}", "item_name": "大米", "amount_yuan": amount,
        "campaign": "two_festivals", "fund_source": "central", "budget_year": 2021,
        "paid_on": None if day is None else DAY + timedelta(days=day), **stated,
    }  # fmt: skip


def visited(number: int, amount: float, day: int, **stated: Any) -> Row:
    """A collective visit in the register."""
    return {
        "row_id": f"v{number}", "fact_key": f"v{number}", "object_type": "collective", "name": ENTERPRISE,
        "campaign": "two_festivals", "cash_yuan": amount, "visited_on": DAY + timedelta(days=day),
        "fund_source": "central", "budget_year": 2021, **stated,
    }  # fmt: skip


def debit(name: str, amount: float, day: int, memo: str = "货款", key: str | None = "cS", **stated: Any) -> Row:
    """A line of the unit's account; `key`: the other side's account."""
    known = {"counterparty_key": key, "counterparty_name": SUPPLIER, **stated}
    return bank_line(name, amount=amount, day=day, payee=None, memo=memo, **known)  # type: ignore[arg-type]


def hidden(name: str, amount: float, day: int, **stated: Any) -> Row:
    """A debit of which the bank shows the name only."""
    return debit(name, amount, day, key=None, **stated)


def back(name: str, amount: float, day: int, memo: str = "退货退款", **stated: Any) -> Row:
    """A credit from the supplier."""
    return debit(name, amount, day, memo, direction="in", **stated)


CASES: dict[str, tuple[list[Row], dict[str, str], dict[str, str]]] = {
    # name: facts and lines, what each bank line is, what each purchase or visit comes to (paid less given back)
    "number": ([bought(1, 5000, 3), debit("d", 5000, 90, "付CG-2021-01大米款", "cX", counterparty_name=OTHER)],
               {"d": "purchase"}, {"b1": "5000"}),
    "wrong_sum": ([bought(1, 5000, 3), debit("d", 4000, 3, "CG-2021-01")], {"d": "unexplained"}, {}),
    "account": ([bought(1, 5000, 3), debit("d", 5000, 20)], {"d": "purchase"}, {"b1": "5000"}),
    "too_late": ([bought(1, 5000, 3), debit("d", 5000, 40)], {"d": "unexplained"}, {}),
    "accepted": ([bought(1, 5000, accepted_on=DAY), debit("d", 5000, -100)], {"d": "purchase"}, {"b1": "5000"}),
    "no_day": ([bought(1, 5000), debit("d", 5000, 320)], {"d": "purchase"}, {"b1": "5000"}),
    "name": ([bought(1, 5000, 3), hidden("d", 5000, 3)], {"d": "purchase"}, {"b1": "5000"}),
    "other_account": ([bought(1, 5000, 3), debit("d", 5000, 3, key="cX")], {"d": "unexplained"}, {}),
    "no_account_stated": ([bought(1, 5000, 3, payee_account_key=None), debit("d", 5000, 3, key="cX")],
                          {"d": "purchase"}, {"b1": "5000"}),
    "batch": ([bought(1, 5000, 3), bought(2, 3000, 3), debit("d", 8000, 3)], {"d": "purchase"},
              {"b1": "5000", "b2": "3000"}),
    "lines_of_an_invoice": ([bought(1, 5000, 3), bought(2, 3000, 3, invoice_no="04510001"), debit("d", 8000, 3)],
                            {"d": "purchase"}, {"b1": "5000", "b2": "3000"}),
    "two_sources": ([bought(1, 5000.05, 3), bought(2, 2999.95, 3, invoice_no="04510001", fund_source="provincial"),
                     debit("d", 8000, 3)], {"d": "purchase"}, {"b1": "5000.05", "b2": "2999.95"}),
    "a_source_each": ([bought(1, 5000, 3), bought(2, 3000, 3, invoice_no="04510001", fund_source="provincial"),
                       debit("d", 5000, 3), debit("e", 3000, 5)], {"d": "purchase", "e": "purchase"},
                      {"b1": "5000", "b2": "3000"}),
    "deposit_and_rest": ([bought(1, 5000, 60), debit("d", 1500, -30, "定金"), debit("e", 3500, 60, "尾款")],
                         {"d": "purchase", "e": "purchase"}, {"b1": "5000"}),
    "instalments_of_a_batch": ([bought(1, 5000, 3), bought(2, 3000, 3), debit("d", 2000, 3), debit("e", 6000, 30)],
                               {"d": "purchase", "e": "purchase"}, {"b1": "5000", "b2": "3000"}),
    "instalments_of_two_sources": (
        [bought(1, 5000, 3), bought(2, 3000, 3, invoice_no="04510001", fund_source="provincial"),
         debit("d", 6000, 3), debit("e", 2000, 30)],
        {"d": "purchase", "e": "purchase"}, {"b1": "5000", "b2": "3000"}),
    "several_invoices_in_one": ([bought(1, 5000, 3), bought(2, 3000, 3, purchase_batch_no="CG-2021-02"),
                                 bought(3, 700, 3, purchase_batch_no="CG-2021-03"), debit("d", 8000, 3)],
                                {"d": "purchase"}, {"b1": "5000", "b2": "3000"}),
    "only_a_deposit": ([bought(1, 5000, 3), debit("d", 1500, 3)], {"d": "unexplained"}, {}),
    "two_sums_fit": ([bought(1, 5000, 3), bought(2, 3000, 3, purchase_batch_no="CG-2021-02"),
                      bought(3, 3000, 3, purchase_batch_no="CG-2021-03"), debit("d", 8000, 3)],
                     {"d": "unexplained"}, {}),
    "alike": ([bought(1, 5000, 3), bought(2, 5000, 3), debit("d", 5000, 3), debit("e", 5000, 4)],
              {"d": "purchase", "e": "purchase"}, {"b1": "5000", "b2": "5000"}),
    "differ_in_batch": ([bought(1, 5000, 3), bought(2, 5000, 3, purchase_batch_no="CG-2021-02"), debit("d", 5000, 3)],
                        {"d": "ambiguous"}, {}),
    "differ_in_source": ([bought(1, 5000, 3), bought(2, 5000, 3, fund_source="provincial"), debit("d", 5000, 3),
                          debit("e", 5000, 3)], {"d": "ambiguous", "e": "ambiguous"}, {}),
    "days_tell": ([bought(1, 5000, 3), bought(2, 5000, 33, fund_source="provincial"), debit("d", 5000, 4),
                   debit("e", 5000, 35)], {"d": "purchase", "e": "purchase"}, {"b1": "5000", "b2": "5000"}),
    "twice": ([bought(1, 5000, 3), debit("d", 5000, 3), debit("e", 5000, 5)], {"d": "purchase", "e": "unexplained"},
              {"b1": "5000"}),
    "goods_back": ([bought(1, 5000, 3), debit("d", 5000, 3), back("r", 800, 40)], {"d": "purchase", "r": "refund"},
                   {"b1": "4200"}),
    "all_back": ([bought(1, 5000, 3), debit("d", 5000, 3), back("r", 5000, 10, "退汇")],
                 {"d": "purchase", "r": "return"}, {"b1": "0"}),
    "back_and_paid_again": ([bought(1, 5000, 3), debit("d", 5000, 3), back("r", 5000, 6, "退汇"), debit("e", 5000, 9)],
                            {"d": "purchase", "r": "return", "e": "purchase"}, {"b1": "5000"}),
    "back_without_a_word": ([bought(1, 5000, 3), debit("d", 5000, 3), back("r", 800, 40, "往来")],
                            {"d": "purchase", "r": "unexplained"}, {"b1": "5000"}),
    "more_back_than_paid": ([bought(1, 5000, 3), debit("d", 5000, 3), back("r", 4000, 8), back("s", 2000, 9)],
                            {"d": "purchase", "r": "refund", "s": "unexplained"}, {"b1": "1000"}),
    "part_back_of_two_sources": (
        [bought(1, 5000, 3), bought(2, 3000, 3, invoice_no="04510001", fund_source="provincial"), debit("d", 8000, 3),
         back("r", 800, 40)], {"d": "purchase", "r": "unexplained"}, {"b1": "5000", "b2": "3000"}),
    "visit": ([visited(1, 20000, 5), debit("d", 20000, 9, "慰问金", "cE", counterparty_name=ENTERPRISE)],
              {"d": "group_visit"}, {"v1": "20000"}),
    "visit_of_two_sources": (
        [visited(1, 20000, 5), visited(2, 10000, 5, fund_source="provincial"),
         debit("d", 30000, 9, "慰问金", "cE", counterparty_name=ENTERPRISE)],
        {"d": "group_visit"}, {"v1": "20000", "v2": "10000"}),
    "visit_without_money": ([visited(1, 0, 5, cash_yuan=None, goods_yuan=500)], {}, {}),
    "shared_account": ([bought(1, 5000, 3), debit("d", 5000, 3, account="g", account_type="basic")],
                       {"d": "purchase"}, {"b1": "5000"}),
    "longer_number": (
        [bought(1, 5000, 3), bought(2, 5000, 3, purchase_batch_no="CG-2021-011"),
         debit("d", 5000, 3, "CG-2021-011")], {"d": "purchase"}, {"b2": "5000"}),
    "not_the_lists": (
        [bought(1, 5000, 3), line(1, payee=1, amount=5000, day=3, source="central", batch_no="第1批"),
         debit("d", 5000, 3)], {"d": "purchase"}, {"b1": "5000"}),
    "the_lists": (
        [bought(1, 5000, 3), line(1, payee=1, amount=2000, day=3, source="central", batch_no="第01批"),
         line(2, payee=2, amount=3000, day=3, source="central", batch_no="第01批"),
         debit("d", 5000, 3, "CG-2021-01 第01批代发", None, counterparty_name=None)], {"d": "batch"}, {}),
    "red_line": ([bought(1, 5000, 3), bought(2, -500, 3), debit("d", 5000, 3)], {"d": "purchase"}, {"b1": "5000"}),
}  # fmt: skip


IDS = ("row_id", "bank_line_id", "account_key", "payment_id")


def facts(unit: str, rows: list[Row]) -> Tables:
    """A scene's rows as the facts of a unit of its own."""
    tables: Tables = together(account(unit), account(unit, "g", "basic"))
    tables["facts.units"] = [{"unit_code": unit, "unit_name": f"{unit}总工会"}]
    for row in rows:
        address = "facts.bank_lines" if "bank_line_id" in row else "facts.visits" if "object_type" in row else (
            "matched.payment_lines" if "payment_id" in row else "facts.purchases")  # fmt: skip
        own = {key: f"{unit}.{row[key].removeprefix('u.')}" for key in IDS if key in row}
        tables.setdefault(address, []).append({**row, **own, "unit_code": unit, "city_code": "430600"})
    return tables


@pytest.fixture(scope="module")
def made() -> dict[str, list[Row]]:
    scenes = [facts(name, rows) for name, (rows, _, _) in CASES.items()]
    return Matcher().run(together(*scenes), ("payables", "payable_shares"))


def of(rows: list[Row], unit: str, key: str) -> Iterator[tuple[str, Row]]:
    """The rows of a unit by the rest of an id."""
    yield from ((row[key].partition(".")[2], row) for row in rows if str(row[key]).partition(".")[0] == unit)


@pytest.mark.parametrize("name", CASES)
def test_scene(name: str, made: dict[str, list[Row]]) -> None:
    _, classes, amounts = CASES[name]
    assert {line: row["classification"] for line, row in of(made["bank_lines"], name, "bank_line_id")} == classes
    rows = {row["payable_id"]: row["row_id"] for row in made["payables"]}
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for _, share in of(made["payable_shares"], name, "bank_line_id"):
        sign = 1 if share["direction"] == "out" else -1
        paid[rows[share["payable_id"]].partition(".")[2]] += sign * share["share_yuan"]
    assert paid == {row: Decimal(amount) for row, amount in amounts.items()}


def test_what_is_matched_adds_up_to_the_line(made: dict[str, list[Row]]) -> None:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for match in made["matches"]:
        sums[match["bank_line_id"]] += match["amount_yuan"]
    classes = {"purchase", "group_visit", "return", "refund"}
    lines = {r["bank_line_id"]: r["amount_yuan"] for r in made["bank_lines"] if r["classification"] in classes}
    assert {key: sums[key] for key in lines} == lines


def test_instalments_fill_the_lines_in_order(made: dict[str, list[Row]]) -> None:
    shares = {
        (line, share["share_yuan"])
        for line, share in of(made["payable_shares"], "instalments_of_two_sources", "bank_line_id")
    }
    assert shares == {("d", Decimal(5000)), ("d", Decimal(1000)), ("e", Decimal(2000))}
