"""What stands on paper: a table of typed values, and the sheet that it becomes."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


class Fen(int):
    """An amount of money in a table; habits decide how it is written."""


Value = str | int | Fen | date | None
Cell = str | int | Decimal | date | None


@dataclass(slots=True)
class Table:
    """One form filled in: rows by the names of contract section 3. `facts` hold for the whole table."""

    kind: str
    name: str  # of the sheet
    title: str
    columns: list[str]
    rows: list[dict[str, Value]]
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """Cells as they are written; `merged` rows hold one text over the whole width."""

    name: str
    grid: list[list[Cell]]
    merged: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """A file of a sender: tables (dressed by habit) or finished sheets (statements)."""

    folder: str
    stem: str
    format: str
    sheets: list[Sheet]
    archive: str = ""  # name of the zip that it is sent in


def yuan(fen: int) -> Decimal:
    """Fen as exact yuan with two places."""
    return Decimal(fen).scaleb(-2)
