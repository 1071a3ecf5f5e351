"""结账障碍清单: what stands in the way of a close, as a workbook for the people who clear it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from flows.edges.files import write_whole
from flows.edges.workspace import Workspace

_COLUMNS = (("序号", 6), ("单位", 24), ("障碍", 60), ("位置", 48), ("日期", 24), ("金额（元）", 16), ("办法", 60))


def write_obstacle_list(workspace: Workspace, *, title: str, name: str, lines: Sequence[Mapping[str, Any]]) -> Path:
    """Write `outbox/<own unit>/<name>.xlsx`; `lines` have unit, message, where, days, amount_yuan, way_out."""
    path = workspace.outbox / workspace.settings.unit / f"{name}.xlsx"
    write_whole(path, _workbook(title, lines))
    return path


def days(first: date | None, last: date | None) -> str:
    """2021-12-01, or 2021-12-01 至 2021-12-31."""
    if first is None:
        return ""
    return first.isoformat() if last is None or last == first else f"{first.isoformat()} 至 {last.isoformat()}"


def _workbook(title: str, lines: Sequence[Mapping[str, Any]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("结账障碍")
        head = workbook.add_format({"bold": True, "bg_color": "#F4D9C6", "border": 1, "valign": "vcenter"})
        text = workbook.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        money = workbook.add_format({"border": 1, "num_format": "#,##0.00", "valign": "top"})
        sheet.merge_range(0, 0, 0, len(_COLUMNS) - 1, title, workbook.add_format({"bold": True, "font_size": 14}))
        for place, (label, width) in enumerate(_COLUMNS):
            sheet.write_string(1, place, label, head)
            sheet.set_column(place, place, width)
        for number, line in enumerate(lines, start=1):
            row = number + 1
            sheet.write_number(row, 0, number, text)
            for place, key in ((1, "unit"), (2, "message"), (3, "where"), (4, "days"), (6, "way_out")):
                sheet.write_string(row, place, str(line[key] or ""), text)
            if line["amount_yuan"] is None:
                sheet.write_blank(row, 5, None, text)
            else:
                sheet.write_number(row, 5, line["amount_yuan"], money)
        sheet.freeze_panes(2, 0)
        sheet.autofilter(1, 0, 1 + len(lines), len(_COLUMNS) - 1)
    return target.getvalue()
