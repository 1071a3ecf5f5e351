"""银行存款余额调节表: one sheet an account, in the customary form; every amount is as settling computed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from flows.edges.sheets import LINE_HEIGHT, MONEY, cell_format, head_format, height_of, workbook, write_head

Row = Mapping[str, Any]
Words = Mapping[str, Any]
_SIDES = ("books", "bank")
_OTHER = {"books": "bank", "bank": "books"}  # whose open items stand below a side's balance
_SUMS = {  # side → sign → the column with the sum of the other side's open items
    "books": {"plus": "bank_in_yuan", "minus": "bank_out_yuan"},
    "bank": {"plus": "book_in_yuan", "minus": "book_out_yuan"},
}
_BALANCES = {"books": ("book_balance_yuan", "book_adjusted_yuan"), "bank": ("bank_balance_yuan", "bank_adjusted_yuan")}
_DIRECTIONS = {"plus": "in", "minus": "out"}
_WIDTH = 3  # columns of a side
_LAST = 2 * _WIDTH - 1


@dataclass(frozen=True)
class Reconciliation:
    """What one unit's workbook shows: accounts at the month's end, their open items, and what stands beside them."""

    unit: str
    month_end_on: date
    accounts: Sequence[Row]
    open_items: Sequence[Row]
    unplaced: Sequence[Row]
    three_books: Sequence[Row]
    labels: Mapping[str, str]


def reconciliation_workbook(told: Reconciliation, words: Words) -> bytes:
    """A sheet an account, entries of no known account, and 账账核对."""

    def fill(made: Workbook) -> None:
        names: set[str] = set()
        for account in told.accounts:
            _Page(made, _sheet_name(account, names, words), words).write(account, told)
        if told.unplaced:
            _unplaced(made, told, words["unplaced"])
        if told.three_books:
            _three_books(made, told, words)

    return workbook(fill)


def _sheet_name(account: Row, names: set[str], words: Words) -> str:
    """The last four digits; two accounts that share them are numbered."""
    name = first = str(words["sheet"]).format(last4=account["account_last4"])
    while name in names:
        name = f"{first}-{len(names) + 1}"
    names.add(name)
    return name


class _Page:
    """One account's sheet, written from the top."""

    def __init__(self, made: Workbook, name: str, words: Words) -> None:
        self.sheet: Worksheet = made.add_worksheet(name)
        self.words = words
        self.row = 0
        self.title = made.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.plain = made.add_format({"valign": "vcenter", "text_wrap": True})
        self.right = made.add_format({"align": "right"})
        self.text, self.money = cell_format(made), cell_format(made, num_format=MONEY)
        self.head = head_format(made)
        self.bold, self.bold_money = cell_format(made, bold=True), cell_format(made, num_format=MONEY, bold=True)
        self.alarm = made.add_format({"font_color": "#C00000", "bold": True, "valign": "vcenter", "text_wrap": True})

    def write(self, account: Row, told: Reconciliation) -> None:
        self._heading(account, told)
        items = [item for item in told.open_items if item["account_key"] == account["account_key"]]
        self._sums("balance", [(account[_BALANCES[side][0]], side) for side in _SIDES])
        for sign in ("plus", "minus"):
            self._sums(sign, [(account[_SUMS[side][sign]], side) for side in _SIDES])
            self._items([[i for i in items if _is_of(i, _OTHER[side], sign)] for side in _SIDES])
        self._sums("adjusted", [(account[_BALANCES[side][1]], side) for side in _SIDES])
        for said, is_wrong in verdict(account, self.words):
            self._line(said, self.alarm if is_wrong else self.plain)
        self._signatures()

    def _heading(self, account: Row, told: Reconciliation) -> None:
        words, sheet = self.words, self.sheet
        sheet.merge_range(0, 0, 0, _LAST, words["title"], self.title)
        sheet.set_row(0, 28)
        sheet.write_string(1, 0, words["unit"].format(unit=told.unit))
        sheet.write_string(1, _LAST, words["until"].format(day=shown_day(told.month_end_on, words)), self.right)
        sheet.write_string(2, 0, words["account"].format(**account))
        sheet.write_string(2, _LAST, words["currency"], self.right)
        for place, side in enumerate(_SIDES):
            first = place * _WIDTH
            sheet.merge_range(3, first, 3, first + _WIDTH - 1, words["sides"][side]["name"], self.head)
        write_head(sheet, 4, [(label, width) for label, width in words["columns"]] * 2, self.head)
        self.row = 5

    def _sums(self, key: str, sides: Sequence[tuple[Any, str]]) -> None:
        """A line of both sides: what it is, and its amount; none where the bank has said nothing."""
        for place, (amount, side) in enumerate(sides):
            first = place * _WIDTH
            label = self.words["adjusted"] if key == "adjusted" else self.words["sides"][side][key]
            self.sheet.merge_range(self.row, first, self.row, first + _WIDTH - 2, label, self.bold)
            if amount is None:
                self.sheet.write_string(self.row, first + _WIDTH - 1, "—", self.bold)
            else:
                self.sheet.write_number(self.row, first + _WIDTH - 1, amount, self.bold_money)
        self.sheet.set_row(self.row, 1.2 * LINE_HEIGHT)
        self.row += 1

    def _items(self, sides: Sequence[Sequence[Row]]) -> None:
        width = self.words["columns"][1][1]
        for pair in zip_longest(*sides):
            texts = [_told(item, self.words) if item else "" for item in pair]
            self.sheet.set_row(self.row, height_of((text, width) for text in texts))
            for place, (item, text) in enumerate(zip(pair, texts, strict=True)):
                self._item(place * _WIDTH, item, text)
            self.row += 1

    def _item(self, first: int, item: Row | None, text: str) -> None:
        if item is None:
            for place in range(first, first + _WIDTH):
                self.sheet.write_blank(self.row, place, None, self.text)
            return
        self.sheet.write_string(self.row, first, item["item_on"].isoformat(), self.text)
        self.sheet.write_string(self.row, first + 1, text, self.text)
        self.sheet.write_number(self.row, first + 2, item["amount_yuan"], self.money)

    def _line(self, said: str, style: Any) -> None:
        self.sheet.merge_range(self.row, 0, self.row, _LAST, said, style)
        self.sheet.set_row(self.row, height_of([(said, 2 * sum(width for _, width in self.words["columns"]))]))
        self.row += 1

    def _signatures(self) -> None:
        for place, label in zip((0, 2, 4), self.words["signatures"], strict=True):
            self.sheet.write_string(self.row + 1, place, label)


