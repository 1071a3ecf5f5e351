"""One cell → one value, by the type of its column."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from transforms.columns import Column, Vocabulary
from transforms.parsed.cells import Cell
from transforms.validated.dates import day, year
from transforms.validated.identities import account, card, id_number, visible_account
from transforms.validated.money import yuan
from transforms.validated.unreadable import UnreadableError
from transforms.words import half_width, tidy

_WHOLE = re.compile(r"^([+-]?\d+)(?:\.0+)?\s*[人口名户个]?$")
_LAST_INTEGER = 2**31 - 1


def typed_value(column: Column, cell: Cell, places: int, epoch: int, words: Vocabulary) -> Any:
    """The value of a cell, None where nothing stands. Raises UnreadableError. `places`: 4 for amounts in 万元."""
    text = tidy(cell.text)
    rules = words.rules
    if not text or text in rules.nothing:
        return None
    base = column.base_type
    if base == "text":
        return text
    if base != "enum" and text in rules.nothing_typed:
        return None
    match base:
        case "enum":
            return _code(column, text, words)
        case "money":
            return yuan(text, places)
        case "date":
            return day(text, epoch, rules.serial_days)
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


def _code(column: Column, text: str, words: Vocabulary) -> str:
    code = words.code(column.domain, text)
    if code is None:
        raise UnreadableError(column.header, "S.enum")
    return code


_BY_TYPE: dict[str, Callable[[Cell], Any]] = {
    "year": lambda cell: year(tidy(cell.text)),
    "integer": whole,
    "count": whole,
    "id_number": id_number,
    "visible_account": visible_account,
}
