"""R03: another county has opened a second case file for the same 本人."""

from dataclasses import replace
from datetime import date

from data.synthetic.faults.choosing import filed
from data.synthetic.faults.fault import Fault
from data.synthetic.paper.papers import Papers, this_line
from data.synthetic.paper.table import Row, Table
from data.synthetic.paper.tables_unit import households
from data.synthetic.records import Household, Unit
from data.synthetic.scene import NoRoomError, Scene

OPENED = (4, 12)
RUNNING_NUMBER = 90001  # of the second file: no county has so many
CLOSE_REASON = "重复建档"


class SecondFile(Fault):
    """Corrected by closing the second file on its opening day."""

    rule_id = "R03"

    def write(self, scene: Scene) -> None:
        """A row at the end of the other county's 档案表, without members: 本人 alone is stated twice."""
        opened_on = date(scene.federation.year, *OPENED)
        household = filed(scene, self.name, lambda one: one.opened_on < opened_on)
        unit = self._other_county(scene, household)
        file_no = f"{unit.code}{opened_on:%Y}{RUNNING_NUMBER}"
        second = replace(household, unit=unit, file_no=file_no, opened_on=opened_on, reviewed_on=opened_on)
        for papers, is_final in ((scene.first, False), (scene.final, True)):
            row = self._row(second, is_final)
            _files_of(papers, unit).rows.append(row)
            if not is_final:
                scene.expect(self.rule_id, unit, this_line(row))

    def _other_county(self, scene: Scene, household: Household) -> Unit:
        others = [unit for unit in scene.federation.units if not unit.is_city and unit is not household.unit]
        if not others:
            raise NoRoomError("no second county")
        return scene.chance(self.name).choice(others)

    def _row(self, second: Household, is_final: bool) -> Row:
        row = households([replace(second, spouse=None, children=[], parents=[])])[0]
        row["家庭月人均收入"] = None
        if is_final:
            row["撤档日期"], row["撤档原因"] = second.opened_on, CLOSE_REASON
        return row


def _files_of(papers: Papers, unit: Unit) -> Table:
    """The county's 档案表: its first row may be missing for another fault."""
    return next(spot.table for spot in papers.spots("households") if spot.document.folder == unit.name)
