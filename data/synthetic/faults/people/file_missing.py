"""R04.no_file: somebody receives help whose case file was not sent."""

from data.synthetic.faults.choosing import VISIT, family, filed, of_one_household
from data.synthetic.faults.fault import Fault
from data.synthetic.paper.papers import row
from data.synthetic.records import Household, Payment
from data.synthetic.scene import FIRST, Scene

LINES_AT_MOST = 3


class FileMissing(Fault):
    """The file and its members come with the second delivery. A finding for each line of help."""

    rule_id = "R04.no_file"

    def write(self, scene: Scene) -> None:
        """Leave the household's rows out of the first delivery."""
        household = filed(scene, self.name, lambda one: self._fits(scene, one))
        scene.first.find("households", household).take_out()
        for person in family(household):
            scene.first.find("members", person).take_out()
        for person in of_one_household(household):
            scene.books[FIRST].alone(person.id_number)
        for payment in self._help(scene, household):
            scene.take(payment)
            scene.expect(self.rule_id, payment.batch.unit, row("rosters", payment))

    def _fits(self, scene: Scene, household: Household) -> bool:
        """Helped within the year only, at once; the county still has other files and other members."""
        lines = self._help(scene, household)
        others = [one for one in scene.federation.households if one.unit is household.unit and one is not household]
        return (
            0 < len(lines) <= LINES_AT_MOST
            and all(scene.is_in_year(line.batch) and not line.incident and line.repeats is None for line in lines)
            and all(scene.is_free(line, line.batch) for line in lines)
            and any(one.file_no for one in others)
            and any(family(one) for one in others if one.file_no)
        )

    def _help(self, scene: Scene, household: Household) -> list[Payment]:
        return [line for line in scene.payments_of(household) if line.batch.aid_category != VISIT]
