"""The unit's own workbook, to be marked: opened as it is; an old .xls or a text file as .xlsx with the same cells."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from flows.edges.returned.disarming import disarm
from flows.edges.returned.values import put_value, settled
from transforms.columns import Rules
from transforms.parsed.cells import Cell, Row, Sheet
from transforms.parsed.delimited import delimited
from transforms.parsed.marks import is_list, unmarked
from transforms.parsed.workbook import workbook

AUTHOR = "明账"  # of our comments, by which a second return knows its own
_WIDEST = 40
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_HEAD = PatternFill("solid", fgColor="F2F2F2")
_THIN = Border(*(Side(style="thin", color="BFBFBF"),) * 4)


class Original:
    """A received file, read and open for marking. `sheets`: as read, by name; `names`: name read → worksheet."""

    def __init__(
        self, content: bytes, *, stem: str, rules: Rules, heads: Mapping[str, int], data: Mapping[str, int]
    ) -> None:
        """`heads`: sheet → its header row; `data`: its last data row; down to it every value must be kept exactly."""
        read = workbook(content) if _is_workbook(content) else [delimited(content)]
        ours = [sheet.name for sheet in read if is_list(sheet, rules)]
        sheets = [unmarked(sheet, None, rules)[0] for sheet in read if sheet.name not in ours]
        self.sheets = {sheet.name: sheet for sheet in sheets}
        self.names = {sheet.name: sheet.name or _sheet_name(stem) for sheet in sheets}
        self._rows = {name: {row.row_no: row for row in sheet.rows} for name, sheet in self.sheets.items()}
        opened = _opened(content, self.sheets, data, ours, rules) if content.startswith(b"PK") else None
        self.book = opened or self._rebuilt(heads)

    def worksheet(self, sheet: str) -> Worksheet:
        """The worksheet of a sheet as it was read."""
        made: Worksheet = self.book[self.names[sheet]]
        return made

    def texts(self, sheet: str, row_no: int) -> list[str]:
        """What stands in the cells of a row."""
        row = self._rows[sheet].get(row_no)
        return [cell.text for cell in row.cells] if row else []

    def _rebuilt(self, heads: Mapping[str, int]) -> Workbook:
        book = Workbook()
        del book["Sheet"]
        for sheet in self.sheets.values():
            if sheet.epoch == 1904:
                book.epoch = CALENDAR_MAC_1904
            made = book.create_sheet(self.names[sheet.name])
            _fill(made, sheet, heads.get(sheet.name, 0))
            if sheet.is_hidden:
                made.sheet_state = "hidden"
        return book


def _is_workbook(content: bytes) -> bool:
    return content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def _sheet_name(stem: str) -> str:
    """A file's name as the name of a sheet; there is only the one."""
    return stem.translate(_NOT_IN_SHEET_NAMES)[:31].strip() or "数据"


def _opened(
    content: bytes, sheets: Mapping[str, Sheet], data: Mapping[str, int], ours: Sequence[str], rules: Rules
) -> Workbook | None:
    """The workbook with its looks; None where that program would change a value on the way."""
    try:
        book = load_workbook(io.BytesIO(content), rich_text=True, keep_links=False)
        for name in ours:
            del book[name]
        for name in data:
            _unmark(book[name], rules)
        disarm(book, sheets, data)
        saved = io.BytesIO()
        book.save(saved)
        again = {sheet.name: sheet for sheet in workbook(saved.getvalue())}
    except Exception:  # whatever it stumbles over: the values are what counts, and rebuilding keeps them
        return None
    return book if all(_top(again[name], last) == _top(sheets[name], last) for name, last in data.items()) else None


def _unmark(sheet: Worksheet, rules: Rules) -> None:
    """What an earlier return has put in, its tokens, comments and colours, goes: this one makes its own."""
    marks = {
        place: line
        for line, row in enumerate(sheet.iter_rows(max_row=rules.header_rows + 1), start=1)
        for place, cell in enumerate(row)
        if cell.value == rules.returned["row_mark"]
    }
    for line, row in enumerate(sheet.iter_rows(), start=1):
        for place, cell in enumerate(row):
            if line >= marks.get(place, line + 1):
                cell.value = None
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment, cell.fill = None, PatternFill()


def _top(sheet: Sheet, last: int) -> list[tuple[int, list[Cell]]]:
    """What is read down to a row, without empty ends."""
    return [(row.row_no, _trimmed(row)) for row in sheet.rows if row.row_no <= last and _trimmed(row)]


def _trimmed(row: Row) -> list[Cell]:
    cells = [settled(cell) for cell in row.cells]
    while cells and not cells[-1].text:
        cells.pop()
    return cells


def _fill(made: Worksheet, sheet: Sheet, head: int) -> None:
    widths: dict[int, int] = {}
    for row in sheet.rows:
        for place, cell in enumerate(row.cells, start=1):
            if cell.text:
                target = made.cell(row.row_no, place)
                put_value(target, cell)
                target.font = Font(name="宋体", size=11, bold=row.row_no == head)
                target.alignment = Alignment(vertical="center")
                if row.row_no < head:
                    continue  # a title is as wide as it is
                target.border = _THIN
                target.fill = _HEAD if row.row_no == head else PatternFill()
                widths[place] = max(
                    widths.get(place, 8), min(_WIDEST, sum(1 + (ord(sign) > 255) for sign in cell.text))
                )
    for top, left, bottom, right in sheet.merges:
        made.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for place, width in widths.items():
        made.column_dimensions[get_column_letter(place)].width = width + 2
    made.freeze_panes = f"A{head + 1}" if head else None
    made.page_setup.orientation = "landscape"
    made.page_setup.paperSize = made.PAPERSIZE_A4
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
