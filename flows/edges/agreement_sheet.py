"""台账与银行核对表: the month's agreement of bank and books of one unit, as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xlsxwriter import Workbook

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


def agreement_workbook(
    rows: Sequence[Mapping[str, Any]], *, unit: str, month_end_on: date, labels: Mapping[str, str], note: str = ""
) -> bytes:
    """One row per account, source and direction; amounts in yuan, as the agreement has them; what is open in red.

    `note`: said below the table.
    """

    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("核对表")
        last = len(_COLUMNS) - 1
        sheet.merge_range(
            0, 0, 0, last, "台账与银行核对表", made.add_format({"bold": True, "font_size": 16, "align": "center"})
        )
        sheet.set_row(0, 28)
        sheet.write_string(1, 0, f"单位名称：{unit}")
        sheet.write_string(2, 0, f"截至{month_end_on.year}年{month_end_on.month}月{month_end_on.day}日")
        sheet.write_string(2, last, "单位：元", made.add_format({"align": "right"}))
        write_head(sheet, _HEAD_ROW, [(label, width) for _, label, width in _COLUMNS], head_format(made))
        text, money = cell_format(made, align="center"), cell_format(made, num_format=MONEY)
        open_money = cell_format(made, num_format=MONEY, bold=True, font_color="#C00000")
        for number, row in enumerate(rows, start=_HEAD_ROW + 1):
            for place, (name, _, _) in enumerate(_COLUMNS):
                if name.endswith("_yuan"):
                    sheet.write_number(number, place, row[name], open_money if name in _OPEN and row[name] else money)
                else:
                    sheet.write_string(number, place, _shown(name, row[name], labels), text)
        if note:
            below = _HEAD_ROW + 2 + len(rows)
            sheet.merge_range(below, 0, below, last, note, made.add_format({"text_wrap": True, "valign": "vcenter"}))
            sheet.set_row(below, height_of([(note, sum(width for _, _, width in _COLUMNS))]))

    return workbook(fill)


def _shown(name: str, value: str | None, labels: Mapping[str, str]) -> str:
    if name == "fund_source":
        return labels.get(value or "", "—")
    if name == "direction":
        return _DIRECTIONS[value or "out"]
    return value or "—"
