"""拨款通知单: their numbers and days. Their amounts follow from the lines (funds.py)."""

import random
from datetime import timedelta

from data.synthetic.knowledge import workday
from data.synthetic.programmes import Programme
from data.synthetic.records import Notice, NoticeLine, Unit
from data.synthetic.size import Size


class NoticeBook:
    """One notice a programme; a line for each county that has payments in it."""

    def __init__(self, size: Size) -> None:
        self.chance: random.Random = size.chance("notices")
        self.by_programme: dict[str, Notice] = {}

    def notice_for(self, programme: Programme, unit: Unit) -> Notice:
        """The programme's notice, now with a line for this unit. Numbers are given at the end, by date."""
        notice = self.by_programme.get(programme.key)
        if notice is None:
            notice = Notice(
                number="",
                budget_year=programme.budget_year,
                project_name=programme.project_name,
                fund_source=programme.fund_source,
                aid_category=programme.aid_category,
                issued_on=programme.decided_on,
                use_by_on=programme.use_by_on,
            )
            self.by_programme[programme.key] = notice
        paid_out_on = workday(programme.decided_on, after=1 if programme.last_on else self.chance.randrange(1, 4))
        slow = 1 if programme.last_on else 2
        received_on = workday(paid_out_on + timedelta(days=self.chance.randrange(slow + 1)))
        notice.lines.append(NoticeLine(unit, 0, paid_out_on, received_on))
        return notice

    def numbered(self) -> list[Notice]:
        """All notices in order of date, numbered as the year's documents: the number's year is the date's."""
        notices = sorted(self.by_programme.values(), key=lambda notice: (notice.issued_on, notice.use_by_on))
        running: dict[int, int] = {}
        for notice in notices:
            year = notice.issued_on.year
            running[year] = running.get(year, 0) + self.chance.randrange(1, 5)
            notice.number = f"岳工发〔{year}〕{running[year]}号"
        return notices


def transfers(notices: list[Notice]) -> dict[tuple[str, str], NoticeLine]:
    """(notice number, unit code) → what one transfer carries: the lines of every source together."""
    sent: dict[tuple[str, str], NoticeLine] = {}
    for notice in notices:
        for line in notice.lines:
            before = sent.get((notice.number, line.unit.code))
            fen = line.amount_fen + (before.amount_fen if before else 0)
            first = before or line
            sent[notice.number, line.unit.code] = NoticeLine(line.unit, fen, first.paid_out_on, first.received_on)
    return sent
