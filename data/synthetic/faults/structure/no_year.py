"""S.budget_year: the city pays a list itself and does not say of which year's money."""

from data.synthetic.faults.choosing import VISIT
from data.synthetic.faults.fault import Fault
from data.synthetic.paper.papers import cell
from data.synthetic.records import Batch
from data.synthetic.scene import FIRST, NoRoomError, Scene


class NoYear(Fault):
    """Paid, matched, and in no execution figure until the list says its year. A finding for each line."""

    rule_id = "S.budget_year"

    def write(self, scene: Scene) -> None:
        """Neither the lines nor the title tell it."""
        batch = self._batch(scene)
        for payment in batch.payments:
            spot = scene.first.find("rosters", payment)
            spot.row["预算年度"] = None
            spot.table.title = spot.table.title.replace(f"{batch.budget_year}年度", "")
            scene.books[FIRST].state(payment, budget_year=None)
            scene.expect(self.rule_id, batch.unit, cell("rosters", payment, "预算年度"))

    def _batch(self, scene: Scene) -> Batch:
        """The shortest direct list of the year's own money, paid at once."""
        found = [
            batch
            for batch in scene.federation.batches
            if batch.unit.is_city
            and batch.notice is None
            and batch.aid_category != VISIT
            and scene.is_in_year(batch)
            and batch.original is None
            and not any(payment.incident for payment in batch.payments)
            and scene.is_free(batch, *batch.payments)
        ]
        if not found:
            raise NoRoomError("the city has no list left that it paid itself")
        batch = min(found, key=lambda one: (len(one.payments), one.number))
        scene.take(batch, *batch.payments)
        return batch
