"""退回清单: the first sheet, one line a finding, with room for what the unit says of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from flows.edges.returned.asked import ReturnedFile
from flows.edges.returned.marking import Found
from transforms.columns import Rules

_FONT = "宋体"
_THIN = Border(*(Side(style="thin", color="A6A6A6"),) * 4)
_HEAD = PatternFill("solid", fgColor="DDEBF7")
_ANSWERED = PatternFill("solid", fgColor="E2EFDA")
_CENTRED = ("number", "level", "cell", "handling")
_QUIET = ("finding", "token")
_LINE = 15.5


def write_list(
    book: Workbook, file: ReturnedFile, found: Sequence[Found], rules: Rules, words: Mapping[str, Any]
) -> None:
    """Put the list before the unit's own sheets."""
    sheet = book.create_sheet(rules.returned["list_sheet"], 0)
    columns = words["columns"]
    _write_title(sheet, file, words, len(columns))
    head = len(words["how_to"]) + 2
    for place, column in enumerate(columns, start=1):
        _styled(sheet.cell(head, place, column["label"]), is_head=True)
        sheet.column_dimensions[get_column_letter(place)].width = column["width"]
    sheet.row_dimensions[head].height = 24
    for number, each in enumerate(found, start=1):
        _write_line(sheet, head + number, number, each, words)
    _offer_handlings(sheet, columns, head, len(found), rules)
    _set_up(sheet, columns, head, len(found))
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _write_title(sheet: Worksheet, file: ReturnedFile, words: Mapping[str, Any], width: int) -> None:
    name = file.source_file.replace("!", "/").rpartition("/")[2]
    lines = [words["title"].format(file=name), *words["how_to"]]
    shown = width - 2  # behind the number and the hidden token nobody reads on
    for row, text in enumerate(lines, start=1):
        cell = sheet.cell(row, 1, text)
        cell.font = Font(name=_FONT, size=16 if row == 1 else 11, bold=row == 1)
        cell.alignment = Alignment(vertical="center")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=shown)
        sheet.row_dimensions[row].height = 30 if row == 1 else 18
    mark = sheet.cell(1, width, file.mark.text)
    mark.font = Font(size=8, color="FFFFFF")


def _write_line(sheet: Worksheet, row: int, number: int, each: Found, words: Mapping[str, Any]) -> None:
    said = each.said
    is_cell = bool(each.cell)
    values = {
        "number": number,
        "level": words["levels"][said.severity],
        "sheet": each.worksheet or words["whole_file"],
        "cell": each.cell if is_cell else words["whole_sheet"] if each.worksheet else "",
        "value": _value(each, words),
        "sentence": said.sentence,
        "wanted": each.wanted,
        "example": each.example,
        "way_out": said.way_out,
        "finding": said.finding_id,
        "token": each.token,
    }
    lines = 1
    for place, column in enumerate(words["columns"], start=1):
        cell = sheet.cell(row, place)
        value = values.get(column["key"])
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
        if isinstance(cell.value, str):
            cell.data_type, cell.number_format = "s", "@"
            wide = sum(1 + (ord(sign) > 255) for sign in cell.value)
            lines = max(lines, 1 if column["key"] in _QUIET else math.ceil(wide / (column["width"] - 1)))
        _styled(cell, key=column["key"])
        if column["key"] == "level":
            cell.fill = PatternFill("solid", fgColor=words["colours"][said.severity])
        if column["key"] == "cell" and is_cell:
            cell.hyperlink = f"#'{each.worksheet.replace(chr(39), chr(39) * 2)}'!{each.cell}"
            cell.font = Font(name=_FONT, size=11, underline="single", color="0563C1")
    sheet.row_dimensions[row].height = max(20.0, _LINE * min(lines, 12) + 4)


def _value(each: Found, words: Mapping[str, Any]) -> str:
    """What stands in the cell, and of whom, where the cell does not say it."""
    if not each.person:
        return each.value
    return str(words["of_person"].format(person=each.person, value=each.value or words["empty"]))


def _styled(cell: Cell | MergedCell, *, key: str = "", is_head: bool = False) -> None:
    is_quiet = key in _QUIET
    cell.font = Font(name=_FONT, size=9 if is_quiet else 11, bold=is_head, color="808080" if is_quiet else "000000")
    cell.border = _THIN
    across = "center" if is_head or key in _CENTRED else "left"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    if is_head:
        cell.fill = _HEAD
    elif key in ("handling", "note"):
        cell.fill = _ANSWERED


def _offer_handlings(
    sheet: Worksheet, columns: Sequence[Mapping[str, Any]], head: int, count: int, rules: Rules
) -> None:
    words = ",".join(rules.returned[f"handling_{code}"] for code in ("amend", "delete", "explain"))
    offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
    place = get_column_letter([column["key"] for column in columns].index("handling") + 1)
    offered.add(f"{place}{head + 1}:{place}{head + count}")
    sheet.add_data_validation(offered)


def _set_up(sheet: Worksheet, columns: Sequence[Mapping[str, Any]], head: int, count: int) -> None:
    """The header stays in sight; on paper: A4 across, as wide as the page, header on every page, pages numbered."""
    last = get_column_letter(len(columns))
    sheet.column_dimensions[last].hidden = True
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(columns) - 1)}{head + count}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = f"A1:{get_column_letter(len(columns) - 1)}{head + count}"
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第&P页　共&N页"))
    sheet.sheet_properties.tabColor = "C00000"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.4
