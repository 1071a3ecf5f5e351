"""R15: the card holder of a line is nobody of the household."""

from data.synthetic.faults.choosing import everybody, helped
from data.synthetic.faults.fault import Fault
from data.synthetic.knowledge import story
from data.synthetic.paper.papers import cell
from data.synthetic.records import Payment
from data.synthetic.scene import Scene


class StrangeHolder(Fault):
    """A slip of the list only: the bank knows the right name, so the money reached the right card."""

    rule_id = "R15"

    def write(self, scene: Scene) -> None:
        """Somebody else's name in 持卡人."""
        payment = helped(scene, self.name)
        scene.first.find("rosters", payment).row["持卡人"] = self._stranger(scene, payment)
        scene.expect(self.rule_id, payment.batch.unit, cell("rosters", payment, "持卡人"))

    def _stranger(self, scene: Scene, payment: Payment) -> str:
        """A name that nobody of the sample has."""
        names = story("names")
        known = {person.name for household in scene.federation.households for person in everybody(household)}
        whole = [f"{surname}{given}" for surname in names["surnames"] for given in names["male"] + names["young"]]
        return scene.chance(self.name).choice([name for name in whole if name not in known])
