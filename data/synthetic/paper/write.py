"""Sheets → bytes, the same bytes every time: fixed properties, fixed times in archives."""

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
import xlwt

from data.synthetic.paper.table import Cell, Sheet

MADE_AT = datetime(2000, 1, 1)  # of every workbook: files must not tell when they were generated
ZIP_TIME = (2000, 1, 1, 0, 0, 0)
XLS_ROWS = 65_536
DATE_FORMAT = "yyyy-mm-dd"
ILLEGAL = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def xlsx(sheets: list[Sheet]) -> bytes:
    """A workbook of today."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": MADE_AT})
    date_format = book.add_format({"num_format": DATE_FORMAT})
    title_format = book.add_format({"bold": True, "align": "center"})
    for sheet, name in zip(sheets, sheet_names(sheets), strict=True):
        page = book.add_worksheet(name)
        if sheet.is_hidden:
            page.hide()
        width = max(len(row) for row in sheet.grid)
        for row_no, row in enumerate(sheet.grid):
            if row_no in sheet.merged and width > 1:
                page.merge_range(row_no, 0, row_no, width - 1, row[0], title_format)
                continue
            for column_no, cell in enumerate(row):
                _xlsx_cell(page, row_no, column_no, cell, date_format)
    book.close()
    return buffer.getvalue()


def _xlsx_cell(page: Any, row_no: int, column_no: int, cell: Cell, date_format: Any) -> None:
    """Texts stay texts: an ID number is never a number."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(row_no, column_no, cell)
    elif isinstance(cell, date):
        page.write_datetime(row_no, column_no, datetime(cell.year, cell.month, cell.day), date_format)
    else:
        page.write_number(row_no, column_no, cell)


def xls(sheets: list[Sheet]) -> bytes:
    """A workbook of the nineties (BIFF8)."""
    book = xlwt.Workbook(encoding="utf-8")
    date_style = xlwt.easyxf(num_format_str=DATE_FORMAT)
    plain = xlwt.easyxf()
    for sheet, name in zip(sheets, sheet_names(sheets), strict=True):
        page = book.add_sheet(name)
        width = max(len(row) for row in sheet.grid)
        for row_no, row in enumerate(sheet.grid):
            if row_no in sheet.merged and width > 1:
                page.write_merge(row_no, row_no, 0, width - 1, row[0])
                continue
            for column_no, cell in enumerate(row):
                if cell is not None and cell != "":
                    page.write(row_no, column_no, cell, date_style if isinstance(cell, date) else plain)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def gbk_csv(sheet: Sheet) -> bytes:
    """Comma-separated text as Chinese Excel saves it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in sheet.grid:
        writer.writerow(["" if cell is None else _plain_text(cell) for cell in row])
    return buffer.getvalue().encode("gb18030")


def _plain_text(cell: Cell) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def sheet_names(sheets: list[Sheet]) -> list[str]:
    """Legal, at most 31 characters, no two alike."""
    names: list[str] = []
    for sheet in sheets:
        name = base = sheet.name.translate(ILLEGAL)[:28] or "Sheet1"
        number = 1
        while name in names:
            number += 1
            name = f"{base}{number}"
        names.append(name)
    return names


class GbkZipInfo(zipfile.ZipInfo):
    """An entry whose name is GBK, as Chinese Windows writes it: no flag says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 the name that zipfile calls
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def gbk_zip(files: dict[str, bytes]) -> bytes:
    """An archive with GBK names and fixed times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(GbkZipInfo(name, ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def too_long_for_xls(sheets: list[Sheet]) -> bool:
    """Whether a sheet has more rows than BIFF8 holds."""
    return any(len(sheet.grid) > XLS_ROWS for sheet in sheets)
