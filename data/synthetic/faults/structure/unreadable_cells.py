"""S.type, S.lost_digits: cells that cannot be read, but whose row stays."""

from data.synthetic.faults.choosing import filed, helped
from data.synthetic.faults.fault import Fault
from data.synthetic.paper.papers import cell
from data.synthetic.records import Payment
from data.synthetic.scene import FIRST, Scene

VAGUE_DAY = "月中旬"
VAGUE_INCOME = "约三万"
EXCEL_DIGITS = 15  # what a spreadsheet keeps of a number


class VagueDay(Fault):
    """发放日期 of a line is no date. The debit still tells the day."""

    rule_id = "S.type"

    def write(self, scene: Scene) -> None:
        """For a card that receives this amount once only: without a day, nothing else would tell its debits apart."""
        payment = helped(scene, f"{self.name} day", lambda one: self._is_paid_once(scene, one))
        scene.first.find("rosters", payment).row["发放日期"] = f"{payment.batch.pay_on.month}{VAGUE_DAY}"
        scene.expect(self.rule_id, payment.batch.unit, cell("rosters", payment, "发放日期"))

    def _is_paid_once(self, scene: Scene, payment: Payment) -> bool:
        same = [p for p in scene.payments_of(payment.household) if p.amount_fen == payment.amount_fen]
        return len(same) == 1


class VagueIncome(Fault):
    """家庭年度总收入 of a case file is no amount."""

    rule_id = "S.type"

    def write(self, scene: Scene) -> None:
        """In 困难职工档案表."""
        household = filed(scene, f"{self.name} income")
        scene.first.find("households", household).row["家庭年度总收入"] = VAGUE_INCOME
        scene.expect(self.rule_id, household.unit, cell("households", household, "家庭年度总收入"))


class LostDigits(Fault):
    """An ID number typed as a number: the workbook holds its first fifteen digits."""

    rule_id = "S.lost_digits"

    def write(self, scene: Scene) -> None:
        """In a workbook of today; who the person is cannot be told, so nothing else is judged."""
        payment = helped(scene, self.name, lambda one: self._fits(scene, one))
        head = payment.household.head
        lost = int(head.id_number[:EXCEL_DIGITS]) * 10 ** (len(head.id_number) - EXCEL_DIGITS)
        scene.first.find("rosters", payment).row["身份证号"] = lost
        scene.books[FIRST].state(payment, id_number="")
        scene.expect(self.rule_id, payment.batch.unit, cell("rosters", payment, "身份证号"))

    def _fits(self, scene: Scene, payment: Payment) -> bool:
        is_number = payment.household.head.id_number.isdecimal()
        return is_number and scene.first.find("rosters", payment).document.file_name.endswith(".xlsx")
