"""How far the cells of a worksheet reach, from its XML, without reading it cell by cell where that can be helped.

A reader keeps rows × columns down to the last cell with something in it, however few there are: one stray cell in the
last corner of a sheet costs more than a bank's year.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+\d+)["']""")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]+\d+)"')
_ANY_CELL = re.compile(rb"[<:]c[\s/>]")
_FEW_ROWS, _TWO_LETTERS = 99_999, 702  # up to which numbers of rows, of columns, one pattern is good enough
_NO_CELL = 'mergeCell|t="e"|<f|:[cf]'  # merged cells, errors, formulas, elements with a prefix
_TAG = re.compile(rb"""<(?:[\w.-]+:)?(row|c)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
_COMMENT = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_DIGITS, _LETTERS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass
class Reach:
    """Down to which row, out to which column. `is_sure`: no cell could lie further out."""

    rows: int = 0
    columns: int = 0
    is_sure: bool = True

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def take(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    def take_all(self, chunk: bytes) -> None:
        """Every cell of this piece, filled or not."""
        if b"<c" not in chunk and b":c" not in chunk:
            return
        found = _PLAIN_CELL.findall(chunk)
        if len(_ANY_CELL.findall(chunk)) != len(found):
            self.is_sure = False  # written otherwise than programs do, or without reference
        if found:
            places = b'"'.join(found)
            columns = max(map(column_number, set(places.translate(None, _DIGITS).split(b'"'))))
            self.take(max(map(int, set(places.translate(None, _LETTERS).split(b'"')))), columns)

    def widen(self) -> None:
        """More rows are to come: as many as the next two leading digits allow, so that few pieces need a list."""
        step = 10 ** (len(str(self.rows)) - 2) if self.rows > _FEW_ROWS else _FEW_ROWS + 1
        self.rows = (self.rows // step + 1) * step - 1

    def outside(self) -> re.Pattern[bytes]:
        """Finds a cell that lies further out, or is written otherwise. After `widen`."""
        digits, length = str(self.rows), len(str(self.rows))
        first, second = int(digits[0]), digits[1]
        rows = rf"[0-{first - 1}]\d{{{length - 1}}}|{first}[0-{second}]\d{{{length - 2}}}|\d{{1,{length - 1}}}"
        return re.compile(rf'<c(?! r="(?:{_letters(self.columns)})(?:{rows})")[\s/>]'.encode())

    def anything_else(self) -> str:
        """Finds whatever a piece has besides plain cells within reach, for an engine that cannot look ahead; after
        `widen`. '' where there are more columns than letters.
        """
        if self.columns > len(string.ascii_uppercase):
            return ""
        last = string.ascii_uppercase[max(self.columns, 1) - 1]
        digits, length = str(self.rows), len(str(self.rows))
        first, second = int(digits[0]), int(digits[1])
        further = [f"[0-9]{{{length + 1}}}", f'[0-9]{{1,{length}}}[^0-9"]', "[^0-9]"]
        further += [f"[{first + 1}-9][0-9]{{{length - 1}}}"] if first < 9 else []
        further += [f"{first}[{second + 1}-9][0-9]{{{length - 2}}}"] if second < 9 else []
        place = f"(?:[^A-{last}]|[A-{last}](?:{'|'.join(further)}))"
        return rf'{_NO_CELL}|<c(?:[/>]|[\t\r\n\x0b\x0c]| (?:[^r]|r[^=]|r=[^"]|r="{place}))'


def _letters(columns: int) -> str:
    """A pattern of the names of so many columns."""
    high, low = divmod(min(max(columns, 1), _TWO_LETTERS) - 1, 26)
    last = string.ascii_uppercase[low]
    if high == 0:
        return f"[A-{last}]"
    before, this = string.ascii_uppercase[: high - 1], string.ascii_uppercase[high - 1]
    return f"[A-Z]|{f'[{before}][A-Z]|' if before else ''}{this}[A-{last}]"


def exact_reach(part: bytes) -> Reach:
    """How far the cells reach that hold something, counted as readers count: a cell without reference is the next."""
    reach, row, column = Reach(), 0, 0
    for kind, attributes, is_empty in map(re.Match.groups, _TAG.finditer(_COMMENT.sub(b"", part))):
        if kind == b"row":
            said = re.search(rb"""\sr\s*=\s*["'](\d+)""", attributes)
            row, column = int(said[1]) if said else row + 1, 0
            continue
        place = _REFERENCE.search(attributes)
        at = row
        if place:
            at, column = int(place[1].translate(None, _LETTERS)), column_number(place[1].translate(None, _DIGITS))
        else:
            column += 1
        if not is_empty:
            reach.take(at, column)
    return reach


def column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27; letters beyond any sheet's only grow."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number
