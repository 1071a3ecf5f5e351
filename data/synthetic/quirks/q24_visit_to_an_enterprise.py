"""集体慰问: a county gives an enterprise money of its own, to its account; the file's name says the budget year."""

from datetime import date

from data.synthetic.goods import GroupVisit, Payee
from data.synthetic.knowledge import story, workday
from data.synthetic.quirks.choice import chance, counties_with_office_account
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation
from data.synthetic.size import Size

VISITED = (7, 20)
DAYS_TO_PAY = 3
PEOPLE, FEN = 45, 9_000_00
SOURCE = "county_fiscal"


def happen(size: Size, federation: Federation) -> None:
    """The last county that keeps a 基本户 visits a building site in summer."""
    drawn = chance(size, "q24")
    units = counties_with_office_account(federation)
    if not units:
        return
    unit, told = units[-1], story("goods")
    visited_on = workday(date(federation.year, *VISITED))
    name = told["enterprise"].format(place=unit.short_name)
    federation.group_visits.append(
        GroupVisit(
            unit=unit,
            enterprise=Payee(name, told["account"] + f"{drawn.randrange(10**9):09d}"),
            people=PEOPLE,
            campaign="regular_warmth",
            amount_fen=FEN,
            fund_source=SOURCE,
            budget_year=federation.year,
            visited_on=visited_on,
            paid_on=workday(visited_on, after=DAYS_TO_PAY),
            leader=drawn.choice(story("names")["leaders"]),
        )
    )


QUIRK = Quirk("q24", "集体慰问，款到企业账户", happen=happen)
