"""Which lists and lines the faults of money may take."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from data.synthetic.amounts import POOL, POOL_SOURCES
from data.synthetic.faults.money import reshape
from data.synthetic.incidents import paid_again
from data.synthetic.knowledge import workday
from data.synthetic.numbers import Numbers
from data.synthetic.records import BankLine, Batch, Card, Household, Notice, NoticeLine, Payment
from data.synthetic.scene import NoRoomError, Scene

LAST_DAY = (12, 20)  # what is paid again after it would be a thing of the next year
Fits = Callable[[Batch], bool]
T = TypeVar("T")


def anything(batch: Batch) -> bool:
    """Any list will do."""
    return True


def first(found: Iterable[T], what: str) -> T:
    """The first of them; NoRoomError where there is none."""
    for one in found:
        return one
    raise NoRoomError(f"no {what}")


def source_of(batch: Batch) -> str:
    """The source that figures show: 市财政 and 市总配套 are the pool."""
    return POOL if batch.fund_source in POOL_SOURCES else batch.fund_source


def notice_of(batch: Batch) -> Notice:
    """Of a county's list."""
    assert batch.notice is not None, "direct money has none"
    return batch.notice


def given_to(batch: Batch) -> NoticeLine:
    """What the list's notice gives its unit."""
    return next(line for line in notice_of(batch).lines if line.unit is batch.unit)


def debit_of(payment: Payment) -> BankLine:
    """The bank line that pays it, once the banks have worked."""
    assert payment.paid_by is not None, "refused, or not booked yet"
    return payment.paid_by


def lists_on(scene: Scene, given: NoticeLine) -> list[Batch]:
    """Every list that is paid of this line of a notice."""
    return [batch for batch in scene.federation.batches if batch.notice is not None and given_to(batch) is given]


def is_plain(scene: Scene, batch: Batch) -> bool:
    """Free, no visits, of the sample year and its money, every line paid at once, number and day on the paper."""
    is_first = batch.original is None and batch.planned_on is None and batch.is_numbered and batch.is_dated
    is_years = scene.is_in_year(batch) and batch.budget_year == scene.federation.year
    went_through = not any(payment.incident for payment in batch.payments)
    is_free = scene.is_free(batch, *batch.payments)
    return is_first and is_years and went_through and is_free and batch.aid_category != "warmth_visit"


def plain_lists(scene: Scene, name: str, fits: Fits = anything) -> list[Batch]:
    """Plain lists in shuffled order."""
    found = [batch for batch in scene.federation.batches if is_plain(scene, batch) and fits(batch)]
    scene.chance(name).shuffle(found)
    return found


def county_list(batch: Batch) -> bool:
    """Paid by a county of what a notice gave it."""
    return batch.notice is not None


def stands_alone(scene: Scene, payment: Payment, household: Household | None = None, fen: int | None = None) -> bool:
    """No other line of the unit brings the household this amount: its debit can be no other's.

    `household`, `fen`: if the line went to somebody else, or were of another amount.
    """
    receiver, amount_fen = household or payment.household, fen or payment.amount_fen
    return not any(
        other.household is receiver and other.amount_fen == amount_fen and other is not payment
        for batch in scene.federation.batches
        if batch.unit is payment.batch.unit
        for other in batch.payments
    )


def may_have_own_list(payment: Payment) -> bool:
    """Alone on its list already, or one of enough."""
    batch = payment.batch
    return batch.is_single if len(batch.payments) == 1 else len(batch.payments) >= (2 if batch.is_single else 4)


def lone_line(scene: Scene, name: str, fits: Fits = anything) -> Payment:
    """A line that a list of its own states, paid by a debit of its own; where need be, the list is made."""
    lists = plain_lists(scene, name, fits)
    lists.sort(key=lambda batch: len(batch.payments) > 1)
    found = (
        payment
        for batch in lists
        for payment in batch.payments
        if scene.is_free(payment.household) and may_have_own_list(payment) and stands_alone(scene, payment)
    )
    payment = first(found, "line that could stand on a list of its own")
    reshape.own_list(scene.federation, payment)
    return payment


def paid_in_one_sum(scene: Scene, name: str, fits: Fits = anything) -> Batch:
    """A list of several lines that one debit pays; where need be, one of those paid line by line is made so."""
    lists = [batch for batch in plain_lists(scene, name, fits) if len(batch.payments) > 1]
    lists.sort(key=lambda batch: (batch.is_single, -len(batch.payments) if batch.is_single else 0))
    batch = first(lists, "list of several lines")
    if batch.is_single:
        reshape.pay_in_one_sum(scene.federation, batch, scene.chance(f"{name} bank number"))
    return batch


def refused_line(scene: Scene, name: str) -> Payment:
    """A line that the bank refused and that was paid again within the year; where need be, one is refused now."""
    year = scene.federation.year
    for batch in scene.federation.batches:
        is_open = scene.is_in_year(batch) and scene.is_free(batch) and batch.budget_year == year and not batch.is_single
        if is_open and batch.aid_category != "warmth_visit" and batch.is_numbered and batch.is_dated:
            for payment in batch.payments:
                if payment.incident == "failed" and scene.is_free(payment.household) and _is_by(payment.again_on, year):
                    return payment
    return _refuse(scene, name)


def _refuse(scene: Scene, name: str) -> Payment:
    """The bank refuses a plain line of a list; a second list pays it again. The sums of the year are the same."""

    def lines(batch: Batch) -> list[Payment]:
        is_in_time = len(batch.payments) > 2 and _is_by(workday(batch.pay_on, after=2), batch.pay_on.year)
        return [p for p in batch.payments if is_in_time and scene.is_free(p.household) and stands_alone(scene, p)]

    batch = paid_in_one_sum(scene, name, lambda one: bool(lines(one)))
    payment = lines(batch)[0]
    chance = scene.chance(f"{name} refused")
    cards = Numbers(chance)
    cards.given = {p.card.number for p in scene.federation.payments} | {
        household.card.number for household in scene.federation.households
    }
    payment.card = Card(cards.card(payment.card.number[:6]), payment.card.bank_name)
    payment.incident, payment.again_on = "failed", workday(batch.pay_on, after=2)
    scene.federation.batches.append(paid_again(batch, [payment], chance))
    return payment


def _is_by(day: date | None, year: int) -> bool:
    return day is not None and day <= date(year, *LAST_DAY)
