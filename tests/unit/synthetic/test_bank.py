"""Balances roll; every debit, credit, refusal and return is what the lists say."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from data.synthetic.federation import build_federation
from data.synthetic.generate import size_of
from data.synthetic.oracle import status
from data.synthetic.records import BankLine, Batch, Federation

EXPECTED_CLASSES = {
    "receipt", "allotment_out", "allotment_in", "batch", "single", "return", "fee", "interest", "out_of_scope",
}  # fmt: skip
FUND_WORDS = ("帮扶", "困难职工", "送温暖", "慰问", "助学", "救助")


def test_balances_roll_and_never_run_dry(federation: Federation) -> None:
    running = {account.number: account.opening_fen for account in federation.accounts.values()}
    last: dict[str, date] = {}
    for line in federation.bank_lines:
        number = line.account.number
        running[number] += line.amount_fen if line.direction == "in" else -line.amount_fen
        assert line.balance_fen == running[number] >= 0
        assert last.get(number, date.min) <= line.transacted_on
        last[number] = line.transacted_on


def test_lines_have_the_expected_classes_and_lie_in_the_period(federation: Federation) -> None:
    assert {line.classification for line in federation.bank_lines} == EXPECTED_CLASSES
    for line in federation.bank_lines:
        assert federation.statements_from <= line.transacted_on <= line.booked_on <= federation.statements_to
        assert line.transacted_on.year == line.booked_on.year
    assert federation.as_of == federation.statements_to
    assert any(line.booked_on != line.transacted_on for line in federation.bank_lines)


def test_the_office_never_names_the_funds(federation: Federation) -> None:
    outside = [line for line in federation.bank_lines if line.classification == "out_of_scope"]
    assert outside
    for line in outside:
        assert line.account.nature == "基本户"
        assert not any(word in line.counterparty_name + line.usage + line.memo for word in FUND_WORDS)


def test_fee_and_interest_count_on_a_special_account_only(federation: Federation) -> None:
    for line in federation.bank_lines:
        if line.classification in ("fee", "interest"):
            assert line.account.nature == "专户"


def test_a_debit_is_the_sum_of_the_lines_that_were_not_refused(federation: Federation) -> None:
    for batch in federation.batches:
        went_out = sum(p.amount_fen for p in batch.payments if p.incident != "failed")
        debits = {id(p.paid_by): p.paid_by for p in batch.payments if p.paid_by}
        assert sum(debit.amount_fen for debit in debits.values()) == went_out
        assert len(debits) == (len(batch.payments) if batch.is_single else 1)
        assert {debit.transacted_on for debit in debits.values()} == {batch.pay_on}
        assert all(debit.classification == ("single" if batch.is_single else "batch") for debit in debits.values())


def test_refused_and_returned_lines_are_paid_again_to_another_card(federation: Federation) -> None:
    again = {id(p.repeats): p for p in federation.payments if p.repeats}
    statuses = Counter(status(p) for p in federation.payments)
    assert set(statuses) == {"paid", "returned", "failed"}
    for payment in federation.payments:
        if status(payment) == "paid":
            assert id(payment) not in again
            continue
        repeated = again[id(payment)]
        assert status(repeated) == "paid"
        assert repeated.household is payment.household
        assert repeated.amount_fen == payment.amount_fen
        assert repeated.card.number == payment.household.card.number != payment.card.number
        assert repeated.batch.pay_on > payment.batch.pay_on
        assert (repeated.batch.notice, repeated.batch.fund_source) == (payment.batch.notice, payment.batch.fund_source)


def test_returns_come_back_from_the_payees_card_before_they_are_paid_again(federation: Federation) -> None:
    returned = [p for p in federation.payments if p.returned_by]
    assert len(returned) == sum(line.classification == "return" for line in federation.bank_lines)
    again = {id(p.repeats): p for p in federation.payments if p.repeats}
    for payment in returned:
        assert payment.returned_by is not None
        assert payment.returned_by.amount_fen == payment.amount_fen
        assert payment.returned_by.counterparty_account == payment.card.number
        assert payment.batch.pay_on < payment.returned_by.transacted_on <= again[id(payment)].batch.pay_on


@pytest.mark.parametrize("seed", range(6))
def test_no_debit_could_be_anothers(seed: int) -> None:
    """Within two months, debits of one account and amount differ in card, or their memos name their lists."""
    federation = build_federation(size_of(120, seed, 2021, None, None))
    debits: dict[tuple[str, int, str], list[tuple[BankLine, Batch]]] = defaultdict(list)
    for batch in federation.batches:
        for line in {id(p.paid_by): p.paid_by for p in batch.payments if p.paid_by}.values():
            debits[line.account.number, line.amount_fen, line.counterparty_account].append((line, batch))
    for found in debits.values():
        for line, batch in found:
            near = [b for other, b in found if abs((other.transacted_on - line.transacted_on).days) <= 60]
            assert all(b is batch for b in near) or batch.number in line.memo


def test_arrivals_that_need_a_credit_have_one(federation: Federation) -> None:
    credits = Counter((x.transacted_on, x.amount_fen) for x in federation.bank_lines if x.classification == "receipt")
    assert credits == Counter((a.arrived_on, a.amount_fen) for a in federation.arrivals if a.has_credit)
    assert {a.mode for a in federation.arrivals if not a.has_credit} == {"本级工会经费安排"}
