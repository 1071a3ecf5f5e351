"""One cell as it was read, written into a workbook so that it stays what it was and never becomes a formula."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.cell.cell import Cell as SheetCell

from transforms.parsed.cells import EMPTY, Cell


def settled(cell: Cell) -> Cell:
    """A cell as it will be read again: an error as its text, a formula without value as nothing: nobody knows it."""
    if cell.kind != "error":
        return cell
    return EMPTY if cell.text.startswith("=") else Cell(cell.text)


def put_value(target: SheetCell | MergedCell, cell: Cell) -> None:
    """Long numbers of text files stay text, a number stays the number, a day a day."""
    cell = settled(cell)
    match cell.kind:
        case "empty":
            target.value = None
        case "number":
            number = Decimal(cell.text)
            target.value = int(number) if number == number.to_integral_value() else float(number)
        case "date":
            is_day = len(cell.text) == len("2021-01-01")
            target.value = date.fromisoformat(cell.text) if is_day else datetime.fromisoformat(cell.text)
            target.number_format = "yyyy-mm-dd" if is_day else "yyyy-mm-dd hh:mm:ss"
        case "bool":
            target.value = cell.text == "TRUE"
        case _:
            target.value = ILLEGAL_CHARACTERS_RE.sub("", cell.text)
            target.data_type = "s"  # also where it begins with =
            target.number_format = "@"
