"""The matching passes against an exhaustive search in Python, and what must hold of them whatever comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.spec.harness import Row
from tests.support.little_books import little_federation
from tests.support.matching import WINDOWS, Matcher, bank_line, line, together
from tests.support.seeds import FIXED, seeds_of_the_commit
from tests.support.used_once import faults

SLOW = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # making a failure smaller takes minutes
)  # fmt: skip
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
    made = matcher.run({"matched.payment_lines": lines, "facts.bank_lines": bank})
    paid_by = {row["payment_id"]: row["bank_line_id"] for row in made["payments"] if row["bank_line_id"]}
    by_id = {each["payment_id"]: each for each in lines}
    by_line = {each["bank_line_id"]: each for each in bank}
    assert all(fits(by_id[payment], by_line[debit]) for payment, debit in paid_by.items())
    for mine, theirs in components(lines, bank):
        answer = only_answer(mine, theirs)
        if answer is not None:
            found = {paid_by.get(each["payment_id"]): each["fund_source"] for each in mine}
            assert found == answer


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*FIXED[:2], *seeds_of_the_commit()[:2]])
def test_nothing_is_used_twice_lost_or_decided_by_order(matcher: Matcher, seed: int) -> None:
    """Three hundred little federations: lists, results, notices, clawbacks and arrivals that want the same lines."""
    facts = together(*(little_federation(f"f{n:03}", Random(seed * 1000 + n)) for n in range(300)))
    made = matcher.run(facts)
    assert faults(facts, made) == []
    shuffled = {address: Random(seed).sample(rows, len(rows)) for address, rows in facts.items()}
    assert matcher.run(shuffled) == made


def test_what_comes_back_may_come_back_in_part(matcher: Matcher) -> None:
    """Four debits for a list of two, and a part of it given back: the payment has two certificates, one each way."""
    lines = [line(n, payee=0, amount=100, day=0, source="central", batch_no="第01批") for n in range(2)]
    debits = [bank_line(f"b{n:02}", amount=50, day=0, payee=None) for n in range(4)]
    credit = bank_line("b04", amount=50, day=0, payee=0, memo="退汇", direction="in")
    facts = {"matched.payment_lines": lines, "facts.bank_lines": [*debits, credit]}
    made = matcher.run(facts)
    assert faults(facts, made) == []
    assert [row["payment_id"] for row in made["matches"] if row["rule"] == "M52.refund"] == ["u.p000"]
