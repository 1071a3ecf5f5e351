"""A paper as bytes, in every format that offices send. None: the format cannot hold what the paper has."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter
import xlwt

from tests.awkward.table import Cells, Formula, Paper
from tests.unit.parsed.making import zipped

File = tuple[str, bytes]
_DAY = "yyyy-mm-dd"


def xlsx(paper: Paper) -> File:
    """A workbook of today."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": paper.is_1904}) as book:
        day = book.add_format({"num_format": _DAY})
        rows, merges = paper.grid()
        _fill_xlsx(book.add_worksheet(paper.sheet), rows, merges, day)
        for name, lines in paper.others.items():
            sheet = book.add_worksheet(name)
            _fill_xlsx(sheet, list(lines), [], day)
            if name in paper.hidden:
                sheet.hide()
    return f"{paper.file}.xlsx", target.getvalue()


def _fill_xlsx(sheet: Any, rows: list[Cells], merges: list[tuple[int, int, int, int]], day: Any) -> None:
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, rows[top][left])
    inside = {
        (r, c) for top, left, bottom, right in merges for r in range(top, bottom + 1) for c in range(left, right + 1)
    }
    for at, values in enumerate(rows):
        for place, value in enumerate(values):
            if value in ("", None) or (at, place) in inside:
                continue
            if isinstance(value, Formula):
                sheet.write_formula(at, place, value.text, None, value.value)
            elif isinstance(value, dt.date):
                sheet.write_datetime(at, place, dt.datetime.combine(value, dt.time()), day)
            elif isinstance(value, str):
                sheet.write_string(at, place, value)
            else:
                sheet.write_number(at, place, value)


def xls(paper: Paper) -> File | None:
    """A workbook of 1997."""
    rows, merges = paper.grid()
    if any(isinstance(value, Formula) for row in rows for value in row):
        return None  # this writer keeps no value beside a formula
    book = xlwt.Workbook()
    book.dates_1904 = paper.is_1904
    day = xlwt.easyxf(num_format_str=_DAY)
    for name, lines, ranges in (
        (paper.sheet, rows, merges),
        *((name, rows, []) for name, rows in paper.others.items()),
    ):
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        sheet.visibility = 1 if name in paper.hidden else 0
        for at, values in enumerate(lines):
            for place, value in enumerate(values):
                if value not in ("", None):
                    sheet.write(at, place, value, *([day] if isinstance(value, dt.date) else []))
        for top, left, bottom, right in ranges:
            sheet.merge(top, bottom, left, right)
    target = io.BytesIO()
    book.save(target)
    return f"{paper.file}.xls", target.getvalue()


def _text(paper: Paper, sign: str) -> str | None:
    """What a spreadsheet program saves as text: values as they look; no second sheet, no merged cell."""
    rows, merges = paper.grid()
    if merges or paper.others or paper.is_1904 or paper.sheet != "Sheet1":
        return None
    target = io.StringIO()
    out = csv.writer(target, delimiter=sign, lineterminator="\r\n")
    for row in rows:
        out.writerow([value.value if isinstance(value, Formula) else value for value in row])
    return target.getvalue()


def text(encoding: str, sign: str = ",", ending: str = ".csv") -> Callable[[Paper], File | None]:
    """Delimited text."""

    def write(paper: Paper) -> File | None:
        made = _text(paper, sign)
        return None if made is None else (f"{paper.file}{ending}", made.encode(encoding))

    return write


def wrapped(paper: Paper) -> File | None:
    """A workbook with one column, each cell a line of csv."""
    made = _text(paper, ",")
    if made is None or '"' in made:  # lines with quoted commas or breaks are no lines any more
        return None
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        for at, line in enumerate(made.splitlines()):
            if line:
                sheet.write_string(at, 0, line)
    return f"{paper.file}.xlsx", target.getvalue()


def named(write: Callable[[Paper], File | None], ending: str) -> Callable[[Paper], File | None]:
    """The same bytes under another ending."""

    def rename(paper: Paper) -> File | None:
        made = write(paper)
        return None if made is None else (f"{paper.file}{ending}", made[1])

    return rename


def packed(write: Callable[[Paper], File | None]) -> Callable[[Paper], File | None]:
    """In a zip, its names in GBK."""

    def pack(paper: Paper) -> File | None:
        made = write(paper)
        return None if made is None else ("报送.zip", zipped({f"华容县/{made[0]}": made[1]}, gbk_names=True))

    return pack


FORMATS: Mapping[str, Callable[[Paper], File | None]] = {
    "xlsx": xlsx,
    "xls": xls,
    "csv utf-8": text("utf-8"),
    "csv with mark": text("utf-8-sig"),
    "csv gb18030": text("gb18030"),
    "csv utf-16": text("utf-16"),
    "txt tabs": text("gb18030", "\t", ".txt"),
    "txt pipes": text("utf-8", "|", ".txt"),
    "et": named(xls, ".et"),
    "xlsx named csv": named(xlsx, ".csv"),
    "xls named csv": named(xls, ".csv"),
    "xls named xlsx": named(xls, ".xlsx"),
    "csv named xls": named(text("gb18030"), ".xls"),
    "csv in one column": wrapped,
    "zip of xlsx": packed(xlsx),
    "zip of csv": packed(text("gb18030")),
}
