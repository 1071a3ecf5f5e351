"""A table being typed: column by column, with everything that could not be read.

The modules of the kinds add what is theirs to a draft (`with_column`), then finish it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from transforms.columns import Column, Condition, Kind, Vocabulary
from transforms.parsed.cells import Cell
from transforms.parsed.context import Given
from transforms.parsed.headers import STATED_UNIT
from transforms.parsed.recognised import Table
from transforms.validated.keys import Keys
from transforms.validated.unreadable import UnreadableError
from transforms.validated.values import typed_value
from transforms.words import tidy

FRAME_TYPES: Mapping[str, Any] = {
    "date": pl.Date, "year": pl.Int32, "integer": pl.Int32, "count": pl.Int64, "boolean": pl.Boolean,
}  # fmt: skip  # all else is text; money stays text until the warehouse makes it DECIMAL
LINEAGE: Mapping[str, Any] = {
    "row_id": pl.String, "receipt_id": pl.String, "source_file": pl.String, "sheet": pl.String, "row_no": pl.Int32,
    "city_code": pl.String,
}  # fmt: skip
_REJECTED_WHEN_MISSING = {"true": "reject", "conditional": "reject", "error": "error"}


@dataclass(frozen=True)
class Reading:
    """What all rows of one file share."""

    receipt_id: str
    source_file: str
    city_code: str
    stem: str  # the file's name without its ending
    folder_unit: str | None
    keys: Keys
    words: Vocabulary


@dataclass(frozen=True)
class Failure:
    """One cell that could not be read, or is not there. `place`: the row of the frame, from 0."""

    place: int
    field: str
    column_name: str
    rule_id: str
    severity: str
    value_text: str | None
    args: tuple[str, ...]


@dataclass(frozen=True)
class Typed:
    """A typed table: the frame, what failed in it, and for each row what it says of its unit."""

    table: Table
    frame: pl.DataFrame
    failures: tuple[Failure, ...]
    stated_units: tuple[str | None, ...]


@dataclass
class Draft:
    """Values by column, all of one length, and failures so far."""

    table: Table
    reading: Reading
    values: dict[str, list[Any]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    explained: set[tuple[int, str]] = field(default_factory=set)  # (place, field) whose lack another finding covers

    @property
    def kind(self) -> Kind:
        """The kind of the table."""
        return self.table.shape.kind

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.table.row_nos)

    def texts(self, name: str) -> list[str | None]:
        """The raw texts of a column of the sheet, None where it is empty or not there."""
        cells = self.table.cells.get(name)
        return [tidy(cell.text) or None for cell in cells] if cells is not None else [None] * self.height

    def derive(self, name: str, make: Callable[..., Any], *sources: str) -> None:
        """A column made row by row of others."""
        self.values[name] = [make(*row) for row in zip(*(self.values[source] for source in sources), strict=True)]

    def read(self, name: str, column: Column) -> list[Any]:
        """Type the cells under `name` as `column` says. Without such cells, all rows have the value known otherwise; an
        empty cell has it where it is stated above the table, or where there must be a value.
        """
        gift = self.table.given.get(column.name)
        cells = self.table.cells.get(name)
        if cells is None:
            values, in_need = [None] * self.height, list(range(self.height))
        else:
            values = [self._typed(name, column, cell, place) for place, cell in enumerate(cells)]
            in_need = [place for place, cell in enumerate(cells) if values[place] is None and not cell.text.strip()]
        if gift and (cells is None or gift.is_stated or column.required == "true"):
            fallback = self._given(name, column, gift, in_need)
            for place in in_need:
                values[place] = fallback
        return values

    def _given(self, name: str, column: Column, gift: Given, in_need: Sequence[int]) -> Any:
        """The value for rows in need of it. Stated, and not to be read: told once, or for each row that it rejects."""
        try:
            return typed_value(column, Cell(gift.text, "text"), 0, self.table.epoch, self.reading.words)
        except UnreadableError as failure:
            if gift.is_stated:
                for place in in_need if column.required == "true" else in_need[:1]:
                    self.fail(place, column, failure, gift.text, name=name)
                self.explained |= {(place, column.name) for place in in_need}
            return None

    def _typed(self, name: str, column: Column, cell: Cell, place: int) -> Any:
        try:
            return typed_value(column, cell, self.table.places.get(name, 0), self.table.epoch, self.reading.words)
        except UnreadableError as failure:
            self.fail(place, column, failure, tidy(cell.text), name=name)
            return None

    def fail(self, place: int, column: Column, why: UnreadableError, value: str | None, *, name: str = "") -> None:
        """Note a cell that cannot be read, or (without value) is missing. What is required rejects its row."""
        rule_id = why.rule_id
        header = self.table.headers.get(name or column.name) or self.table.shape.header_zh(column.name)
        if rule_id == "S.enum":
            severity = column.on_unknown
        elif rule_id == "S.missing_value":
            severity = _REJECTED_WHEN_MISSING[column.required]
        else:
            severity = "reject" if column.required == "true" else "error"
        args = (header, value or "", why.why)
        self.failures.append(Failure(place, column.name, header, rule_id, severity, value, args))


def typed(table: Table, reading: Reading, *, without: Collection[str] = ()) -> Draft:
    """The columns of the contract, typed, as far as the sheet and what stands around it know them."""
    draft = Draft(table, reading)
    for column in table.shape.kind.columns:
        if column.name not in without:
            draft.values[column.name] = draft.read(column.name, column)
    return draft


def finished(draft: Draft) -> Typed:
    """Check what is required, and put the columns into the order of the contract."""
    for column in draft.kind.columns:
        for place in _missing(draft, column):
            draft.fail(place, column, UnreadableError(column.header, "S.missing_value"), None)
    height = draft.height
    reading, table = draft.reading, draft.table
    lineage = {
        "row_id": [f"{reading.receipt_id}:{table.sheet}:{row_no}" for row_no in table.row_nos],
        "receipt_id": [reading.receipt_id] * height,
        "source_file": [reading.source_file] * height,
        "sheet": [table.sheet] * height,
        "row_no": list(table.row_nos),
        "city_code": [reading.city_code] * height,
    }
    own = {name: FRAME_TYPES.get(type_, pl.String) for name, type_ in draft.kind.frame if name != "occurrence"}
    columns = {**lineage, **{name: draft.values[name] for name in own}}
    frame = pl.DataFrame(columns, schema={**LINEAGE, **own})
    return Typed(table, frame, tuple(draft.failures), tuple(_stated_units(draft)))


def _missing(draft: Draft, column: Column) -> Iterable[int]:
    """The rows where a required column has nothing. A cell that failed has its finding already."""
    if column.required == "false" or column.empty_is:
        return []
    if column.required == "error" and not _is_known(draft, column.name):
        return []
    failed = {failure.place for failure in draft.failures if failure.field == column.name}
    failed |= {place for place, name in draft.explained if name == column.name}
    empty = [place for place, value in enumerate(draft.values[column.name]) if value is None and place not in failed]
    if column.required != "conditional":
        return empty
    return [place for place in empty if _applies(draft, column, place)]


def _is_known(draft: Draft, name: str) -> bool:
    """A column (e) that the sheet lacks altogether is one finding on the sheet, not one for each row."""
    return name in draft.table.headers or name in draft.table.given


def _applies(draft: Draft, column: Column, place: int) -> bool:
    if column.when is not None and not _holds(draft, column.when, place):
        return False
    if column.but_not is not None and _holds(draft, column.but_not, place):
        return False
    return not any(draft.values[name][place] for name in column.unless)


def _holds(draft: Draft, condition: Condition, place: int) -> bool:
    return draft.values[condition.column][place] in condition.codes


def _stated_units(draft: Draft) -> Sequence[str | None]:
    """The unit in each row's own words: 单位代码 if there is one, else 单位名称."""
    said = draft.texts(STATED_UNIT)
    own = draft.values.get(draft.kind.unit_column, [None] * draft.height)
    if draft.kind.unit_column and draft.kind.unit_column not in draft.table.headers:
        own = [None] * draft.height
    return [code or name for code, name in zip(said, own, strict=True)]
