"""R16.return_open and M93: money that came back."""

from collections.abc import Iterator

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money.choosing import first, paid_in_one_sum
from data.synthetic.knowledge import workday
from data.synthetic.paper.papers import row
from data.synthetic.records import Payment
from data.synthetic.scene import FIRST, Scene

CATEGORIES = ("living_aid", "medical_aid")  # that an office takes for each other
NEXT_DAYS = 2  # until the bank says that it came back


class OtherCategory(Fault):
    """The list that pays again states another category: a payment, but nobody's reissue."""

    rule_id = "R16.return_open"

    again: Payment
    returned: Payment

    def happen(self, scene: Scene) -> None:
        """Money came back and was paid again within the year."""
        found = list(self._found(scene))
        scene.chance(self.name).shuffle(found)
        self.returned, self.again = first(found, "line that came back and was paid again")
        scene.take(self.again.batch, self.returned.batch, self.returned.household)

    @staticmethod
    def _found(scene: Scene) -> Iterator[tuple[Payment, Payment]]:
        year = scene.federation.year
        for again in scene.federation.payments:
            returned = again.repeats
            if returned is None or returned.incident != "returned" or again.batch.aid_category not in CATEGORIES:
                continue
            is_years = scene.is_in_year(again.batch) and again.batch.budget_year == year
            if is_years and scene.is_free(again.batch, returned.batch, returned.household):
                yield returned, again

    def write(self, scene: Scene) -> None:
        """One cell of the second list."""
        again = self.again
        unit, category = again.batch.unit, again.batch.aid_category
        words = {
            one.batch.aid_category: spot.row["帮扶项目"]
            for spot in scene.final.spots("rosters")
            if isinstance(one := spot.row.of, Payment) and one.batch.unit is unit
        }
        other = first((c for c in CATEGORIES if c != category and c in words), "word for the other category")
        scene.first.find("rosters", again).row["帮扶项目"] = words[other]
        scene.books[FIRST].state(again, aid_category=other)
        scene.expect(self.rule_id, unit, row("rosters", self.returned))


class ReturnPending(Fault):
    """The bank's result calls a line 退汇, and no statement shows the money back: it counts as paid."""

    rule_id = "M93.return_pending"

    payment: Payment

    def happen(self, scene: Scene) -> None:
        """The bank says so and does not act on it."""
        batch = paid_in_one_sum(scene, self.name)
        payment = batch.payments[0]
        payment.is_return_in_result = True
        payment.returned_on = workday(batch.pay_on, after=NEXT_DAYS)
        scene.take(batch, payment.household)
        self.payment = payment

    def write(self, scene: Scene) -> None:
        """It stays."""
        scene.expect(self.rule_id, self.payment.batch.unit, row("rosters", self.payment), stays=True)
