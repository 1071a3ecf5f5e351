"""Spreadsheet bytes → sheets. .xlsx, .xls, .et and .wps alike: what is inside decides, not the name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Literal

import polars as pl
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from transforms.parsed.cells import DATE_KIND, KINDS, LOST_FROM, NUMBER_KIND, TEXT_KIND, Merge, Sheet, Unshown, cell
from transforms.parsed.unseen import Places, unseen

_DATE1904 = re.compile(rb"<(?:\w+:)?workbookPr[^>]*date1904=[\"'](?:1|true)[\"']")
_GLOBALS = bytes.fromhex("0908100000060500")  # BOF of the workbook globals in BIFF8
_DATEMODE, _EOF = 0x22, 0x0A
_PIECE = 10_000  # rows
_SHORT = 256  # cells: up to so many are read sooner one by one than as a column


class WorkbookError(ValueError):
    """A spreadsheet file that cannot be read; the text says what to do, in Chinese."""


def workbook(content: bytes, computed: Collection[str] | None = None) -> list[Sheet]:
    """The worksheets of a spreadsheet file in their order, with raw cell types, merges and date system.

    Formulas give the values that the file remembers. `computed`: the parts with errors or formulas, where that is known
    (`guard.check`). Raises WorkbookError for what is no workbook.
    """
    try:
        epoch = _epoch(content)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            listed = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            read = [book.get_sheet_by_name(meta.name) for meta in listed]
            not_shown = unseen(content, computed)  # now that it is known to be well-formed
            return [
                _sheet(each, epoch, not_shown.get(meta.name, {}), is_hidden=meta.visible != SheetVisibleEnum.Visible)
                for each, meta in zip(read, listed, strict=True)
            ]
    except PasswordError:
        raise WorkbookError("文件设有打开密码，请去掉密码后再报") from None
    except BaseException as error:
        # Garbled bytes fail in many ways, a Rust panic (no Exception) among them; only what stops the process may pass.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError | GeneratorExit):
            raise
        raise WorkbookError("文件不完整或已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再报送") from error


def _sheet(sheet: CalamineSheet, epoch: Literal[1900, 1904], not_shown: Places, *, is_hidden: bool) -> Sheet:
    """Read in pieces, so that the cells are never all at hand as objects."""
    rows, texts, kinds, first = _rows(sheet, not_shown), [], [], 0
    while piece := list(islice(rows, _PIECE)):
        for row, column in not_shown:
            if first <= row < first + len(piece):
                piece[row - first][column] = Unshown(not_shown[row, column])
        columns = [_column(str(place), values) for place, values in enumerate(zip(*piece, strict=True))]
        texts.append(pl.DataFrame([column for column, _ in columns]))
        kinds.append(pl.DataFrame([column for _, column in columns]))
        first += len(piece)
    merges: list[Merge] = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    made = pl.concat(texts, rechunk=True) if texts else pl.DataFrame()
    numbers = pl.int_range(1, made.height + 1, dtype=pl.Int32, eager=True)
    return Sheet(sheet.name, made, numbers, pl.concat(kinds) if kinds else None, merges, epoch, is_hidden)


def _rows(sheet: CalamineSheet, not_shown: Places) -> Iterator[list[Any]]:
    """All rows from the first, as wide as the widest; the library leaves out empty columns before and rows behind."""
    indent = [""] * (sheet.start[1] if sheet.start else 0)
    width = max([column + 1 for _, column in not_shown], default=0)
    count = 0
    for count, row in enumerate(sheet.iter_rows(), start=1):  # noqa: B007 - counted on purpose
        yield indent + row + [""] * (width - len(indent) - len(row)) if indent or width else row
    for _ in range(count, max([row + 1 for row, _ in not_shown], default=0)):
        yield [""] * max(width, len(indent) + sheet.width)


def _column(name: str, values: Sequence[Any]) -> tuple[pl.Series, pl.Series]:
    """Texts and kinds of some cells of one column. Most long ones hold one type; equal values are read once."""
    types = set(map(type, values)) if len(values) > _SHORT else None
    if types == {str}:
        column = pl.Series(name, values, dtype=pl.String)
        texts = column.set(column.str.strip_chars() == "", None)
        return texts, texts.is_not_null().cast(pl.UInt8) * TEXT_KIND
    if types == {date}:
        days = pl.Series(name, values, dtype=pl.Date)
        return days.dt.to_string("%Y-%m-%d"), _all_of(DATE_KIND, name, len(values))
    if types == {float}:
        numbers = pl.Series(name, values, dtype=pl.Float64)
        if ((numbers == numbers.floor()) & (numbers.abs() < LOST_FROM)).all():
            return numbers.cast(pl.Int64).cast(pl.String), _all_of(NUMBER_KIND, name, len(values))
    known: dict[tuple[type, Any], tuple[str | None, int]] = {}
    cells = [known.get((type(value), value)) or _known(value, known) for value in values]
    return (
        pl.Series(name, [text for text, _ in cells], dtype=pl.String),
        pl.Series(name, [kind for _, kind in cells], dtype=pl.UInt8),
    )


def _all_of(kind: int, name: str, count: int) -> pl.Series:
    return pl.Series(name, [kind], dtype=pl.UInt8).new_from_index(0, count)


def _known(value: Any, known: dict[tuple[type, Any], tuple[str | None, int]]) -> tuple[str | None, int]:
    text, kind = cell(value)
    known[type(value), value] = made = (text or None, KINDS.index(kind))
    return made


def _epoch(content: bytes) -> Literal[1900, 1904]:
    """The date system of the file: bare serial numbers in date columns depend on it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
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
