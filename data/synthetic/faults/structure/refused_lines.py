"""S.enum, S.missing_value: a line of a list that cannot enter the books; its amount is held."""

from data.synthetic.faults.choosing import helped
from data.synthetic.faults.fault import Fault
from data.synthetic.paper.papers import cell
from data.synthetic.paper.table import Value
from data.synthetic.records import Payment
from data.synthetic.scene import FIRST, Scene

UNKNOWN_HELP = "节后物资"


class _RefusedLine(Fault):
    """One cell that a line cannot do without."""

    column: str
    value: Value
    unknown: str  # field of the payment that the books then lack

    def write(self, scene: Scene) -> None:
        """The line is held until it is corrected: it counts in its batch's control sum and in no figure."""
        payment = helped(scene, self.name, lambda one: self._fits(scene, one))
        scene.first.find("rosters", payment).row[self.column] = self.value
        scene.books[FIRST].state(payment, status="held", value_on=None)
        if self.unknown:
            scene.books[FIRST].state(payment, **{self.unknown: ""})
        if payment.batch.is_single and payment.paid_by:
            scene.books[FIRST].classify(payment.paid_by, "unexplained")  # told by what holds the line, not once more
        scene.expect(self.rule_id, payment.batch.unit, cell("rosters", payment, self.column))

    def _fits(self, scene: Scene, payment: Payment) -> bool:
        """A list of several lines, none of which the bank refused or sent back."""
        lines = payment.batch.payments
        return len(lines) > 1 and not any(line.incident for line in lines)


class UnknownHelp(_RefusedLine):
    """帮扶项目 names no help that the fund knows."""

    rule_id = "S.enum"
    column, value, unknown = "帮扶项目", UNKNOWN_HELP, "aid_category"


class NoName(_RefusedLine):
    """姓名 is empty."""

    rule_id = "S.missing_value"
    column, value, unknown = "姓名", None, ""
