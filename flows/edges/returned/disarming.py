"""What may not leave the house in a workbook that somebody sent: what computes, calls, or reaches outside it.

Macros, controls and links to other workbooks are never opened (`original.py`); here goes what stands in the sheets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook.defined_name import DefinedNameDict
from openpyxl.worksheet.worksheet import Worksheet

from flows.edges.returned.values import put_value
from transforms.parsed.cells import EMPTY, Cell, Sheet

_SUM = re.compile(r"=(SUM|SUBTOTAL)\([A-Z0-9$:,]+\)")
_OTHER_FILE = re.compile(r"\[\d+\]")


def disarm(book: Workbook, read: Mapping[str, Sheet], data: Mapping[str, int]) -> None:
    """`read`: the sheets as they were read; `data`: sheet → its last data row."""
    _drop_names(book.defined_names)
    for sheet in book.worksheets:
        _drop_names(sheet.defined_names)
        rows = {row.row_no: row for row in read[sheet.title].rows} if sheet.title in read else {}
        for line, row in enumerate(sheet.iter_rows(), start=1):
            _settle_row(row, rows[line].cells if line in rows else (), is_data=line <= data.get(sheet.title, 0))
        _drop_rules(sheet)
        sheet._pivots = []  # type: ignore[attr-defined]  # with the rows of a table that may lie elsewhere


def _settle_row(row: Sequence[SheetCell | MergedCell], cells: Sequence[Cell], *, is_data: bool) -> None:
    """A formula becomes the value that the file remembers; plain sums below the data go on adding up.

    A link to a place outside the workbook goes, its words stay.
    """
    for place, cell in enumerate(row):
        if not isinstance(cell, SheetCell):
            continue
        if cell.data_type == "f" and (is_data or not _SUM.fullmatch(str(cell.value).upper())):
            put_value(cell, cells[place] if place < len(cells) else EMPTY)
        if cell.hyperlink is not None and cell.hyperlink.target:
            cell.hyperlink = None


def _drop_rules(sheet: Worksheet) -> None:
    """Drop-downs and conditional formats that look into another file, and what a table would compute in a new row."""
    kept = [
        each
        for each in sheet.data_validations.dataValidation
        if not _OTHER_FILE.search(f"{each.formula1}{each.formula2}")
    ]
    sheet.data_validations.dataValidation = kept
    for each in list(sheet.conditional_formatting):
        if any(_OTHER_FILE.search(str(text)) for rule in each.rules for text in rule.formula):
            del sheet.conditional_formatting[each.sqref]
    for column in (column for table in sheet.tables.values() for column in table.tableColumns):
        column.calculatedColumnFormula = column.totalsRowFormula = None


def _drop_names(names: DefinedNameDict) -> None:
    for name in [name for name, told in names.items() if _OTHER_FILE.search(str(told.attr_text))]:
        del names[name]
