"""A county pays a list out of its own pocket while it waits; later the funds' account pays it back (归垫)."""

from datetime import date

from data.synthetic.knowledge import workday
from data.synthetic.quirks.choice import OFFICE_ACCOUNT, untouched_lists
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation
from data.synthetic.size import Size

WORKDAYS_LATER = 8
PAID_BEFORE = (11, 1)  # so that the list counts before the end of the year, as it would have


def happen(size: Size, federation: Federation) -> None:
    """The longest list of a county with a 专户 before November, paid and paid back as a whole; its own money lies
    elsewhere.
    """
    found = [
        batch
        for batch in untouched_lists(federation)
        if not batch.unit.is_city and batch.pay_on < date(federation.year, *PAID_BEFORE)
        if federation.accounts[batch.unit.code].nature != OFFICE_ACCOUNT
    ]
    if found:
        batch = max(found, key=lambda one: len(one.payments))
        batch.is_single = False
        batch.repaid_on = workday(batch.pay_on, after=WORKDAYS_LATER)


QUIRK = Quirk("q17", "县里先垫付，后归垫", happen=happen)
