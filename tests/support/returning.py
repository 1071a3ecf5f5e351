"""What a unit does with a workbook that came back: opens it, corrects marked cells, sends it in again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

LIST = "退回清单"


def returned(root: Path, stem: str) -> Path:
    """The one workbook in the outbox that was made from the file of that name."""
    [path] = (root / "outbox").glob(f"*/退回修改_{stem}_*.xlsx")
    return path


def marked_cells(path: Path) -> dict[tuple[str, str], str]:
    """(sheet, cell) → what stands there, for every cell that bears our comment; the list itself bears none."""
    book = load_workbook(path)
    return {
        (sheet.title, cell.coordinate): "" if cell.value is None else str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def corrected(
    path: Path, target: Path, cells: Mapping[tuple[str, str], Any], then: Callable[[Workbook], None] | None = None
) -> None:
    """The workbook with these cells rewritten and nothing else, saved where the unit puts it."""
    book = load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    if then:
        then(book)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def handled(book: Workbook, number: int, handling: str, note: str = "") -> None:
    """Write into 处理 and 说明 of the n-th finding."""
    sheet = book[LIST]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "处理" for cell in row))
    columns = {cell.value: cell.column for cell in head}
    sheet.cell(head[0].row + number, columns["处理"]).value = handling
    sheet.cell(head[0].row + number, columns["说明"]).value = note


def only_rows(book: Workbook, *, kept: Mapping[str, set[int]], heads: Mapping[str, int]) -> None:
    """Leave only these rows below each header; sheets without any go."""
    for sheet in list(book.worksheets):
        if sheet.title == LIST:
            continue
        if sheet.title not in kept:
            book.remove(sheet)
            continue
        for row_no in range(sheet.max_row, heads[sheet.title], -1):
            if row_no not in kept[sheet.title]:
                sheet.delete_rows(row_no)


def without_column(sheet: Worksheet, label: str) -> None:
    """Delete the column under that header, as a tidy clerk would."""
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == label)
    sheet.delete_cols(head.column)
