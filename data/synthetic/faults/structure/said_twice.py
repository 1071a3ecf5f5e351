"""S.duplicate_key, S.conflict, S.unit_conflict: one thing stated twice, or by two units."""

from data.synthetic.faults.choosing import family, filed, of_one_household
from data.synthetic.faults.fault import Fault
from data.synthetic.faults.registers import habits
from data.synthetic.paper.document import Document, Form
from data.synthetic.paper.papers import file, row, this_line
from data.synthetic.paper.table import Row
from data.synthetic.paper.tables_city import form
from data.synthetic.paper.tables_unit import households
from data.synthetic.records import Household, Person
from data.synthetic.scene import FIRST, NoRoomError, Scene

UNIT = "单位名称"


class MemberTwice(Fault):
    """The same member stands twice in 家庭成员表."""

    rule_id = "S.duplicate_key"

    def write(self, scene: Scene) -> None:
        """Once more at the end."""
        household = filed(scene, self.name, lambda one: bool(family(one)))
        spot = scene.first.find("members", family(household)[0])
        again = Row(spot.row.of, spot.row)
        spot.table.rows.append(again)
        scene.expect(self.rule_id, household.unit, this_line(again))


class TwoStatements(Fault):
    """Two files of one delivery state one case file differently; both are held until the second delivery."""

    rule_id = "S.conflict"

    def write(self, scene: Scene) -> None:
        """A supplement with another employer; the second delivery states the file again as it is."""
        household = filed(scene, self.name)
        for papers in (scene.first, scene.final):
            (again,) = households([household])
            papers.documents.append(self._supplement(scene, household, again))
            if papers is scene.first:
                again["工作单位"] = self._other_employer(scene, household)
                scene.expect(self.rule_id, household.unit, this_line(again))
        scene.expect(self.rule_id, household.unit, row("households", household))
        for person in of_one_household(household):
            scene.books[FIRST].alone(person.id_number)

    def _supplement(self, scene: Scene, household: Household, again: Row) -> Document:
        unit = household.unit
        page = Form(form("households", [again], unit.name, "档案"), habits(scene, unit).style("households"))
        return Document(unit.name, "困难职工档案_补充", "xlsx", [page])

    def _other_employer(self, scene: Scene, household: Household) -> str:
        others = {one.employer for one in scene.federation.households} - {household.employer}
        return sorted(others)[0]


class TwoUnits(Fault):
    """A row of 家庭成员表 names another county than the folder; the row's word holds until it is corrected."""

    rule_id = "S.unit_conflict"

    def write(self, scene: Scene) -> None:
        """Somebody of a county's file who is not of the household of the books."""
        household = filed(scene, self.name, lambda one: not one.unit.is_city and bool(self._others(one)))
        person = self._others(household)[0]
        unit = next((one for one in scene.federation.units[1:] if one is not household.unit), None)
        if unit is None:
            raise NoRoomError("no second county")
        for papers in (scene.first, scene.final):
            spot = papers.find("members", person)
            spot.table.columns.append(UNIT)
            spot.row[UNIT] = unit.name if papers is scene.first else household.unit.name
        scene.expect(self.rule_id, unit, file("members", person))

    def _others(self, household: Household) -> list[Person]:
        inner = {id(person) for person in of_one_household(household)}
        return [person for person in family(household) if id(person) not in inner]
