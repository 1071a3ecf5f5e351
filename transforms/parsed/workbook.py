"""Spreadsheet bytes → sheets. .xlsx, .xls, .et and .wps alike: what is inside decides, not the name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Sequence
from typing import Literal

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from transforms.parsed.cells import Cell, Merge, Row, Sheet, cell

_DATE1904 = re.compile(rb"<(?:\w+:)?workbookPr[^>]*date1904=[\"'](?:1|true)[\"']")
_GLOBALS = bytes.fromhex("0908100000060500")  # BOF of the workbook globals in BIFF8
_DATEMODE, _EOF = 0x22, 0x0A
_LARGEST = 2**29  # bytes unpacked; no office's table is larger, a zip bomb is


class WorkbookError(ValueError):
    """A spreadsheet file that cannot be read; the text says what to do, in Chinese."""


def workbook(content: bytes) -> list[Sheet]:
    """The worksheets of a spreadsheet file in their order, with raw cell types, merges and date system.

    Formulas give the values that the file remembers. Raises WorkbookError for what is no workbook.
    """
    try:
        epoch = _epoch(content)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [
                _sheet(book.get_sheet_by_name(meta.name), epoch, is_hidden=meta.visible != SheetVisibleEnum.Visible)
                for meta in book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except WorkbookError:
        raise
    except PasswordError:
        raise WorkbookError("文件设有打开密码，请去掉密码后再报") from None
    except BaseException as error:
        # Garbled bytes fail in many ways, a Rust panic (no Exception) among them; only what stops the process may pass.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError | GeneratorExit):
            raise
        raise WorkbookError("文件不完整或已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再报送") from error


def _sheet(sheet: CalamineSheet, epoch: Literal[1900, 1904], *, is_hidden: bool) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    merges: list[Merge] = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    numbered = [Row(number, _cells(values)) for number, values in enumerate(rows, start=1)]
    return Sheet(sheet.name, numbered, merges, epoch, is_hidden)


def _cells(values: Sequence[object]) -> list[Cell]:
    return [cell(value) for value in values]


def _epoch(content: bytes) -> Literal[1900, 1904]:
    """The date system of the file: bare serial numbers in date columns depend on it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise WorkbookError(f"文件展开后超过 {_LARGEST // 2**20} MB，请拆分后再报")
            if "xl/workbook.xml" not in archive.namelist():
                return 1900
            with archive.open("xl/workbook.xml") as part:
                return 1904 if _DATE1904.search(part.read(65536)) else 1900
    return 1904 if _has_1904_record(content) else 1900


def _has_1904_record(content: bytes) -> bool:
    """Walk the BIFF records of the workbook globals up to DATEMODE."""
    place = content.find(_GLOBALS)
    while 0 <= place <= len(content) - 6:
        record, length = struct.unpack_from("<HH", content, place)
        if record == _DATEMODE:
            return bool(struct.unpack_from("<H", content, place + 4)[0])
        if record == _EOF:
            return False
        place += 4 + length
    return False
