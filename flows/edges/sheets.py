"""How the workbooks that we write look: one font, A4 across, the header on every page, amounts with separators.

The same content gives the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable
from datetime import datetime
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MONEY = "#,##0.00"
DATE = "yyyy-mm-dd"
TEXT = "@"
HEAD_HEIGHT = 30
LINE_HEIGHT = 18.0
_FONT = {"font_name": "宋体", "font_size": 11}
_MADE_AT = datetime(2000, 1, 1)  # a workbook says nothing of the clock
_A4 = 9
_HEAD = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#F2F2F2"}


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    """The workbook that `fill` fills."""
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "default_format_properties": dict(_FONT)}) as made:  # it writes into them
        made.set_properties({"created": _MADE_AT})
        fill(made)
    return target.getvalue()


def head_format(made: Workbook, **more: object) -> Format:
    """The cells of a header."""
    return made.add_format(_HEAD | more)


def cell_format(made: Workbook, **more: object) -> Format:
    """The cells of a table: bordered, long texts on several lines."""
    return made.add_format({"border": 1, "valign": "vcenter", "text_wrap": True} | more)


def write_head(sheet: Worksheet, row: int, columns: list[tuple[str, int]], style: Format) -> None:
    """A header of (label, width) in this row: it stays on the screen and stands on every printed page."""
    for place, (label, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(row, place, label, style)
    keep_head(sheet, row)


def keep_head(sheet: Worksheet, row: int) -> None:
    """Everything down to this row stays in sight; on paper: A4 across, as wide as the page, pages numbered."""
    sheet.set_row(row, HEAD_HEIGHT)
    sheet.freeze_panes(row + 1, 0)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(row)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C第&P页　共&N页")


def height_of(texts: Iterable[tuple[str, int]]) -> float:
    """Points that a row needs to show each text whole in a column of that width: no program measures them alike."""
    return LINE_HEIGHT * max((math.ceil(_wide(text) / (width - 1)) for text, width in texts if text), default=1)


def _wide(text: str) -> int:
    """Columns that a text takes: a Chinese character two."""
    return sum(1 if east_asian_width(character) in ("H", "N", "Na") else 2 for character in text)
