"""R11: a household visited twice. Both visits took place; nothing on paper is wrong."""

from collections.abc import Iterator
from datetime import date

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money.choosing import first, stands_alone
from data.synthetic.faults.money.reshape import hand_over
from data.synthetic.paper.papers import row
from data.synthetic.records import Batch, Payment
from data.synthetic.scene import Scene


def visits(scene: Scene, name: str, campaign: str) -> Iterator[Payment]:
    """Plain visits of a campaign in shuffled order, none of them in the register: their day is that of the list."""
    registered = {id(visit.payment.batch) for visit in scene.federation.visits}
    for payment in scene.free_payments(name):
        batch = payment.batch
        is_stated = batch.is_numbered and batch.is_dated and not payment.card.holder
        if batch.campaign == campaign and is_stated and id(batch) not in registered:
            yield payment


def may_repeat(scene: Scene, before: Payment, again: Payment) -> bool:
    """Whether `again` may go to the household of `before`: later, and to nobody whose file was closed meanwhile."""
    household = before.household
    is_new = all(other.household is not household for other in again.batch.payments)
    is_open = household.closed_on is None and household.opened_on < date(scene.federation.year, 1, 1)
    return before.batch.pay_on < again.batch.pay_on and is_new and is_open and stands_alone(scene, again, household)


class SecondVisit(Fault):
    """Base: an existing visit goes to a household that another list has visited."""

    again: Payment

    def repeat(self, scene: Scene, before: Payment, again: Payment) -> None:
        """Let it happen."""
        scene.take(before.batch, again.batch, before.household, again.household)
        hand_over(again, before.household)
        self.again = again

    @property
    def batch(self) -> Batch:
        """The list of the second visit."""
        return self.again.batch


class SameGroup(SecondVisit):
    """Two counties visit one household in one year's 常态化: it took place, so it is approved as it is."""

    rule_id = "R11"

    @property
    def name(self) -> str:
        """One of two of R11."""
        return "R11 same group"

    def happen(self, scene: Scene) -> None:
        """The recipient of a visit is one whom another county has visited."""
        found = list(visits(scene, self.name, "regular_warmth"))
        pairs = (
            (before, again)
            for again in found
            for before in found
            if before.batch.unit is not again.batch.unit
            and not again.batch.unit.is_city  # who approves must be of another unit
            and before.batch.budget_year == again.batch.budget_year
            and may_repeat(scene, before, again)
        )
        self.repeat(scene, *first(pairs, "pair of visits by two units"))

    def write(self, scene: Scene) -> None:
        """Approved with a document."""
        scene.expect("R11", self.batch.unit, row("rosters", self.again))
        scene.waive("R11", self.batch.unit, self.batch.number, reason="两次慰问均已实际发生，经核实该户确有特殊困难")


class OtherGroup(SecondVisit):
    """A household visited at 两节 is visited again in the year's 常态化: to be looked at, nothing more."""

    rule_id = "R11"

    @property
    def name(self) -> str:
        """One of two of R11."""
        return "R11 other group"

    def happen(self, scene: Scene) -> None:
        """The recipient of a visit is one whom the same unit has visited before 春节."""
        before_feast = list(visits(scene, self.name, "two_festivals"))
        pairs = (
            (before, again)
            for again in visits(scene, self.name, "regular_warmth")
            for before in before_feast
            if before.batch.unit is again.batch.unit
            and again.batch.budget_year == scene.federation.year
            and may_repeat(scene, before, again)
        )
        self.repeat(scene, *first(pairs, "pair of visits in two campaigns"))

    def write(self, scene: Scene) -> None:
        """It stays."""
        scene.expect("R11", self.batch.unit, row("rosters", self.again), stays=True)
