"""R01.checksum: the last character of an ID number in a list is mistyped."""

from data.synthetic.faults.choosing import helped
from data.synthetic.faults.fault import Fault
from data.synthetic.faults.id_numbers import wrong_check_digit
from data.synthetic.paper.papers import cell
from data.synthetic.scene import FIRST, Scene


class WrongCheckDigit(Fault):
    """The number is readable, so it stays in the books as a person of its own; whether he has a file is not judged."""

    rule_id = "R01.checksum"

    def write(self, scene: Scene) -> None:
        """In the list only; the bank pays by card."""
        payment = helped(scene, self.name)
        mistyped = wrong_check_digit(payment.household.head.id_number)
        scene.first.find("rosters", payment).row["身份证号"] = mistyped
        scene.books[FIRST].state(payment, id_number=mistyped)
        scene.books[FIRST].alone(mistyped)
        scene.expect(self.rule_id, payment.batch.unit, cell("rosters", payment, "身份证号"))
