"""The matching passes against an exhaustive search in Python, and what must hold of them whatever comes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spec.harness import Row
from tests.support.matching import WINDOWS, Matcher, bank_line, line, lists_of

SLOW = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
days = st.integers(min_value=0, max_value=50)
payments = st.tuples(st.integers(0, 1), st.sampled_from([100, 200]), days, st.sampled_from(["central", "provincial"]))
debits = st.tuples(st.integers(0, 1), st.sampled_from([100, 200]), days)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


def components(lines: Sequence[Row], bank: Sequence[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Payments and debits that may answer each other, directly or by way of others."""
    left_lines, left_bank = list(lines), list(bank)
    while left_lines:
        mine, theirs = [left_lines.pop(0)], list[Row]()
        grown = True
        while grown:
            near = [debit for debit in left_bank if any(fits(each, debit) for each in mine)]
            left_bank = [debit for debit in left_bank if debit not in near]
            theirs += near
            more = [each for each in left_lines if any(fits(each, debit) for debit in theirs)]
            left_lines = [each for each in left_lines if each not in more]
            mine += more
            grown = bool(near or more)
        yield mine, theirs


def fits(payment: Row, debit: Row) -> bool:
    apart = abs((payment["pay_on"] - debit["value_on"]).days)
    same = payment["card_key"] == debit["counterparty_key"] and payment["amount_yuan"] == debit["amount_yuan"]
    return same and apart <= WINDOWS["single_days"]


def only_answer(mine: Sequence[Row], theirs: Sequence[Row]) -> dict[str, str] | None:
    """Debit → source, where every assignment of all payments to all debits agrees in it; else None."""
    if len(mine) != len(theirs):
        return None
    found = []
    for order in permutations(theirs):
        if all(fits(payment, debit) for payment, debit in zip(mine, order, strict=True)):
            found.append({d["bank_line_id"]: p["fund_source"] for p, d in zip(mine, order, strict=True)})
    return found[0] if found and all(each == found[0] for each in found) else None


@pytest.mark.slow
@SLOW
@given(st.lists(payments, max_size=6), st.lists(debits, max_size=6))
def test_singles_agree_with_an_exhaustive_search(
    matcher: Matcher, paid: list[tuple[int, int, int, str]], booked: list[tuple[int, int, int]]
) -> None:
    """Each payment is a list of one. Where one assignment is possible it is found; what is matched fits."""
    lines = [
        line(n, payee=payee, amount=amount, day=day, source=source, batch_no=f"第{n:02}批")
        for n, (payee, amount, day, source) in enumerate(paid)
    ]
    bank = [bank_line(f"b{n:02}", amount=amount, day=day, payee=payee) for n, (payee, amount, day) in enumerate(booked)]
    made = matcher.run(
        {"matched.payment_lines": lines, "matched.batch_totals": lists_of(lines), "facts.bank_lines": bank}
    )
    paid_by = {row["payment_id"]: row["bank_line_id"] for row in made["payments"] if row["bank_line_id"]}
    by_id = {each["payment_id"]: each for each in lines}
    by_line = {each["bank_line_id"]: each for each in bank}
    assert all(fits(by_id[payment], by_line[debit]) for payment, debit in paid_by.items())
    for mine, theirs in components(lines, bank):
        answer = only_answer(mine, theirs)
        if answer is not None:
            found = {paid_by.get(each["payment_id"]): each["fund_source"] for each in mine}
            assert found == answer


MEMOS = ["", "代发", "冲正", "退汇", "退还", "手续费", "第00批", "第00批第01批"]
ListStated = tuple[int, str, list[tuple[int, int]]]
LineStated = tuple[int, int, str, str, int | None]
list_lines = st.lists(st.tuples(st.integers(0, 4), st.sampled_from([100, 200, 300])), min_size=1, max_size=4)
lists = st.lists(st.tuples(days, st.sampled_from(["central", "provincial"]), list_lines), max_size=4)
sums = st.sampled_from([50, 100, 200, 300, 400, 500, 700])
ways = st.sampled_from(["out", "out", "out", "in"])
moves = st.lists(st.tuples(sums, days, st.sampled_from(MEMOS), ways, st.none() | st.integers(0, 4)), max_size=8)


def facts_of(stated: Sequence[ListStated], moved: Sequence[LineStated]) -> dict[str, list[Row]]:
    numbered = [(batch, *head, *each) for batch, (*head, each_line) in enumerate(stated) for each in each_line]
    lines = [
        line(n, payee=payee, amount=amount, day=day, source=source, batch_no=f"第{batch:02}批")
        for n, (batch, day, source, payee, amount) in enumerate(numbered)
    ]
    bank = [
        bank_line(f"b{n:02}", amount=amount, day=day, payee=payee, memo=memo, direction=direction)
        for n, (amount, day, memo, direction, payee) in enumerate(moved)
    ]
    return {"matched.payment_lines": lines, "matched.batch_totals": lists_of(lines), "facts.bank_lines": bank}


@pytest.mark.slow
@SLOW
@given(lists, moves, st.integers(0, 1000))
def test_nothing_is_used_twice_lost_or_decided_by_order(
    matcher: Matcher,
    stated: list[ListStated],
    moved: list[LineStated],
    seed: int,
) -> None:
    facts = facts_of(stated, moved)
    made = matcher.run(facts)
    amounts = {each["bank_line_id"]: Decimal(each["amount_yuan"]) for each in facts["facts.bank_lines"]}
    summed: dict[str, Decimal] = defaultdict(Decimal)
    rules: dict[str, set[str]] = defaultdict(set)
    for match in made["matches"]:
        summed[match["bank_line_id"]] += match["amount_yuan"]
        rules[match["bank_line_id"]].add(match["rule"])
    assert all(summed[name] == amounts[name] for name in summed)
    assert all(len(said) == 1 for said in rules.values())
    used = Counter(
        (match["payment_id"], match["rule"] == "M50.return") for match in made["matches"] if match["payment_id"]
    )
    assert all(count == 1 for count in used.values())
    assert len({match["match_id"] for match in made["matches"]}) == len(made["matches"])
    assert {row["bank_line_id"] for row in made["bank_lines"]} == set(amounts)
    assert {row["payment_id"] for row in made["payments"]} == {
        each["payment_id"] for each in facts["matched.payment_lines"]
    }
    open_classes = {"unexplained", "ambiguous", "out_of_scope", "fee", "cash", "interest"}
    open_lines = {row["bank_line_id"] for row in made["bank_lines"] if row["classification"] in open_classes}
    assert not open_lines & {name for name, said in rules.items() if said != {"M60.fee"}}
    shuffled = {address: Random(seed).sample(rows, len(rows)) for address, rows in facts.items()}
    assert matcher.run(shuffled) == made
