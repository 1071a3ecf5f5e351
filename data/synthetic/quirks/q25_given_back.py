"""A county gives back what it did not need of a notice; the city gives it to another county."""

from datetime import date

from data.synthetic.funds import batch_sum
from data.synthetic.knowledge import workday
from data.synthetic.quirks.choice import counties
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Clawback, Federation, Notice, NoticeLine
from data.synthetic.size import Size

BACK_ON, ISSUED_BEFORE = (10, 12), (9, 1)
WORKDAYS_LATER = 4  # from the county's debit to the new notice


def happen(size: Size, federation: Federation) -> None:
    """Of the notices before September the line of which most is left over; it goes on to another county."""
    year = federation.year
    left = [
        (line.amount_fen - _used(federation, notice, line), notice, line)
        for notice in federation.notices
        if notice.budget_year == year and date(year, 1, 1) <= notice.issued_on < date(year, *ISSUED_BEFORE)
        for line in notice.lines
    ]
    unused, notice, line = max(left, key=lambda each: each[0], default=(0, None, None))
    others = [unit for unit in counties(federation) if line is not None and unit is not line.unit]
    if notice is None or line is None or unused <= 0 or not others:
        return
    taken_on = workday(date(year, *BACK_ON))
    federation.clawbacks.append(Clawback(notice, line.unit, unused, f"岳工帮〔{year}〕9号", taken_on))
    federation.notices.append(_given_on(federation, notice, NoticeLine(others[0], unused, taken_on, taken_on)))


def _used(federation: Federation, notice: Notice, line: NoticeLine) -> int:
    return sum(batch_sum(one) for one in federation.batches if one.notice is notice and one.unit is line.unit)


def _given_on(federation: Federation, notice: Notice, line: NoticeLine) -> Notice:
    """The next number of the year; the transfer follows a day later."""
    issued_on = workday(line.paid_out_on, after=WORKDAYS_LATER)
    line.paid_out_on = line.received_on = workday(issued_on, after=1)
    numbers = [one.number for one in federation.notices if one.number.startswith(f"岳工发〔{federation.year}〕")]
    last = max(int(number.partition("〕")[2].removesuffix("号")) for number in numbers)
    return Notice(
        number=f"岳工发〔{federation.year}〕{last + 1}号",
        budget_year=notice.budget_year,
        project_name=notice.project_name,
        fund_source=notice.fund_source,
        aid_category=notice.aid_category,
        issued_on=issued_on,
        use_by_on=max(notice.use_by_on, date(federation.year, 12, 31)),
        lines=[line],
    )


QUIRK = Quirk("q25", "县里退回没用完的，再给另一个县", happen=happen)
