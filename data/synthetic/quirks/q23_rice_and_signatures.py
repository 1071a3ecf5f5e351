"""A county buys rice and oil for 两节 of its own money: two invoices, one debit, a signature from each household."""

from datetime import date, timedelta

from data.synthetic.goods import GoodsGiven, Payee, Purchase
from data.synthetic.knowledge import story, workday
from data.synthetic.quirks.choice import chance, counties_with_office_account
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation, Household, Unit
from data.synthetic.size import Size

SIGNATURES = 300
ACCEPTED, SEASON_FROM = (12, 8), (7, 1)
DAYS_TO_PAY, DAYS_TO_BRING = 5, 12
LEFT_OVER = 4  # pieces that nobody has got yet
GOODS = (("大米", 86_50), ("食用油", 73_80))  # 10 公斤, 5 升
SOURCE = "county_union_match"


def happen(size: Size, federation: Federation) -> None:
    """Households that no list and no register of this season or of the year's 常态化 knows get one piece each."""
    drawn = chance(size, "q23")
    units = counties_with_office_account(federation)
    if not units:
        return
    unit = units[0]
    households = _not_visited(federation, unit)[:SIGNATURES]
    accepted_on = workday(date(federation.year, *ACCEPTED))
    told = story("goods")
    supplier = Payee(told["supplier"].format(place=unit.short_name), told["account"] + f"{drawn.randrange(10**9):09d}")
    leader = drawn.choice(story("names")["leaders"])
    for place, (item, price_fen) in enumerate(GOODS):
        taken = households[place :: len(GOODS)]
        line = Purchase(
            unit=unit,
            number=f"{unit.code}-CG-{federation.year}-01",
            campaign="two_festivals",
            supplier=supplier,
            contract_no=f"{unit.code}-HT-{federation.year}-07",
            invoice_no=f"{federation.year % 100}{drawn.randrange(10**6):06d}",
            item=item,
            quantity=len(taken) + LEFT_OVER,
            price_fen=price_fen,
            fund_source=SOURCE,
            budget_year=federation.year,
            accepted_on=accepted_on,
            accepted_by=leader,
            paid_on=workday(accepted_on, after=DAYS_TO_PAY),
        )
        federation.purchases.append(line)
        brought_on = accepted_on + timedelta(days=DAYS_TO_BRING)
        federation.goods += [GoodsGiven(line, household, brought_on, leader) for household in taken]


def _not_visited(federation: Federation, unit: Unit) -> list[Household]:
    season = date(federation.year, *SEASON_FROM)
    visited = {
        payment.household.number
        for payment in federation.payments
        if payment.batch.aid_category == "warmth_visit"
        and (payment.batch.campaign != "two_festivals" or payment.batch.pay_on >= season)
    }
    visited |= {visit.payment.household.number for visit in federation.visits}
    is_open = date(federation.year, 12, 1)
    return [
        h
        for h in federation.households
        if h.unit is unit and h.file_no and h.opened_on < is_open and h.closed_on is None and h.number not in visited
    ]


QUIRK = Quirk("q23", "向供应商买米，三百人签收", happen=happen)
