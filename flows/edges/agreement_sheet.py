"""台账与银行核对表: the month's agreement of bank and books of one unit, as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from flows.edges.balance_sheet import Balances, balance_sheet
from flows.edges.sheets import MONEY, cell_format, head_format, height_of, workbook, write_head

_COLUMNS = (
    ("account_last4", "账号末四位", 12),
    ("fund_source", "资金来源", 18),
    ("direction", "收支", 8),
    ("bank_total_yuan", "银行合计", 16),
    ("bank_matched_yuan", "银行已核对", 16),
    ("bank_without_entry_yuan", "其中无需入账", 16),
    ("bank_open_yuan", "银行未核对", 16),
    ("books_total_yuan", "台账合计", 16),
    ("books_matched_yuan", "台账已核对", 16),
    ("books_open_yuan", "台账未核对", 16),
)
_OPEN = ("bank_open_yuan", "books_open_yuan")
_DIRECTIONS = {"in": "收入", "out": "支出"}
_HEAD_ROW = 3


@dataclass(frozen=True)
class Agreement:
    """What one unit's workbook shows. `note`: said below the table; `balances`: None without any statement."""

    unit: str
    month_end_on: date
    rows: Sequence[Mapping[str, Any]]
    labels: Mapping[str, str]
    note: str = ""
    balances: Balances | None = None


def agreement_workbook(told: Agreement, words: Mapping[str, Any]) -> bytes:
    """The agreement, and 专项资金余额核对表 in these words on a sheet of its own."""

    def fill(made: Workbook) -> None:
        _statement(made, told)
        if told.balances:
            balance_sheet(made, told.balances, unit=told.unit, words=words)

    return workbook(fill)


def _statement(made: Workbook, told: Agreement) -> None:
    """One row per account, source and direction; amounts in yuan, as the agreement has them; what is open in red."""
    sheet, last, day = made.add_worksheet("核对表"), len(_COLUMNS) - 1, told.month_end_on
    title = made.add_format({"bold": True, "font_size": 16, "align": "center"})
    sheet.merge_range(0, 0, 0, last, "台账与银行核对表", title)
    sheet.set_row(0, 28)
    sheet.write_string(1, 0, f"单位名称：{told.unit}")
    sheet.write_string(2, 0, f"截至{day.year}年{day.month}月{day.day}日")
    sheet.write_string(2, last, "单位：元", made.add_format({"align": "right"}))
    write_head(sheet, _HEAD_ROW, [(label, width) for _, label, width in _COLUMNS], head_format(made))
    text, money = cell_format(made, align="center"), cell_format(made, num_format=MONEY)
    open_money = cell_format(made, num_format=MONEY, bold=True, font_color="#C00000")
    for number, row in enumerate(told.rows, start=_HEAD_ROW + 1):
        for place, (name, _, _) in enumerate(_COLUMNS):
            if name.endswith("_yuan"):
                sheet.write_number(number, place, row[name], open_money if name in _OPEN and row[name] else money)
            else:
                sheet.write_string(number, place, _shown(name, row[name], told.labels), text)
    if told.note:
        below = _HEAD_ROW + 2 + len(told.rows)
        wrapped = made.add_format({"text_wrap": True, "valign": "vcenter"})
        sheet.merge_range(below, 0, below, last, told.note, wrapped)
        sheet.set_row(below, height_of([(told.note, sum(width for _, _, width in _COLUMNS))]))


def _shown(name: str, value: str | None, labels: Mapping[str, str]) -> str:
    if name == "fund_source":
        return labels.get(value or "", "—")
    if name == "direction":
        return _DIRECTIONS[value or "out"]
    return value or "—"
