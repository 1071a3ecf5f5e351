"""A quirk on the stage of the scene: what it does lies in both deliveries, because nothing of it is ever corrected."""

from data.synthetic.quirks.quirk import Quirk
from data.synthetic.scene import Scene


class Acting:
    """The twist that a quirk is (scene.Twist)."""

    def __init__(self, quirk: Quirk) -> None:
        self.quirk = quirk

    @property
    def name(self) -> str:
        """Its key."""
        return self.quirk.key

    def happen(self, scene: Scene) -> None:
        """Records, before the banks work."""
        self.quirk.happen(scene.size, scene.federation)

    def book(self, scene: Scene) -> None:
        """What the statements show."""
        self.quirk.book(scene.size, scene.federation)

    def write(self, scene: Scene) -> None:
        """The papers of the inbox, and those that came before."""
        scene.earlier += self.quirk.sent_before(scene.federation, scene.first.documents)
        for papers in (scene.first, scene.final):
            self.quirk.send(scene.federation, papers.documents)
        self.quirk.remarked(scene)
