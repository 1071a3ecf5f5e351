"""`waivers.xlsx`: 例外审批表, the decisions on what no file can correct. Two names, a document, a last day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from data.synthetic.knowledge import story
from data.synthetic.paper.table import Cell, Sheet
from data.synthetic.paper.write import xlsx
from data.synthetic.records import Federation, Unit


@dataclass(frozen=True, slots=True)
class Waiver:
    """A decision on the findings of one rule, unit and batch."""

    rule_id: str
    unit: Unit | None
    batch_no: str
    reason: str

    @property
    def group_id(self) -> str:
        """As the product numbers groups: the first 16 hex digits of the SHA-256 of rule, unit and batch."""
        text = "|".join((self.rule_id, self.unit.code if self.unit else "", self.batch_no))
        return sha256(text.encode()).hexdigest()[:16]


def write_waivers(waivers: Iterable[Waiver], federation: Federation, out: Path) -> None:
    """One row a decision; the bare form where nothing is to be decided."""
    told = story("approvals")
    grid: list[list[Cell]] = [[told["title"]], list(told["columns"])]
    city = federation.units[0].name
    for number, waiver in enumerate(waivers, 1):
        grid.append([
            waiver.group_id,
            told["decision"],
            waiver.reason,
            f"{city}{told['prepared_by']}",
            f"{city}{told['approved_by']}",
            told["document"].format(year=federation.year + 1, number=number),
            date(federation.year + 2, 12, 31),
        ])  # fmt: skip
    (out / "waivers.xlsx").write_bytes(xlsx([Sheet(told["title"], grid, merged=[0], body_at=2)]))