def verdict(account: Row, words: Words) -> Iterator[tuple[str, bool]]:
    """What is said below the balances: that they agree, or by how much not and why; whether it is a fault."""
    if account["difference_yuan"] is None:
        yield words["nothing_from_the_bank"], True
        return
    if account["difference_yuan"]:
        yield words["differing"].format(difference=_money(account["difference_yuan"], words)), True
        for number, reason in enumerate(_reasons(account, words), start=1):
            yield f"{number}. {reason}", True
    else:
        yield words["agreed"], False
    if account["covered_to"] > account["book_last_on"] and account["month_end_on"] > account["book_last_on"]:
        yield words["no_entries_since"].format(day=shown_day(account["book_last_on"], words)), False


def _reasons(account: Row, words: Words) -> Iterator[str]:
    said, start = words["reasons"], shown_day(account["start_on"], words)
    if not account["has_book_opening"]:
        yield said["has_no_opening"]
    if account["opening_difference_yuan"]:
        yield said["opening"].format(start=start, amount=_money(account["opening_difference_yuan"], words))
    if account["statement_difference_yuan"]:
        yield said["statement"].format(amount=_money(account["statement_difference_yuan"], words))
    if account["uncovered_day_count"]:
        yield said["uncovered"].format(start=start, days=account["uncovered_day_count"])
    if account["is_filtered"]:
        yield said["filtered"]


def _is_of(item: Row, side: str, sign: str) -> bool:
    return bool(item["side"] == side and item["direction"] == _DIRECTIONS[sign])


def _told(item: Row, words: Words) -> str:
    return str(words["voucher"].format(number=item["number_text"] or "", told=item["told"] or "").strip())


def _money(amount: Any, words: Words) -> str:
    return str(words["money"].format(amount=amount))


def shown_day(day: date, words: Words) -> str:
    """2021年11月30日."""
    return str(words["day"].format(year=day.year, month=day.month, day=day.day))


def _unplaced(made: Workbook, told: Reconciliation, words: Words) -> None:
    lines = [
        (row["subject_code"], row["subject_name"], row["entry_count"], row["debit_yuan"], row["credit_yuan"])
        for row in told.unplaced
    ]
    _table(made, words, words["above"], told.unit, lines)


def _three_books(made: Workbook, told: Reconciliation, words: Words) -> None:
    names = words["three_books"]
    lines = [
        (
            told.labels.get(row["figure_source"] or "", names["no_source"]), row["allotted_yuan"], row["booked_yuan"],
            row["paid_yuan"], row["unspent_yuan"], row["differing_yuan"], row["booked_first_yuan"],
            row["paid_first_yuan"], row["rest_yuan"],
        )
        for row in told.three_books
    ]  # fmt: skip
    _table(made, names, names["above"].format(day=shown_day(told.month_end_on, words)), told.unit, lines)


def _table(made: Workbook, words: Words, above: str, unit: str, lines: Sequence[tuple[Any, ...]]) -> None:
    """Title, who and what, header, lines; texts left, amounts with separators."""
    sheet, last = made.add_worksheet(words["sheet"]), len(words["columns"]) - 1
    sheet.merge_range(
        0, 0, 0, last, words["title"], made.add_format({"bold": True, "font_size": 16, "align": "center"})
    )
    sheet.set_row(0, 28)
    wrapped = made.add_format({"text_wrap": True, "valign": "vcenter"})
    sheet.merge_range(1, 0, 1, last, f"{unit}　{above}", wrapped)
    sheet.set_row(1, height_of([(f"{unit}　{above}", sum(width for _, width in words["columns"]))]))
    write_head(sheet, 2, [(label, width) for label, width in words["columns"]], head_format(made))
    text, money, count = cell_format(made), cell_format(made, num_format=MONEY), cell_format(made, num_format="0")
    for number, line in enumerate(lines, start=3):
        for place, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(number, place, value, text)
            else:
                sheet.write_number(number, place, value, count if isinstance(value, int) else money)
