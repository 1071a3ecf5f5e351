"""R14.no_card: a line of a list has no card number, although the money went to a card."""

from data.synthetic.faults.choosing import helped, is_known_by_amount
from data.synthetic.faults.fault import Fault
from data.synthetic.paper.papers import cell
from data.synthetic.scene import Scene


class NoCard(Fault):
    """Name and amount still tell which debit (or line of the payout result) paid it."""

    rule_id = "R14.no_card"

    def write(self, scene: Scene) -> None:
        """Empty the cell."""
        payment = helped(scene, self.name, lambda one: is_known_by_amount(scene, one) and len(one.batch.payments) > 1)
        scene.first.find("rosters", payment).row["银行卡号"] = None
        scene.expect(self.rule_id, payment.batch.unit, cell("rosters", payment, "银行卡号"))
