"""Cells that the spreadsheet library shows as empty and that are not: errors, and formulas whose value nobody kept.

A #REF! in a column that may be empty would be lost without a word. Place of the sheet → place of the cell → its text.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Collection, Iterator, Mapping
from xml.etree import ElementTree

from transforms.parsed.compound import streams
from transforms.parsed.reach import column_number

Places = Mapping[tuple[int, int], str]  # row and column, from 0

_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*[^/>])?>(.*?)</(?:\w+:)?c>', re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</)")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_IN_RECORDS = re.compile(rb"\x05\x02\x08\x00|\x02\x00[\x00\x07\x0f\x17\x1d\x24\x2a]\x00\x00\x00\xff\xff")
_SHEET, _END, _ERROR, _FORMULA_RECORD = 0x85, 0x0A, 0x205, 0x06


def unseen(content: bytes, parts: Collection[str] | None = None) -> dict[str, Places]:
    """By name of the sheet. Empty for almost every file. `parts`: where to look in a package, None: everywhere."""
    found = _of_package(content, parts) if content.startswith(b"PK") else _of_records(content)
    return {name: places for name, places in found if places}


def _of_package(content: bytes, parts: Collection[str] | None) -> Iterator[tuple[str, Places]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name, part in _sheet_parts(package):
            if parts is None or part in parts:
                yield name, dict(_in_markup(package.read(part)))


def _sheet_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and file of each worksheet."""
    parts = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
        return
    targets = {
        each.get("Id"): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/")
        for each in ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    }
    for each in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        part = targets.get(each.get(_ID))
        if each.tag.endswith("}sheet") and part in parts:
            yield each.get("name", ""), part


def _in_markup(text: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for found in _CELL.finditer(text):
        letters, row, attributes, inside = found.groups()
        value = _VALUE.search(inside)
        place = int(row) - 1, column_number(letters) - 1
        if b't="e"' in (attributes or b""):
            yield place, value[1].decode() if value else "#NULL!"
        elif not value and b't="' not in (attributes or b"") and (formula := _FORMULA.search(inside)):
            yield place, f"={(formula[1] or b'').decode()}"


def _of_records(content: bytes) -> Iterator[tuple[str, Places]]:
    held = streams(content)
    book = held.get("Workbook", held.get("Book", b""))
    if not _IN_RECORDS.search(book):
        return
    for begin, name in _sheets(book):
        yield name, dict(_in_records(book, begin))


def _sheets(book: bytes) -> Iterator[tuple[int, str]]:
    """Where each sheet begins, and its name."""
    for record, at, _ in _records(book, 0):
        if record == _SHEET:
            begin, count, is_wide = struct.unpack_from("<I2xBB", book, at)
            length = count * 2 if is_wide & 1 else count
            yield begin, book[at + 8 : at + 8 + length].decode("utf-16-le" if is_wide & 1 else "latin-1")


def _in_records(book: bytes, begin: int) -> Iterator[tuple[tuple[int, int], str]]:
    for record, at, _ in _records(book, begin):
        if record == _ERROR and book[at + 7]:
            yield struct.unpack_from("<HH", book, at), _ERRORS.get(book[at + 6], "#NULL!")
        elif record == _FORMULA_RECORD and book[at + 12 : at + 14] == b"\xff\xff" and book[at + 6] == 2:
            yield struct.unpack_from("<HH", book, at), _ERRORS.get(book[at + 8], "#NULL!")


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Number, place and length of the records up to the end of a substream."""
    while at + 4 <= len(book):
        record, length = struct.unpack_from("<HH", book, at)
        if record == _END:
            return
        yield record, at + 4, length
        at += 4 + length
