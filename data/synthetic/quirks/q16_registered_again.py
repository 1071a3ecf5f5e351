"""A file is registered again in March, help was paid in February: two periods of one file, the earlier one counts."""

from datetime import date

from data.synthetic.knowledge import workday
from data.synthetic.quirks.choice import chance, plain_lines
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation
from data.synthetic.size import Size

AT_MOST = 2


def happen(size: Size, federation: Federation) -> None:
    """Files that received help other than a visit before March."""
    drawn, year, done = chance(size, "q16"), federation.year, 0
    for line in plain_lines(federation):
        household, batch = line.household, line.batch
        is_early = batch.aid_category != "warmth_visit" and date(year, 1, 1) <= batch.pay_on < date(year, 3, 1)
        if is_early and household.opened_on.year < year and household.registered_again_on is None:
            household.registered_again_on = workday(date(year, 3, 5 + drawn.randrange(18)))
            done += 1
        if done == AT_MOST:
            return


QUIRK = Quirk("q16", "三月重新登记的档案，二月已帮扶", happen=happen)
