"""What the bank refuses (失败) or sends back (退汇), and the lists that pay it again."""

import random
from datetime import date, timedelta

from data.synthetic.knowledge import story, workday, workdays
from data.synthetic.numbers import Numbers
from data.synthetic.programmes import Programme, programmes
from data.synthetic.records import Batch, Card, Payment
from data.synthetic.size import Size

FAILED_RATE = 0.008
RETURNED_RATE = 0.008
LATE_FROM = (12, 13)  # lists paid from this day on may come back after the new year
SINGLES_AGAIN_UP_TO = 4


class BankMishaps:
    """Refused and returned lines. Set before the amounts, because they decide what counts at which cut-off."""

    def __init__(self, size: Size, batches: list[Batch]) -> None:
        self.chance: random.Random = size.chance("incidents")
        self.cards = Numbers(size.chance("wrong cards"))
        self.cards.given = {payment.household.card.number for batch in batches for payment in batch.payments}
        self.plan: dict[str, Programme] = {programme.key: programme for programme in programmes(size.year)}
        self.late: set[str] = set(story("programmes")["late_returns"])
        self.batches = batches

    def strike(self) -> None:
        """Mark the lines; in every programme at least one list has one of each, where a list is long enough."""
        certain = self._certain()
        for batch in self.batches:
            self._strike_list(batch, is_certain=any(batch is one for one in certain))
            if any(payment.incident for payment in batch.payments):
                self._set_days(batch)

    def _certain(self) -> list[Batch]:
        """The longest list of each programme outside the city, whose last lines must stay free for the remainders."""
        longest: dict[str, Batch] = {}
        for batch in self.batches:
            held = longest.get(batch.programme)
            if not batch.unit.is_city and (held is None or self._rank(batch) > self._rank(held)):
                longest[batch.programme] = batch
        return list(longest.values())

    def _rank(self, batch: Batch) -> tuple[bool, int]:
        return self._is_late(batch), len(batch.payments)

    def _is_late(self, batch: Batch) -> bool:
        return batch.programme in self.late and (batch.pay_on.month, batch.pay_on.day) >= LATE_FROM

    def _strike_list(self, batch: Batch, is_certain: bool) -> None:
        lines = batch.payments[2:]  # the first two are always plain
        # a refusal paid again after the new year would be neither 两节 nor a reissue; the year's story has none
        may_fail = not batch.is_single and not self._is_late(batch)
        for payment in lines:
            luck = self.chance.random()
            if luck < FAILED_RATE and may_fail:
                payment.incident = "failed"
            elif luck > 1 - RETURNED_RATE:
                payment.incident = "returned"
        if is_certain and lines:
            lines[len(lines) // 2].incident = "returned"
            if len(lines) >= 3 and may_fail:
                lines[0].incident = "failed"

    def _set_days(self, batch: Batch) -> None:
        """Returns come within days (or after the new year); one later list pays everything again."""
        last_on = self.plan[batch.programme].last_on
        happened = batch.pay_on
        struck = [payment for payment in batch.payments if payment.incident]
        for payment in struck:
            payment.card = Card(self.cards.card(payment.household.card.number[:6]), payment.household.card.bank_name)
            if payment.incident == "returned":
                payment.returned_on = self._returned_on(batch)
                is_quick = payment.returned_on.year == batch.pay_on.year
                payment.is_return_in_result = not batch.is_single and is_quick and self.chance.random() < 0.5
                happened = max(happened, payment.returned_on)
        again_on = workday(happened, after=1 if last_on else self.chance.randrange(1, 4))
        for payment in struck:
            payment.again_on = min(again_on, last_on) if last_on else again_on

    def _returned_on(self, batch: Batch) -> date:
        if self._is_late(batch):
            new_year = date(batch.pay_on.year + 1, 1, 4)
            return self.chance.choice(workdays(new_year, new_year + timedelta(days=3)))
        return workday(batch.pay_on, after=self.chance.randrange(1, 4))


def lists_paid_again(size: Size, batches: list[Batch]) -> list[Batch]:
    """One list 「…-补」 for each list with refused or returned lines: same people and amounts, the right card."""
    chance = size.chance("again")
    made = []
    for original in batches:
        struck = [payment for payment in original.payments if payment.incident]
        if struck:
            made.append(paid_again(original, struck, chance))
    return made


def paid_again(original: Batch, struck: list[Payment], chance: random.Random) -> Batch:
    """The list that pays these lines again."""
    again_on = struck[0].again_on
    assert again_on is not None, "set with the incident"
    is_single = len(struck) <= SINGLES_AGAIN_UP_TO
    batch = Batch(
        number=f"{original.number}-补",
        unit=original.unit,
        programme=original.programme,
        fund_source=original.fund_source,
        budget_year=original.budget_year,
        project_name=original.project_name,
        aid_category=original.aid_category,
        campaign=original.campaign,
        notice=original.notice,
        pay_on=again_on,
        is_single=is_single,
        bank_number="" if is_single else f"{again_on:%Y%m%d}{chance.randrange(10**8):08d}",
        original=original,
    )
    batch.payments = [
        Payment(batch, one.household, one.household.card, one.amount_fen, one.student, repeats=one) for one in struck
    ]
    return batch
