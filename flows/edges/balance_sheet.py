"""专项资金余额核对表: a sheet that shows what of each account's balance belongs to which source of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from flows.edges.sheets import MONEY, cell_format, head_format, height_of, write_head

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Balances:
    """One unit's accounts at a month's end. An account without key is all of them together."""

    month_end_on: date
    accounts: Sequence[Row]
    parts: Mapping[tuple[str | None, str], Any]  # account and source → yuan
    sources: Sequence[tuple[str, str]]  # code and name, in the order of the columns


def balance_sheet(made: Workbook, told: Balances, *, unit: str, words: Mapping[str, Any]) -> None:
    """A row per account: what the statement says, each source, what is none of them, the sum, the difference."""
    sheet = made.add_worksheet(words["sheet"])
    columns = [*words["account"], *((name, words["source_width"]) for _, name in told.sources)]
    columns += [[words["outside"], words["source_width"]], words["total"], words["difference"], words["remark"]]
    last, head_row = len(columns) - 1, 3
    title = made.add_format({"bold": True, "font_size": 16, "align": "center"})
    sheet.merge_range(0, 0, 0, last, words["title"], title)
    sheet.set_row(0, 28)
    sheet.write_string(1, 0, words["unit"].format(unit=unit))
    day = told.month_end_on
    sheet.write_string(
        2, 0, words["until"].format(day=words["day"].format(year=day.year, month=day.month, day=day.day))
    )
    sheet.write_string(2, last, words["currency"], made.add_format({"align": "right"}))
    write_head(sheet, head_row, [(label, width) for label, width in columns], head_format(made))
    text, money = cell_format(made), cell_format(made, num_format=MONEY)
    alarm = cell_format(made, num_format=MONEY, bold=True, font_color="#C00000")
    for number, account in enumerate(told.accounts, start=head_row + 1):
        remark = _remark(account, words)
        sheet.set_row(number, height_of([(remark, columns[last][1]), (account["bank_name"] or "", columns[1][1])]))
        for place, value in enumerate(_values(account, told, words)):
            if value is None or isinstance(value, str):
                sheet.write_string(number, place, value or "—", text)
            else:
                sheet.write_number(number, place, value, alarm if place == last - 1 and value else money)
        sheet.write_string(number, last, remark, text)
    below = head_row + 2 + len(told.accounts)
    sheet.merge_range(below, 0, below, last, words["below"], made.add_format({"text_wrap": True, "valign": "vcenter"}))
    sheet.set_row(below, height_of([(words["below"], sum(width for _, width in columns))]))


def _values(account: Row, told: Balances, words: Mapping[str, Any]) -> list[Any]:
    """The cells of a row but the last; a source that the account never held is empty."""
    key = account["account_key"]
    return [
        account["account_last4"] if key else words["all_accounts"], account["bank_name"] or "" if key else "",
        account["stated_yuan"], *(told.parts.get((key, source)) for source, _ in told.sources),
        account["outside_yuan"], account["total_yuan"], account["difference_yuan"],
    ]  # fmt: skip


def _remark(account: Row, words: Mapping[str, Any]) -> str:
    said = words["remarks"]
    if not account["account_key"]:
        return ""
    if account["is_filtered"]:
        return str(said["filtered"])
    if account["difference_yuan"] is None:
        return str(said["nothing_stated"])
    return str(said["differing"] if account["difference_yuan"] else said["agreed"])
