"""两节 across New Year: a household visited in one season and again in the next, both within one calendar year."""

from datetime import date, timedelta

from data.synthetic.knowledge import story
from data.synthetic.quirks.choice import chance, plain_lines
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation, Payment, Visit
from data.synthetic.size import Size

VISIT_TO_MONEY = timedelta(days=25)
DECEMBER_VISIT = (12, 24)


def happen(size: Size, federation: Federation) -> None:
    """Somebody visited in January is visited again before the next New Year; the money of it follows in January."""
    for first in _lines(federation, budget_year=federation.year - 1):
        for second in _lines(federation, budget_year=federation.year):
            if second.batch.unit is first.batch.unit and _is_free(federation, first, second):
                second.household, second.card = first.household, first.household.card
                _register(size, federation, second)
                return


def _lines(federation: Federation, budget_year: int) -> list[Payment]:
    found = [p for p in plain_lines(federation, "warmth_visit") if p.batch.campaign == "two_festivals"]
    return sorted((p for p in found if p.batch.budget_year == budget_year), key=lambda p: p.batch.pay_on)


def _is_free(federation: Federation, first: Payment, second: Payment) -> bool:
    """Nobody else has visited the household this season, and no other debit to its card could be this one's."""
    theirs = [p for p in federation.payments if p.household is first.household]
    visited = any(p.batch.campaign == "two_festivals" and p.batch.budget_year == federation.year for p in theirs)
    registered = any(visit.payment is second for visit in federation.visits)
    alike = any(p.amount_fen == second.amount_fen and p is not first for p in theirs)
    return not visited and not registered and not alike


def _register(size: Size, federation: Federation, payment: Payment) -> None:
    visited_on = max(date(federation.year, *DECEMBER_VISIT), payment.batch.pay_on - VISIT_TO_MONEY)
    if visited_on <= payment.batch.pay_on:
        leader = chance(size, "q04").choice(story("names")["leaders"])
        federation.visits.append(Visit(payment, visited_on, leader))


QUIRK = Quirk("q04", "两个年节季在同一公历年", happen=happen)
