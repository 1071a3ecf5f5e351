"""Every way in which debits of a unit may pay its lists. What a link is says the reference matcher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TypeVar

T = TypeVar("T")
WINDOW_DAYS = 15
SUM_ITEMS = 12


@dataclass(frozen=True)
class Payment:
    """A line of a list. `likeness`: source, notice, category, year."""

    name: str
    batch_no: str
    payee: str
    amount: int
    on: date
    likeness: tuple[str, ...]


@dataclass(frozen=True)
class Debit:
    """What the bank shows. `payees`: whom it may go to, of those who are known; `names`: lists that its memo names."""

    name: str
    account: str
    amount: int
    on: date
    payees: frozenset[str] = frozenset()
    is_by_name: bool = False
    shows_account: bool = False
    speaks: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """These debits pay these payments. `likeness`: what any other link that is the same in every figure has as well."""

    tier: int
    debits: frozenset[str]
    payments: frozenset[str]
    paid_from: tuple[tuple[str, int], ...]  # account and amount of each debit
    paid_to: tuple[object, ...]  # what the payments are, up to alikeness
    by_account: int = 0
    speaking: int = 0


@dataclass
class Lists:
    """Payments by list."""

    payments: Sequence[Payment]
    by_no: dict[str, list[Payment]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for payment in self.payments:
            self.by_no.setdefault(payment.batch_no, []).append(payment)

    def total(self, number: str) -> int:
        return sum(payment.amount for payment in self.by_no[number])

    def nature(self, number: str) -> tuple[object, ...]:
        return (self.total(number), *sorted({payment.likeness for payment in self.by_no[number]}))

    def is_near(self, number: str, debit: Debit) -> bool:
        days = [payment.on for payment in self.by_no[number]]
        return (min(days) - debit.on).days <= WINDOW_DAYS and (debit.on - max(days)).days <= WINDOW_DAYS


def links(payments: Sequence[Payment], debits: Sequence[Debit]) -> list[Link]:
    """Every way in which debits may pay payments."""
    lists = Lists(payments)
    named = {number for debit in debits for number in debit.names}
    free = [number for number in lists.by_no if number not in named]
    silent = [debit for debit in debits if not debit.names and not debit.payees]
    to_payees = [debit for debit in debits if debit.payees]
    paid_alone = {payment.name for debit in to_payees for payment in payments if _fits(payment, debit)}
    return [
        *_by_number(lists, [debit for debit in debits if debit.names and not debit.payees]),
        *_singles(payments, to_payees),
        *_wholes(lists, free, silent, paid_alone),
        *_sums(lists, free, [debit for debit in silent if debit.speaks or not debit.shows_account]),
    ]


def whole_link(tier: int, lists: Lists, numbers: Iterable[str], debits: Iterable[Debit]) -> Link:
    """These debits pay these lists."""
    numbers, debits = sorted(numbers), list(debits)
    return Link(
        tier, frozenset(debit.name for debit in debits),
        frozenset(payment.name for number in numbers for payment in lists.by_no[number]),
        tuple(sorted((debit.account, debit.amount) for debit in debits)), tuple(sorted(map(lists.nature, numbers))),
        speaking=sum(debit.speaks for debit in debits),
    )  # fmt: skip


def single_link(tier: int, payment: Payment, debit: Debit) -> Link:
    """This debit pays this payment."""
    return Link(
        tier, frozenset([debit.name]), frozenset([payment.name]), ((debit.account, debit.amount),),
        (payment.payee, payment.amount, payment.likeness), by_account=int(not debit.is_by_name),
    )  # fmt: skip


def _by_number(lists: Lists, debits: Sequence[Debit]) -> Iterator[Link]:
    for debit in debits:
        fitting = [number for number in debit.names if lists.total(number) == debit.amount]
        yield from (whole_link(1, lists, [number], [debit]) for number in fitting)
        if len(debit.names) > 1 and sum(map(lists.total, debit.names)) == debit.amount:
            yield whole_link(2, lists, debit.names, [debit])
    for number in lists.by_no:
        only = [debit for debit in debits if debit.names == {number}]
        if len(only) > 1 and sum(debit.amount for debit in only) == lists.total(number):
            yield whole_link(2, lists, [number], only)


def _fits(payment: Payment, debit: Debit) -> bool:
    near = abs((payment.on - debit.on).days) <= WINDOW_DAYS
    return near and payment.amount == debit.amount and payment.payee in debit.payees


def _singles(payments: Sequence[Payment], debits: Sequence[Debit]) -> Iterator[Link]:
    for debit in debits:
        fitting = [payment for payment in payments if _fits(payment, debit)]
        meant = [payment for payment in fitting if payment.batch_no in debit.names]
        yield from (single_link(3 if meant else 4, payment, debit) for payment in meant or fitting)


def _wholes(lists: Lists, numbers: Sequence[str], debits: Sequence[Debit], paid_alone: set[str]) -> Iterator[Link]:
    for debit in debits:
        for number in numbers:
            to_somebody = len(lists.by_no[number]) == 1 and debit.shows_account and not debit.speaks
            is_whole = lists.total(number) == debit.amount and lists.is_near(number, debit)
            if is_whole and not to_somebody and not paid_alone.issuperset(p.name for p in lists.by_no[number]):
                yield whole_link(4, lists, [number], [debit])


def _sums(lists: Lists, numbers: Sequence[str], debits: Sequence[Debit]) -> Iterator[Link]:
    for debit in debits:
        near = [number for number in numbers if lists.is_near(number, debit) and lists.total(number) < debit.amount]
        for some in _subsets(near):
            if sum(map(lists.total, some)) == debit.amount:
                yield whole_link(5, lists, some, [debit])
    for number in numbers:
        for account in sorted({debit.account for debit in debits}):
            parts = [
                debit for debit in debits
                if debit.account == account and lists.is_near(number, debit) and debit.amount < lists.total(number)
            ]  # fmt: skip
            for group in _subsets(parts):
                if sum(debit.amount for debit in group) == lists.total(number):
                    yield whole_link(5, lists, [number], group)


def _subsets(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    for size in range(2, len(items) + 1 if len(items) <= SUM_ITEMS else 0):
        yield from combinations(items, size)
