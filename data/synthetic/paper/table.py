"""What stands on paper: a form of typed values, and the sheet that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


class Fen(int):
    """An amount of money in a table; habits decide how it is written."""


Value = str | int | Fen | date | None
Cell = str | int | Decimal | date | None


class Row(dict[str, Value]):
    """A row of a form by the names of contract section 3, and the record that it writes down."""

    __slots__ = ("of",)

    def __init__(self, of: object, values: Mapping[str, Value]) -> None:
        super().__init__(values)
        self.of = of


@dataclass(slots=True)
class Table:
    """One form filled in. `facts` hold for the whole table."""

    kind: str
    name: str  # of the sheet
    title: str
    columns: list[str]
    rows: list[Row]
    facts: dict[str, str] = field(default_factory=dict)
    is_hidden: bool = False


@dataclass(slots=True)
class Sheet:
    """Cells as they are written; `merged` rows hold one text over the whole width."""

    name: str
    grid: list[list[Cell]]
    merged: list[int] = field(default_factory=list)
    header_at: int = 0  # place in the grid of the header
    body_at: int = 0  # and of the first row of data
    headings: dict[str, str] = field(default_factory=dict)  # column of the form → as the sender heads it
    is_hidden: bool = False


def yuan(fen: int) -> Decimal:
    """Fen as exact yuan with two places."""
    return Decimal(fen).scaleb(-2)
