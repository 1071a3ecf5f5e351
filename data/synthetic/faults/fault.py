"""What all faults have in common."""

from typing import ClassVar

from data.synthetic.scene import Scene


class Fault:
    """A fault of one rule. See the package's docstring."""

    rule_id: ClassVar[str]

    @property
    def name(self) -> str:
        """By which it is asked for: `R11` asks for all details of it."""
        return self.rule_id

    def happen(self, scene: Scene) -> None:
        """Nothing happened otherwise, the papers err."""

    def book(self, scene: Scene) -> None:
        """The banks are as they are."""

    def write(self, scene: Scene) -> None:
        """The papers say what happened."""
