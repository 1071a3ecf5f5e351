"""R12: lists whose papers mix sources, or state another than their notice. The money is of one source all the time."""

from collections.abc import Iterator

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money import pages
from data.synthetic.faults.money.choosing import county_list, first, lone_line, plain_lists, source_of
from data.synthetic.paper.papers import cell, file, sheet
from data.synthetic.records import Batch, Payment
from data.synthetic.scene import FIRST, Scene


def of_another_source(scene: Scene, batch: Batch) -> Iterator[Batch]:
    """Lists of the same unit and year of another source, which nobody edits."""
    for other in scene.federation.batches:
        is_other = other.unit is batch.unit and source_of(other) != source_of(batch)
        if is_other and scene.is_in_year(other) and other.budget_year == batch.budget_year and scene.is_free(other):
            yield other


class MixedBatch(Fault):
    """One line of a list states another source."""

    rule_id = "R12.batch"

    def write(self, scene: Scene) -> None:
        """One cell."""
        lists = plain_lists(scene, self.name, lambda one: county_list(one) and len(one.payments) > 1)
        found = (
            (payment, other)
            for batch in lists
            for payment in batch.payments
            if scene.is_free(payment.household)
            for other in of_another_source(scene, batch)
        )
        payment, other = first(found, "list of two lines in a unit of two sources")
        batch = payment.batch
        scene.take(batch, payment.household)
        scene.first.find("rosters", payment).row["资金来源"] = pages.source_word(scene, other)
        scene.books[FIRST].state(payment, fund_source=other.fund_source)
        scene.expect(self.rule_id, batch.unit, file("rosters", payment))


class MixedSheet(Fault):
    """Two lists of different sources stand on one sheet, each by itself as it should be."""

    rule_id = "R12.sheet"

    def write(self, scene: Scene) -> None:
        """One list moves to the other's sheet."""
        batch, other = first(self._pairs(scene), "two lists of different sources in one unit")
        scene.take(batch, other)
        pages.move_list(scene.first, other, scene.first.find("rosters", batch.payments[0]).table)
        scene.expect(self.rule_id, batch.unit, sheet("rosters", batch.payments[0]))

    def _pairs(self, scene: Scene) -> Iterator[tuple[Batch, Batch]]:
        lists = plain_lists(scene, self.name)
        for batch in lists:
            table = scene.first.find("rosters", batch.payments[0]).table
            if len({row["资金来源"] for row in table.rows}) == 1:
                own = (other for other in lists if other.unit is batch.unit and source_of(other) != source_of(batch))
                yield from ((batch, other) for other in own)


class OtherSource(Fault):
    """A whole list (of one line) states a source that its notice does not list."""

    rule_id = "R12.source_differs"

    payment: Payment

    def happen(self, scene: Scene) -> None:
        """A short list is enough."""
        self.payment = lone_line(scene, self.name, lambda one: county_list(one) and any(of_another_source(scene, one)))
        scene.take(self.payment.batch, self.payment.household)

    def write(self, scene: Scene) -> None:
        """In the cell and in the title; on the sheet of the source that it states, where each source has one."""
        payment = self.payment
        batch = payment.batch
        other = first(of_another_source(scene, batch), "list of another source left")
        spot = scene.first.find("rosters", payment)
        own_word, other_word = pages.source_word(scene, batch), pages.source_word(scene, other)
        spot.row["资金来源"] = other_word
        if pages.is_titled(scene, batch):
            spot.table.title = spot.table.title.replace(own_word, other_word)
        else:
            pages.move_list(scene.first, batch, scene.first.find("rosters", other.payments[0]).table)
        scene.books[FIRST].state(payment, fund_source=other.fund_source)
        scene.expect(self.rule_id, batch.unit, cell("rosters", payment, "资金来源"))
