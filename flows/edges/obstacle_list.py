"""结账障碍清单: what stands in the way of a close, as a workbook for the people who clear it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from flows.edges.sheets import MONEY, cell_format, head_format, height_of, workbook, write_head

_COLUMNS = [("序号", 6), ("单位", 20), ("障碍", 52), ("位置", 36), ("日期", 14), ("金额（元）", 14), ("办法", 36)]
_TEXTS = ((1, "unit"), (2, "message"), (3, "where"), (4, "days"), (6, "way_out"))
_HEAD_ROW = 1


def obstacle_workbook(title: str, lines: Sequence[Mapping[str, Any]]) -> bytes:
    """One row an obstacle; `lines` have unit, message, where, days, amount_yuan, way_out."""

    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("结账障碍")
        last = len(_COLUMNS) - 1
        sheet.merge_range(0, 0, 0, last, title, made.add_format({"bold": True, "font_size": 16, "align": "center"}))
        sheet.set_row(0, 28)
        write_head(sheet, _HEAD_ROW, _COLUMNS, head_format(made))
        text, money = cell_format(made), cell_format(made, num_format=MONEY)
        middle = cell_format(made, align="center")
        for number, line in enumerate(lines, start=1):
            row = _HEAD_ROW + number
            sheet.set_row(row, height_of((str(line[key] or ""), _COLUMNS[place][1]) for place, key in _TEXTS))
            sheet.write_number(row, 0, number, middle)
            for place, key in _TEXTS:
                sheet.write_string(row, place, str(line[key] or ""), text)
            if line["amount_yuan"] is None:
                sheet.write_blank(row, 5, None, money)
            else:
                sheet.write_number(row, 5, line["amount_yuan"], money)
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(lines), last)

    return workbook(fill)


def days(first: date | None, last: date | None) -> str:
    """2021-12-01, or 2021-12-01 至 2021-12-31."""
    if first is None:
        return ""
    return first.isoformat() if last is None or last == first else f"{first.isoformat()} 至 {last.isoformat()}"
