"""R01.date, R01.future: the ID number of a parent in a case file has a birth date that cannot be."""

from abc import ABC, abstractmethod

from data.synthetic.faults.choosing import filed
from data.synthetic.faults.fault import Fault
from data.synthetic.faults.id_numbers import born
from data.synthetic.paper.papers import cell
from data.synthetic.scene import Scene

THIRTEENTH_MONTH = "13"


class _WrongBirthDate(Fault, ABC):
    """A parent is in the file but not of the household, and receives nothing."""

    @abstractmethod
    def birth(self, scene: Scene, birth: str) -> str:
        """What is written in place of the right date."""

    def write(self, scene: Scene) -> None:
        """In 家庭成员表."""
        household = filed(scene, self.name, lambda one: bool(one.parents))
        parent = household.parents[0]
        wrong = born(parent.id_number, self.birth(scene, parent.id_number[6:14]))
        scene.first.find("members", parent).row["身份证号"] = wrong
        scene.expect(self.rule_id, household.unit, cell("members", parent, "身份证号"))


class NoBirthDate(_WrongBirthDate):
    """There is no such day."""

    rule_id = "R01.date"

    def birth(self, scene: Scene, birth: str) -> str:
        """A thirteenth month."""
        return birth[:4] + THIRTEENTH_MONTH + birth[6:]


class FutureBirthDate(_WrongBirthDate):
    """A day that has not come yet."""

    rule_id = "R01.future"

    def birth(self, scene: Scene, birth: str) -> str:
        """Some years after the sample year."""
        return f"{scene.federation.year + 3}{birth[4:]}"
