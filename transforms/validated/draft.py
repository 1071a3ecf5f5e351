"""A table being typed: column by column, with everything that could not be read.

The modules of the kinds add what is theirs to a draft, then finish it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import polars as pl

from transforms.columns import Column, Condition, Kind, Vocabulary
from transforms.parsed.cells import Cell
from transforms.parsed.context import Given
from transforms.parsed.headers import STATED_UNIT
from transforms.parsed.recognised import Table
from transforms.validated.keys import PLAIN_FORMS, KeyKind, Keys
from transforms.validated.plain import tidied
from transforms.validated.unreadable import UnreadableError
from transforms.validated.values import FRAME_TYPES, Asked, typed_value, typed_values

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
    """One cell that could not be read, or is not there. `place`: the row of the frame, from 0.

    `is_said_once`: it stands above the table, and its first row tells it for all.
    """

    place: int
    field: str
    column_name: str
    rule_id: str
    severity: str
    value_text: str | None
    args: tuple[str, ...]
    is_said_once: bool = False


@dataclass(frozen=True)
class Typed:
    """A typed table: the frame, what failed in it, and for each row what it says of its unit."""

    table: Table
    frame: pl.DataFrame
    failures: tuple[Failure, ...]
    stated_units: pl.Series


@dataclass
class Draft:
    """Values by column, all of one length, and failures so far."""

    table: Table
    reading: Reading
    values: dict[str, pl.Series] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    explained: set[tuple[int, str]] = field(default_factory=set)  # (place, field) whose lack another finding covers

    @property
    def kind(self) -> Kind:
        """The kind of the table."""
        return self.table.shape.kind

    @property
    def height(self) -> int:
        """The number of rows."""
        return self.table.row_nos.len()

    def constant(self, value: Any, dtype: Any = pl.String) -> pl.Series:
        """The same value in every row."""
        return pl.Series([value], dtype=dtype).new_from_index(0, self.height)

    def texts(self, name: str) -> pl.Series:
        """The raw texts of a column of the sheet, null where it is empty or not there."""
        cells = self.table.cells.get(name)
        return tidied(cells.texts) if cells is not None else self.constant(None)

    def derive(self, name: str, make: Callable[..., Any], *sources: str, dtype: Any = pl.String) -> None:
        """A column made row by row of others, each combination of values once; of one column, of what is there."""
        once, rows = cache(make), zip(*(self.values[source].to_list() for source in sources), strict=True)
        self.values[name] = pl.Series([None if row == (None,) else once(*row) for row in rows], dtype=dtype)

    def key(self, name: str, kind: KeyKind, source: str) -> None:
        """The keys of a column of numbers or names; those in the plain form of their kind all at once."""
        keys, texts = self.reading.keys, self.values[source]
        known = texts.drop_nulls()
        if 2 * known.n_unique() < known.len() or not known.str.contains(PLAIN_FORMS[kind]).all():
            self.values[name] = _each_once(texts, keys, kind)
            return
        made = pl.Series(keys.of_each(known.to_list()), dtype=pl.String)
        nothing = self.constant(None)
        self.values[name] = nothing.scatter(texts.is_not_null().arg_true(), made) if texts.null_count() else made

    def read(self, name: str, column: Column) -> pl.Series:
        """Type the cells under `name` as `column` says. Without such cells, all rows have the value known otherwise; an
        empty cell has it where it is stated above the table, or where there must be a value.
        """
        gift = self.table.given.get(column.name)
        cells = self.table.cells.get(name)
        if cells is None:
            values = self.constant(None, FRAME_TYPES.get(column.base_type, pl.String))
            is_in_need = values.is_null()
        else:
            values, failures = typed_values(cells, self._asked(name, column))
            for place, (text, why) in failures.items():
                self.fail(place, column, why, text, name=name)
            is_in_need = cells.texts.is_null()
        if gift and (cells is None or gift.is_stated or column.required == "true"):
            value = self._given(name, column, gift, is_in_need)
            if value is not None:
                values = values.zip_with(~is_in_need, pl.Series([value], dtype=values.dtype))
        return values

    def _asked(self, name: str, column: Column) -> Asked:
        return Asked(column, self.table.places.get(name, 0), self.table.epoch, self.reading.words)

    def _given(self, name: str, column: Column, gift: Given, is_in_need: pl.Series) -> Any:
        """The value for rows in need of it. Stated, and not to be read: told once, or for each row that it rejects."""
        try:
            return typed_value(Cell(gift.text), self._asked("", column))
        except UnreadableError as failure:
            if gift.is_stated:
                in_need, rejects = is_in_need.arg_true().to_list(), column.required == "true"
                for place in in_need if rejects else in_need[:1]:
                    self.fail(place, column, failure, gift.text, name=name, is_said_once=not rejects)
                self.explained |= {(place, column.name) for place in in_need}
            return None

    def fail(
        self,
        place: int,
        column: Column,
        why: UnreadableError,
        value: str | None,
        *,
        name: str = "",
        is_said_once: bool = False,
    ) -> None:
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
        self.failures.append(Failure(place, column.name, header, rule_id, severity, value, args, is_said_once))


def _each_once(texts: pl.Series, keys: Keys, kind: KeyKind) -> pl.Series:
    """The keys of a column that says the same often, or not in plain form."""
    known = texts.drop_nulls().unique()
    is_plain = known.str.contains(PLAIN_FORMS[kind])
    plain, others = known.filter(is_plain), known.filter(~is_plain).to_list()
    made = [*keys.of_each(plain.to_list()), *map(getattr(keys, kind), others)]
    said = pl.concat([plain, pl.Series(others, dtype=pl.String)])
    return texts.replace_strict(said, pl.Series(made, dtype=pl.String), default=None, return_dtype=pl.String)


def row_ids(table: Table, reading: Reading) -> pl.Series:
    """The names of its rows in the warehouse."""
    ids: pl.Series = f"{reading.receipt_id}:{table.sheet}:" + table.row_nos.cast(pl.String)
    return ids.alias("row_id")


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
    reading, table = draft.reading, draft.table
    lineage = pl.DataFrame({"row_id": row_ids(table, reading), "row_no": table.row_nos}).select(
        "row_id",
        pl.lit(reading.receipt_id).alias("receipt_id"),
        pl.lit(reading.source_file).alias("source_file"),
        pl.lit(table.sheet).alias("sheet"),
        "row_no",
        pl.lit(reading.city_code).alias("city_code"),
    )
    own = [draft.values[name].alias(name) for name, _ in draft.kind.frame if name != "occurrence"]
    return Typed(table, lineage.with_columns(own), tuple(draft.failures), _stated_units(draft))


def _missing(draft: Draft, column: Column) -> Iterable[int]:
    """The rows where a required column has nothing. A cell that failed has its finding already."""
    if column.required == "false" or column.empty_is:
        return []
    if column.required == "error" and not _is_known(draft, column.name):
        return []
    failed = {failure.place for failure in draft.failures if failure.field == column.name}
    failed |= {place for place, name in draft.explained if name == column.name}
    empty = [place for place in draft.values[column.name].is_null().arg_true() if place not in failed]
    if column.required != "conditional" or not empty:
        return empty
    applies = _applies(draft, column)
    return [place for place in empty if applies[place]]


def _is_known(draft: Draft, name: str) -> bool:
    """A column (e) that the sheet lacks altogether is one finding on the sheet, not one for each row."""
    return name in draft.table.headers or name in draft.table.given


def _applies(draft: Draft, column: Column) -> list[bool]:
    applies = draft.constant(True, pl.Boolean)
    if column.when is not None:
        applies &= _holds(draft, column.when)
    if column.but_not is not None:
        applies &= ~_holds(draft, column.but_not)
    for name in column.unless:
        applies &= draft.values[name].is_null()
    return applies.to_list()


def _holds(draft: Draft, condition: Condition) -> pl.Series:
    return draft.values[condition.column].is_in(list(condition.codes)).fill_null(value=False)


def _stated_units(draft: Draft) -> pl.Series:
    """The unit in each row's own words: 单位代码 if there is one, else 单位名称."""
    said = draft.texts(STATED_UNIT)
    if draft.kind.unit_column not in draft.table.headers:
        return said
    return said.zip_with(said.is_not_null(), draft.values[draft.kind.unit_column])
