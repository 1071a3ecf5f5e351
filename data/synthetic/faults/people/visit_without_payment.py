"""R14.visit_without_payment: the register states money for a visit, and no list has it."""

from datetime import date

from data.synthetic.faults.choosing import VISIT, filed
from data.synthetic.faults.fault import Fault
from data.synthetic.faults.registers import register
from data.synthetic.knowledge import story
from data.synthetic.paper.papers import this_line
from data.synthetic.paper.table import Fen
from data.synthetic.records import Batch, Household, Payment, Unit, Visit
from data.synthetic.scene import NoRoomError, Scene

STEM = "走访慰问登记表_{year}年11月物资慰问"
VISITED = (11, 18)
GOODS_FEN = 400_00


class VisitWithoutPayment(Fault):
    """Goods were brought, and their worth was entered as money. The correction moves it to 慰问品折价."""

    rule_id = "R14.visit_without_payment"

    def write(self, scene: Scene) -> None:
        """A register of one row, for a household that nobody visited otherwise."""
        visited = {id(p.household) for p in scene.federation.payments if p.batch.aid_category == VISIT}
        household = filed(scene, self.name, lambda one: id(one) not in visited and not one.unit.is_city)
        visit = self._visit(scene, household)
        for papers in (scene.first, scene.final):
            stem = STEM.format(year=scene.federation.year)
            document, (line,) = register(scene, household.unit, [visit], stem)
            line["批次号"] = None
            if papers is scene.final:
                line["慰问金额"], line["慰问品折价"] = None, Fen(GOODS_FEN)
            else:
                scene.expect(self.rule_id, household.unit, this_line(line))
            papers.documents.append(document)

    def _visit(self, scene: Scene, household: Household) -> Visit:
        """As if a list paid it; that list is on no paper."""
        model = self._model(scene, household.unit)
        batch = Batch(
            number="",
            unit=household.unit,
            programme=model.programme,
            fund_source=model.fund_source,
            budget_year=scene.federation.year,
            project_name=model.project_name,
            aid_category=VISIT,
            campaign="regular_warmth",
            notice=None,
            pay_on=date(scene.federation.year, *VISITED),
            is_single=True,
        )
        payment = Payment(batch, household, household.card, GOODS_FEN)
        return Visit(payment, batch.pay_on, story("names")["leaders"][1])

    def _model(self, scene: Scene, unit: Unit) -> Batch:
        """A list of the unit whose source and project it shares."""
        for batch in scene.federation.batches:
            if batch.unit is unit and batch.budget_year == scene.federation.year:
                return batch
        raise NoRoomError("the county pays nothing in the year")
