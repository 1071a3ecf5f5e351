"""Numbers that name people, cards and accounts. They are text; a digit that was lost is never guessed."""

from __future__ import annotations

import re

from transforms.parsed.cells import Cell
from transforms.validated.unreadable import UnreadableError
from transforms.words import half_width

_ID = re.compile(r"^(?:\d{17}[\dX]|\d{15})$")
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?E\+?\d+$", re.IGNORECASE)
_FILLERS = re.compile(r"[\s\-_'‘’]+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def id_number(cell: Cell) -> str:
    """A 居民身份证号 of 15 or 18 characters as it stands, x as X. R01 judges its check digit."""
    _refuse_lost(cell)
    plain = _FILLERS.sub("", half_width(cell.text)).upper().replace("×", "X")
    if not _ID.match(plain):
        raise UnreadableError("身份证号（应为15位或18位）")
    return plain


def card(cell: Cell, digits: tuple[int, int]) -> str:
    """A bank card number: digits only, spaces and hyphens taken out."""
    _refuse_lost(cell)
    plain = _FILLERS.sub("", half_width(cell.text))
    if not plain.isdecimal() or not digits[0] <= len(plain) <= digits[1]:
        raise UnreadableError(f"银行卡号（应为{digits[0]}至{digits[1]}位数字）")
    return plain


def account(cell: Cell, digits: tuple[int, int]) -> str:
    """A corporate account number as it is written, without spaces; hyphens are part of some."""
    _refuse_lost(cell)
    plain = "".join(half_width(cell.text).split()).lstrip("'")
    bare = plain.replace("-", "")
    if not bare.isdecimal() or not digits[0] <= len(bare) <= digits[1]:
        raise UnreadableError(f"账号（应为{digits[0]}至{digits[1]}位数字）")
    return plain


def visible_account(cell: Cell) -> str:
    """A counterparty's account as far as the bank shows it: anything goes but lost digits."""
    _refuse_lost(cell)
    return "".join(half_width(cell.text).split()).lstrip("'")


def _refuse_lost(cell: Cell) -> None:
    if cell.has_lost_digits or _SCIENTIFIC.match(cell.text.strip()):
        raise UnreadableError("文本格式，末几位已丢失", "S.lost_digits")


def lifted(number: str) -> str:
    """A 15-digit number as the 18-digit one of the same person; an 18-digit number as it is."""
    if len(number) != 15:
        return number
    body = number[:6] + "19" + number[6:]
    return body + _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
