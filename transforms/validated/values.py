"""Cells → values, by the type of their column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from transforms.columns import Column, Vocabulary
from transforms.parsed.cells import KINDS, TEXT_KIND, Cell, Texts
from transforms.validated.dates import day, year
from transforms.validated.identities import account, card, id_number, visible_account
from transforms.validated.money import yuan
from transforms.validated.plain import plain, tidied, without_times
from transforms.validated.unreadable import UnreadableError
from transforms.words import half_width, tidy

FRAME_TYPES: Mapping[str, Any] = {
    "date": pl.Date, "year": pl.Int32, "integer": pl.Int32, "count": pl.Int64, "boolean": pl.Boolean,
}  # fmt: skip  # all else is text; money stays text until the warehouse makes it DECIMAL
_WHOLE = re.compile(r"^([+-]?\d+)(?:\.0+)?\s*[人口名户个]?$")
_QUANTITY = re.compile(r"^[￥¥]?(\d[\d,]{0,14})(\.\d{1,6})?\s*(?:[^\d\s.,/*×xX+-][^\d]{0,5})?$")
_GROUPED = re.compile(r"^\d{1,3}(,\d{3})+$")
_LAST_INTEGER = 2**31 - 1
_SHORT = 256  # cells: up to so many are read sooner one by one than as a column
_NOT_SHOWN = "有效的内容（公式出错或没有结果）"


@dataclass(frozen=True)
class Asked:
    """How the cells of a column are to be read. `places`: 4 for amounts in 万元; `epoch`: the file's date system."""

    column: Column
    places: int
    epoch: int
    words: Vocabulary

    @property
    def is_number_of_something(self) -> bool:
        """A digit that a spreadsheet lost matters: an ID, a card, an account."""
        return self.column.base_type in ("id_number", "card", "account", "visible_account")


def typed_values(cells: Texts, asked: Asked) -> tuple[pl.Series, dict[int, tuple[str, UnreadableError]]]:
    """The values of a column, null where nothing stands or what stands cannot be read: then place → text and why.

    Of a long column plain forms are read all at once, every other text once, however often it stands there.
    """
    if cells.texts.len() <= _SHORT:
        return _each(cells, asked)
    base, rules = asked.column.base_type, asked.words.rules
    texts = tidied(cells.texts)
    nothing = rules.nothing if base in ("text", "enum") else rules.nothing | rules.nothing_typed
    texts = texts.set(texts.is_in(nothing), None)
    lost = cells.lost() if asked.is_number_of_something else []
    errors = [place for place in cells.errors() if texts[place] is not None]
    failures = {place: (texts[place], UnreadableError(_NOT_SHOWN)) for place in errors}
    if errors:
        texts = texts.scatter(errors, None)
    read = without_times(texts) if base == "date" else texts
    values = plain(base, read, asked.places, rules)
    rest = read if values is None else read.set(values.is_not_null(), None)
    why: dict[str, UnreadableError] = {}
    made = _one_by_one(rest, asked, why)
    values = made if values is None else values.zip_with(values.is_not_null(), made)
    if why:
        for place in rest.is_in(list(why)).fill_null(value=False).arg_true():
            failures[place] = (texts[place], why[rest[place]])
    for place in lost:
        try:
            typed_value(Cell(texts[place], "number"), asked)
        except UnreadableError as error:
            failures[place] = (texts[place], error)
    return values.scatter(lost, None) if lost else values, failures


def _each(cells: Texts, asked: Asked) -> tuple[pl.Series, dict[int, tuple[str, UnreadableError]]]:
    values: list[Any] = []
    failures: dict[int, tuple[str, UnreadableError]] = {}
    codes = [TEXT_KIND] * cells.texts.len() if cells.kinds is None else cells.kinds.to_list()
    for place, (text, code) in enumerate(zip(cells.texts.to_list(), codes, strict=True)):
        try:
            values.append(typed_value(Cell(text, KINDS[code]), asked) if text else None)
        except UnreadableError as error:
            values.append(None)
            failures[place] = (tidy(text), error)
    return pl.Series(values, dtype=FRAME_TYPES.get(asked.column.base_type, pl.String)), failures


def _one_by_one(texts: pl.Series, asked: Asked, why: dict[str, UnreadableError]) -> pl.Series:
    known: dict[str, Any] = {}
    for text in texts.drop_nulls().unique().to_list():
        try:
            known[text] = typed_value(Cell(text), asked)
        except UnreadableError as error:
            why[text] = error
    dtype = FRAME_TYPES.get(asked.column.base_type, pl.String)
    values = pl.Series(list(known.values()), dtype=dtype)
    return texts.replace_strict(pl.Series(list(known), dtype=pl.String), values, default=None, return_dtype=dtype)


def typed_value(cell: Cell, asked: Asked) -> Any:
    """The value of a cell, None where nothing stands. Raises UnreadableError."""
    text, rules = tidy(cell.text), asked.words.rules
    if not text or text in rules.nothing:
        return None
    base = asked.column.base_type
    if base not in ("text", "enum") and text in rules.nothing_typed:
        return None
    if cell.kind == "error":
        raise UnreadableError(_NOT_SHOWN)
    if base == "text":
        return text
    match base:
        case "enum":
            return _code(asked, text)
        case "money":
            return yuan(text, asked.places)
        case "date":
            return day(text, asked.epoch, rules.serial_days)
        case "card":
            return card(cell, rules.card_digits)
        case "account":
            return account(cell, rules.account_digits)
        case _:
            return _BY_TYPE[base](cell)


def whole(cell: Cell) -> int:
    """A whole number: 3, 3人, 3.0."""
    found = _WHOLE.match(half_width(cell.text).strip())
    if not found or abs(int(found[1])) > _LAST_INTEGER:
        raise UnreadableError("整数")
    return int(found[1])


def quantity(cell: Cell) -> str:
    """A quantity or a price of one: 300, 1,200袋, 12.5公斤; up to six decimals, never rounded."""
    found = _QUANTITY.match(half_width(cell.text).strip())
    if not found or ("," in found[1] and not _GROUPED.match(found[1])):
        raise UnreadableError("数量（数字，至多六位小数）")
    return found[1].replace(",", "") + (found[2] or "")


def _code(asked: Asked, text: str) -> str:
    code = asked.words.code(asked.column.domain, text)
    if code is None:
        raise UnreadableError(asked.column.header, "S.enum")
    return code


_BY_TYPE: dict[str, Callable[[Cell], Any]] = {
    "year": lambda cell: year(tidy(cell.text)),
    "integer": whole,
    "count": whole,
    "id_number": id_number,
    "quantity": quantity,
    "visible_account": visible_account,
}
