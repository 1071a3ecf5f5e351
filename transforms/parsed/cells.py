"""A sheet as text: what every reader of files makes, and every recogniser takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

CellKind = Literal["text", "number", "date", "bool", "empty"]
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0
LOST_FROM = 10**15  # a spreadsheet number keeps 15 significant digits


class Cell(NamedTuple):
    """A cell as text, and what it was in the file."""

    text: str
    kind: CellKind

    @property
    def has_lost_digits(self) -> bool:
        """A number too long for a spreadsheet: its last digits are not what was typed."""
        return self.kind == "number" and abs(Decimal(self.text)) >= LOST_FROM


EMPTY = Cell("", "empty")


class Row(NamedTuple):
    """A row with its number as the spreadsheet (or the text editor) shows it."""

    row_no: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Sheet:
    """One worksheet, or one text file (then `name` is ''). `said_name`: how it was called when first received."""

    name: str
    rows: Sequence[Row]
    merges: Sequence[Merge] = ()
    epoch: Literal[1900, 1904] = 1900
    is_hidden: bool = False
    said_name: str | None = None

    @property
    def told_name(self) -> str:
        """The name that may say something of the data."""
        return self.name if self.said_name is None else self.said_name


def number_text(value: float) -> str:
    """A spreadsheet number as its shortest decimal text: 12.35, never 12.350000000000001; whole numbers without .0."""
    decimal = Decimal(format(value, ".15g"))
    if decimal == decimal.to_integral_value():
        return str(int(decimal))
    return format(decimal.normalize(), "f")


def cell(value: object) -> Cell:
    """A value of python-calamine as a cell."""
    match value:
        case "" | None:
            return EMPTY
        case str():
            return Cell(value, "text") if value.strip() else EMPTY
        case bool():
            return Cell("TRUE" if value else "FALSE", "bool")
        case int() | float():
            return Cell(number_text(value), "number")
        case dt.datetime():
            midnight = value.time() == dt.time()
            return Cell(value.date().isoformat() if midnight else value.isoformat(" ", "seconds"), "date")
        case dt.date():
            return Cell(value.isoformat(), "date")
        case _:
            return Cell(str(value), "text")
