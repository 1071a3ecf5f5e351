"""Programme × unit → lists of lines: who is paid, on what day, by which bank card. Amounts are nominal here."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from data.synthetic.knowledge import workday, workdays
from data.synthetic.notices import NoticeBook
from data.synthetic.programmes import Programme, line_counts, programmes
from data.synthetic.records import Batch, Child, Household, Notice, Payment, Unit
from data.synthetic.size import Size
from data.synthetic.visitors import WarmthRegister

LARGEST_LIST = 120  # lines that a bank takes in one upload
SINGLES_UP_TO = 3  # lines that nobody makes a bank file for
Recipient = tuple[Household, Child | None]


class ListMaker:
    """Makes all lists of the year."""

    def __init__(self, size: Size, units: list[Unit], households: list[Household]) -> None:
        self.size = size
        self.units = units
        self.chance: random.Random = size.chance("lists")
        self.by_unit: dict[str, list[Household]] = {unit.code: [] for unit in units}
        for household in households:
            self.by_unit[household.unit.code].append(household)
        self.warmth = WarmthRegister(self.by_unit, size.chance("warmth"))
        self.notices = NoticeBook(size)
        self.batches: list[Batch] = []
        self.numbered: dict[str, int] = {}

    def all_lists(self) -> list[Batch]:
        """Every list; lines that nobody can receive any more (visits: one a household) become 生活救助 of spring."""
        wanted = programmes(self.size.year)
        counts = line_counts(self.size, wanted, self.units)
        spring = next(programme for programme in wanted if programme.key == "pool_spring")
        for programme in sorted(wanted, key=lambda p: p.key == spring.key):
            for unit in self.units:
                count = counts[programme.key, unit.code]
                recipients = self._recipients(programme, unit, count)
                if programme.key != spring.key:
                    counts[spring.key, unit.code] += count - len(recipients)
                if recipients:
                    self._lists_of(programme, unit, recipients)
        self.batches.sort(key=lambda batch: (batch.pay_on, batch.number))
        return self.batches

    def _recipients(self, programme: Programme, unit: Unit, count: int) -> list[Recipient]:
        """Who receives: visits once a window; other help in a shuffled round, again from its start if need be."""
        if programme.aid_category == "warmth_visit":
            visited = self.warmth.visit(unit.code, programme.campaign, programme.key, count)
            return [(household, None) for household in visited]
        open_files = [h for h in self.by_unit[unit.code] if h.file_no and h.opened_on < programme.pay_from]
        circle: list[Recipient] = [(household, None) for household in open_files]
        if programme.who == "students":
            circle = [(h, child) for h in open_files for child in h.children if child.stage]
            count = min(count, len(circle))
        if not circle:
            return []
        self.chance.shuffle(circle)
        return [circle[n % len(circle)] for n in range(count)]

    def _lists_of(self, programme: Programme, unit: Unit, recipients: list[Recipient]) -> None:
        notice = None if unit.is_city else self.notices.notice_for(programme, unit)
        first = self._first_day(programme, unit, notice)
        # nobody stands twice in one list for the same help
        largest = min(LARGEST_LIST, len({(household.number, id(child)) for household, child in recipients}))
        parts = list(_parts(recipients, largest))
        days = workdays(first, max(first, programme.pay_to))
        pay_days = sorted(self.chance.choice(days) for _ in parts)
        for part, pay_on in zip(parts, pay_days, strict=True):
            self.batches.append(self._batch(programme, unit, notice, pay_on, part))

    def _first_day(self, programme: Programme, unit: Unit, notice: Notice | None) -> date:
        """The money must be there before it is paid on."""
        if notice is None:
            return workday(max(programme.pay_from, programme.decided_on + timedelta(days=3)))
        received_on = next(line.received_on for line in notice.lines if line.unit is unit)
        return workday(max(programme.pay_from, workday(received_on, after=1)))

    def _batch(
        self, programme: Programme, unit: Unit, notice: Notice | None, pay_on: date, recipients: list[Recipient]
    ) -> Batch:
        few = len(recipients) <= SINGLES_UP_TO or (len(recipients) <= 6 and self.chance.random() < 0.3)
        batch = Batch(
            number=self._number(unit, pay_on),
            unit=unit,
            programme=programme.key,
            fund_source=programme.city_states if unit.is_city else programme.fund_source,
            budget_year=programme.budget_year,
            project_name=programme.project_name,
            aid_category=programme.aid_category,
            campaign=programme.campaign,
            notice=notice,
            pay_on=pay_on,
            is_single=few,
            bank_number="" if few else f"{pay_on:%Y%m%d}{self.chance.randrange(10**8):08d}",
        )
        batch.payments = [self._line(programme, batch, recipient) for recipient in recipients]
        return batch

    def _line(self, programme: Programme, batch: Batch, recipient: Recipient) -> Payment:
        household, student = recipient
        yuan = self.chance.choice(programme.amounts_yuan)
        fen = yuan * 100
        if programme.is_to_the_cent:
            fen = fen * self.chance.randrange(70, 130) // 100 + self.chance.randrange(100)
        return Payment(batch=batch, household=household, card=household.card, amount_fen=fen, student=student)

    def _number(self, unit: Unit, pay_on: date) -> str:
        """As offices number their lists: unit, month, running number."""
        month = f"{unit.code}-{pay_on:%Y%m}"
        self.numbered[month] = self.numbered.get(month, 0) + 1
        return f"{month}-{self.numbered[month]:02d}"


def _parts(recipients: list[Recipient], largest: int) -> Iterator[list[Recipient]]:
    """Equal parts of at most `largest`."""
    count = -(-len(recipients) // largest)
    for n in range(count):
        yield recipients[n * len(recipients) // count : (n + 1) * len(recipients) // count]
