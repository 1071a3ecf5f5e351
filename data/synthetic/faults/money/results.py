"""R16: list, debit and payout result of a batch do not agree, or one of them is missing."""

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money.choosing import debit_of, first, paid_in_one_sum, refused_line
from data.synthetic.faults.money.pages import leave_out
from data.synthetic.paper.papers import cell, file
from data.synthetic.records import Batch, Payment
from data.synthetic.scene import FIRST, Scene


class OneDebit(Fault):
    """Base: a list that one debit pays."""

    batch: Batch

    def happen(self, scene: Scene) -> None:
        """Choose it."""
        self.batch = paid_in_one_sum(scene, self.name)
        scene.take(self.batch)


class MissingLine(OneDebit):
    """A list whose debit is known by its number lacks a line, and its payout result is not sent yet."""

    rule_id = "R16.total"

    def happen(self, scene: Scene) -> None:
        """The memo names the list."""
        super().happen(scene)
        self.batch.says_number = True
        scene.take(*(payment.household for payment in self.batch.payments))

    def write(self, scene: Scene) -> None:
        """Nothing of the list can be matched: its lines are open, its debit is unexplained, one finding tells it."""
        books, (missing, *left) = scene.books[FIRST], self.batch.payments
        leave_out(scene.first, "rosters", missing)
        leave_out(scene.first, "payouts", *self.batch.payments)
        books.leave_out(missing)
        for payment in left:
            books.state(payment, status="unmatched", value_on=None)
        books.classify(debit_of(missing), "unexplained")
        scene.expect(self.rule_id, self.batch.unit, file("rosters", left[0]))


class NoResult(OneDebit):
    """The payout result of a list comes with the second delivery."""

    rule_id = "R16.no_result"

    def write(self, scene: Scene) -> None:
        """Total and debit agree: paid all the same."""
        leave_out(scene.first, "payouts", *self.batch.payments)
        scene.expect(self.rule_id, self.batch.unit, file("rosters", self.batch.payments[0]))


class UnknownResult(Fault):
    """A refused line is in the bank's result, but no longer on the list."""

    rule_id = "R16.unknown_result"

    payment: Payment

    def happen(self, scene: Scene) -> None:
        """The bank has refused a line."""
        self.payment = refused_line(scene, self.name)
        again = first((p.batch for p in scene.federation.payments if p.repeats is self.payment), "list that pays again")
        scene.take(self.payment.batch, self.payment.household, again)

    def write(self, scene: Scene) -> None:
        """The office has struck the line off."""
        leave_out(scene.first, "rosters", self.payment)
        scene.books[FIRST].leave_out(self.payment)
        scene.expect(self.rule_id, self.payment.batch.unit, cell("payouts", self.payment, "收款户名"))
