"""A sheet as text, column by column: what every reader of files makes, and every recogniser takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

import polars as pl

CellKind = Literal["empty", "text", "number", "date", "bool", "error"]
KINDS: tuple[CellKind, ...] = ("empty", "text", "number", "date", "bool", "error")
TEXT_KIND, NUMBER_KIND, DATE_KIND, ERROR_KIND = map(KINDS.index, ("text", "number", "date", "error"))
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0
LOST_FROM = 10**15  # a spreadsheet number keeps 15 significant digits
_TOP = 40  # rows at hand as rows: headers and what stands above them
_SHORT = 16  # a number's shortest form of so many signs has no more than 15 digits


class Unshown(str):
    """The text of a cell that holds an error, or a formula without value."""


class Cell(NamedTuple):
    """A cell as text, and what it was in the file."""

    text: str
    kind: CellKind = "text"

    @property
    def has_lost_digits(self) -> bool:
        """A number too long for a spreadsheet: its last digits are not what was typed."""
        return self.kind == "number" and abs(Decimal(self.text)) >= LOST_FROM


EMPTY = Cell("", "empty")


class Row(NamedTuple):
    """A row with its number as the spreadsheet (or the text editor) shows it."""

    row_no: int
    cells: Sequence[Cell]


@dataclass(frozen=True, eq=False)
class Sheet:
    """One worksheet, or one text file (then `name` is '').

    `texts`: one String column a column of the sheet, named from '0', null where nothing stands; `row_nos`: Int32, of
    the same height; `kinds`: of each cell, as its place in KINDS, None where all is text; `said_name`: how the sheet
    was called when first received.
    """

    name: str
    texts: pl.DataFrame
    row_nos: pl.Series
    kinds: pl.DataFrame | None = None
    merges: Sequence[Merge] = ()
    epoch: Literal[1900, 1904] = 1900
    is_hidden: bool = False
    said_name: str | None = None

    @staticmethod
    def of(name: str, rows: Iterable[Row]) -> Sheet:
        """A sheet of rows, for what is small or irregular."""
        listed = list(rows)
        columns = list(zip_longest(*(row.cells for row in listed), fillvalue=EMPTY))
        texts = {str(place): [cell.text or None for cell in column] for place, column in enumerate(columns)}
        kinds = {str(place): [KINDS.index(cell.kind) for cell in column] for place, column in enumerate(columns)}
        numbers = pl.Series("row_no", [row.row_no for row in listed] if columns else [], dtype=pl.Int32)
        return Sheet(
            name,
            pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)),
            numbers,
            pl.DataFrame(kinds, schema=dict.fromkeys(kinds, pl.UInt8)),
        )

    @property
    def told_name(self) -> str:
        """The name that may say something of the data."""
        return self.name if self.said_name is None else self.said_name

    @property
    def is_empty(self) -> bool:
        """Nothing stands in it."""
        return all(column.null_count() == column.len() for column in self.texts)

    @cached_property
    def rows(self) -> list[Row]:
        """All rows one by one: for sheets that are rewritten or listed, never for reading data."""
        return self.at(range(self.texts.height))

    @cached_property
    def _top(self) -> list[Row]:
        return self.at(range(min(_TOP, self.texts.height)))

    def head(self, count: int) -> list[Row]:
        """The first rows."""
        return self._top[:count] if count <= _TOP else self.at(range(min(count, self.texts.height)))

    def at(self, places: Sequence[int]) -> list[Row]:
        """The rows with these indexes."""
        index = pl.Series(places, dtype=pl.UInt32)
        texts, numbers = self.texts[index].rows(), self.row_nos.gather(index)
        if self.kinds is None:
            cells = [[Cell(text) if text else EMPTY for text in row] for row in texts]
        else:
            codes = self.kinds[index].rows()
            cells = [
                [Cell(text, KINDS[code]) if text else EMPTY for text, code in zip(*pair, strict=True)]
                for pair in zip(texts, codes, strict=True)
            ]
        return [Row(number, row) for number, row in zip(numbers, cells, strict=True)]

    def column(self, place: int, index: pl.Series) -> Texts:
        """The cells of a column in the rows with these indexes, which ascend."""
        if place >= self.texts.width:
            return Texts(pl.Series(dtype=pl.String).extend_constant(None, index.len()), None)
        kinds = None if self.kinds is None else _taken(self.kinds.to_series(place), index)
        return Texts(_taken(self.texts.to_series(place), index), kinds)


class Texts(NamedTuple):
    """Cells of one column: `texts` String, null where nothing stands; `kinds` UInt8 as in Sheet, None: all text."""

    texts: pl.Series
    kinds: pl.Series | None

    def slice(self, first: int, count: int) -> Texts:
        """Some of the cells."""
        kinds = None if self.kinds is None else self.kinds.slice(first, count)
        return Texts(self.texts.slice(first, count), kinds)

    def errors(self) -> list[int]:
        """The places of errors, and of formulas without value."""
        if self.kinds is None:
            return []
        return (self.kinds == ERROR_KIND).arg_true().to_list()

    def lost(self) -> list[int]:
        """The places of numbers too long for a spreadsheet."""
        if self.kinds is None:
            return []
        is_long = (self.texts.str.len_bytes() >= len(str(LOST_FROM))) & ~self.texts.str.contains(".", literal=True)
        return ((self.kinds == NUMBER_KIND) & is_long).fill_null(value=False).arg_true().to_list()


def _taken(column: pl.Series, index: pl.Series) -> pl.Series:
    """Rows that follow each other are a part of the column, without a copy."""
    count = index.len()
    if count and index[-1] - index[0] == count - 1:
        return column.slice(index[0], count)
    return column.gather(index)


def column_letters(place: int) -> str:
    """A column as the spreadsheet shows it: A, B, …, AA."""
    letters = ""
    number = place + 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def number_text(value: float) -> str:
    """A spreadsheet number as its shortest decimal text: 12.35, never 12.350000000000001; whole numbers without .0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < LOST_FROM:
        return str(int(value))
    shortest = repr(value)
    if len(shortest) <= _SHORT and "e" not in shortest:
        return shortest
    decimal = Decimal(format(value, ".15g"))
    if decimal == decimal.to_integral_value():
        return str(int(decimal))
    return format(decimal.normalize(), "f")


def cell(value: Any) -> Cell:
    """A value of python-calamine as a cell."""
    match value:
        case "" | None:
            return EMPTY
        case Unshown():
            return Cell(str(value), "error")
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
