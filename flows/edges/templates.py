"""Blank input workbooks, one a kind, headed as the contracts of `expectations` name the columns."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from expectations.contracts import Column, Contract, load_contracts
from flows.edges.files import write_whole

_REQUIRED = {"true": "必填", "error": "应填", "conditional": "有条件必填", "false": ""}
_TEXT_TYPES = {"text", "id_number", "card", "account", "enum"}
_DATE_FORMAT = "yyyy-mm-dd"


def write_templates(folder: Path) -> list[Path]:
    """One workbook for each kind that people fill in; those that banks export have layouts instead."""
    written = []
    for contract in load_contracts().values():
        if not contract.by_layout:
            path = folder / f"{contract.title_zh}.xlsx"
            write_whole(path, blank_workbook(contract))
            written.append(path)
    return written


def blank_workbook(contract: Contract) -> bytes:
    """The header of a kind, its required columns marked, and a second sheet that explains every column."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(contract.title_zh)
        formats = {
            True: workbook.add_format({"bold": True, "bg_color": "#F4D9C6", "border": 1}),
            False: workbook.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1}),
        }
        text = workbook.add_format({"num_format": "@"})
        date = workbook.add_format({"num_format": _DATE_FORMAT})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(contract.headers):
            sheet.write_string(0, place, header_of(column), formats[column.required != "false"])
            kind = column.field.type.partition(":")[0]
            cells = text if kind in _TEXT_TYPES else date if kind == "date" else None
            sheet.set_column(place, place, max(12, 2 * len(header_of(column)) + 2), cells)
        _explain(workbook.add_worksheet("填表说明"), contract)
    return target.getvalue()


def header_of(column: Column) -> str:
    """What stands in the first row: the column's name, * where it must be filled in."""
    return column.field.label_zh + ("*" if column.required == "true" else "")


def _explain(sheet: xlsxwriter.worksheet.Worksheet, contract: Contract) -> None:
    sheet.write_row(0, 0, ["栏目", "要求", "含义", "也可以写作"])
    for row, column in enumerate(contract.headers, start=1):
        words = "、".join(column.field.synonyms)
        sheet.write_row(row, 0, [column.field.label_zh, _REQUIRED[column.required], column.field.meaning_zh, words])
    for place, width in enumerate((16, 12, 60, 60)):
        sheet.set_column(place, place, width)
