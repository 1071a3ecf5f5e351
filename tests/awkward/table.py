"""A payment list as its writer knows it, and the ways in which offices write it: nothing here reads a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

NAMES = (
    "name", "id_number", "aid_category", "amount_yuan", "card_no", "fund_source", "budget_year", "batch_no", "paid_on",
    "file_no",
)  # fmt: skip
HEADS = dict(
    zip(
        NAMES,
        ("姓名", "身份证号", "帮扶项目", "金额", "银行卡号", "资金来源", "预算年度", "批次号", "发放日期", "档案编号"),
        strict=True,
    )
)
TRUTH: tuple[dict[str, Any], ...] = tuple(
    dict(zip(NAMES, values, strict=True))
    for values in (
        ("张三", "430602199001011238", "living_aid", "1200.00", "6222021234567890123", "central", 2021, "P1",
         dt.date(2021, 12, 3), "D1"),
        ("欧阳小英", "11010519491231002X", "medical_aid", "35000.50", "621700123456789012", "central", 2021, "P1",
         dt.date(2021, 12, 3), "D2"),
        ("买买提·艾力", "430602850101123", "warmth_visit", "1000.00", "6217001234567890", "central", 2021, "P1",
         dt.date(2021, 1, 31), None),
        ("赵六", "430602199203031231", "education_aid", "800.00", "62220212345678901", "central", 2021, "P1",
         dt.date(2021, 12, 3), "D4"),
    )
)  # fmt: skip
WORDS = {"living_aid": "生活救助", "medical_aid": "大病救助", "warmth_visit": "送温暖", "education_aid": "金秋助学",
         "central": "央财"}  # fmt: skip
Cells = list[Any]
Write = Callable[[Any], Any]


@dataclass(frozen=True)
class Formula:
    """A cell that is computed, with the value that the file remembers."""

    text: str
    value: Any


@dataclass(frozen=True)
class Paper:
    """How the list is to be written. `write`: column → its value as it stands in the cell."""

    columns: tuple[str, ...] = NAMES
    heads: Mapping[str, str] = field(default_factory=lambda: dict(HEADS))
    groups: tuple[tuple[str, ...], ...] = ()  # rows of group headers above, as texts by column; equal neighbours merge
    write: Mapping[str, Write] = field(default_factory=dict)
    above: tuple[Cells, ...] = ()
    between: Mapping[int, Cells] = field(default_factory=dict)  # before the n-th row
    below: tuple[Cells, ...] = ()
    repeats_header: bool = False
    merges_down: str = ""  # a column whose equal neighbours are one merged cell
    sheet: str = "Sheet1"
    file: str = "名单"
    is_1904: bool = False
    others: Mapping[str, tuple[Cells, ...]] = field(default_factory=dict)  # further sheets
    hidden: tuple[str, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)  # column → what the paper says of all rows, other than TRUTH

    def truth(self) -> list[dict[str, Any]]:
        """What the writer means, row by row."""
        return [{**row, **self.said} for row in TRUTH]

    def cell(self, name: str, row: Mapping[str, Any]) -> Any:
        """What stands in the cell of a column."""
        value = row.get(name)
        if name in self.write:
            return self.write[name](value)
        if name == "amount_yuan":
            return float(Decimal(value))
        return value.isoformat() if isinstance(value, dt.date) else WORDS.get(value, "" if value is None else value)

    def header(self) -> Cells:
        """The row of column headings."""
        return [self.heads[name] for name in self.columns]

    def grid(self) -> tuple[list[Cells], list[tuple[int, int, int, int]]]:
        """All rows of the sheet, and its merged ranges (first row, first column, last row, last column)."""
        rows: list[Cells] = [list(line) for line in self.above]
        merges: list[tuple[int, int, int, int]] = []
        header = self.header()
        alone = [place for place, text in enumerate(header) if self.groups and self.groups[0][place] == text]
        merges += [(len(rows), place, len(rows) + len(self.groups), place) for place in alone]
        for depth, texts in enumerate(self.groups):
            shown = ["" if place in alone and depth else text for place, text in enumerate(texts)]
            merges += _across(len(rows), shown)
            rows.append(shown)
        rows.append(["" if place in alone else text for place, text in enumerate(header)])
        for number, row in enumerate(TRUTH):
            if number in self.between:
                rows.append(list(self.between[number]))
            if self.repeats_header and number == 2:
                rows.append(self.header())
            rows.append([self.cell(name, row) for name in self.columns])
        if self.merges_down in self.columns and not self.repeats_header and not self.between:
            merges.append(self._merged(rows))
        return [*rows, *(list(line) for line in self.below)], merges

    def _merged(self, rows: list[Cells]) -> tuple[int, int, int, int]:
        place = self.columns.index(self.merges_down)
        last = len(rows) - 1
        for row in rows[last - len(TRUTH) + 2 :]:
            row[place] = ""
        return last - len(TRUTH) + 1, place, last, place


def _across(row: int, texts: list[str]) -> list[tuple[int, int, int, int]]:
    """Equal neighbours of a group row are one cell."""
    merges = []
    first = 0
    for place in range(1, len(texts) + 1):
        if place == len(texts) or texts[place] != texts[first] or not texts[first]:
            if place - first > 1 and texts[first]:
                merges.append((row, first, row, place - 1))
            first = place
    return merges


def all_of(**parts: Any) -> Callable[[Paper], Paper]:
    """A change of a paper; mappings are laid over, tuples of rows put behind, all else replaced."""

    def change(paper: Paper) -> Paper:
        made: dict[str, Any] = {}
        for name, value in parts.items():
            old = getattr(paper, name)
            if isinstance(value, Mapping):
                made[name] = {**old, **value}
            elif name in ("above", "below", "hidden"):
                made[name] = (*old, *value)
            else:
                made[name] = value
        return replace(paper, **made)

    return change
