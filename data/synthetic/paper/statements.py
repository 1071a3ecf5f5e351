"""Bank lines → statements in the layouts of three banks. None has 起息日期: value date = day of the transaction."""

from collections.abc import Callable
from datetime import date
from typing import Any

from data.synthetic.knowledge import story
from data.synthetic.paper.table import Cell, Sheet, yuan
from data.synthetic.records import Account, BankLine


def statement(account: Account, lines: list[BankLine], first: date, last: date, manner: dict[str, Any]) -> Sheet:
    """One account's lines of a span of days. `lines` come in the bank's order."""
    ordered = lines[::-1] if manner["newest_first"] else lines
    layouts: dict[str, Callable[[Account, list[BankLine], date, date, dict[str, Any]], Sheet]] = {
        "icbc": _icbc,
        "ccb": _ccb,
        "abc": _abc,
    }
    return layouts[account.layout](account, ordered, first, last, manner)


def _money(fen: int, manner: dict[str, Any]) -> Cell:
    amount = yuan(fen)
    return f"{amount:,}" if manner["commas"] else amount


def _icbc(account: Account, lines: list[BankLine], first: date, last: date, manner: dict[str, Any]) -> Sheet:
    """工行 B: a direction flag and one amount. The own account stands in a line above, or in the file name only."""
    headings: list[Cell] = list(story("statements")["icbc"])
    grid: list[list[Cell]] = [headings]
    if manner["line_above"]:
        grid.insert(0, [f"账号：{account.number}", f"户名：{account.holder}", f"起止日期：{first}至{last}"])
    for line in lines:
        row: list[Cell] = [
            line.counterparty_account,
            f"{line.transacted_on:%Y-%m-%d} {line.at}",
            "借" if line.direction == "out" else "贷",
            line.counterparty_name,
            None,
            line.usage,
            line.memo,
            None,
            _money(line.amount_fen, manner),
            _money(line.balance_fen, manner),
            "人民币",
        ]
        # this bank fills its cells with blanks and tabs
        grid.append([f"{cell}\t " if manner.get("padded") and isinstance(cell, str) else cell for cell in row])
    return Sheet("历史明细查询", grid)


def _ccb(account: Account, lines: list[BankLine], first: date, last: date, manner: dict[str, Any]) -> Sheet:
    """建行: account in every row, two amount columns, 记账日期 beside the time of the transaction."""
    headings: list[Cell] = list(story("statements")["ccb"])
    grid: list[list[Cell]] = [headings]
    for line in lines:
        amount = _money(line.amount_fen, manner)
        none = _money(0, manner)
        grid.append(
            [
                account.number,
                account.holder,
                f"{line.transacted_on:%Y%m%d} {line.at}",
                amount if line.direction == "out" else none,
                amount if line.direction == "in" else none,
                _money(line.balance_fen, manner),
                "人民币元",
                line.counterparty_name,
                line.counterparty_account,
                None,
                f"{line.booked_on:%Y%m%d}",
                line.usage,
                line.memo,
                f"{line.serial[:6]}-{line.serial[6:]}",
                None,
                "电子转账凭证",
                None,
            ]
        )
    return Sheet("活期账户明细", grid)


def _abc(account: Account, lines: list[BankLine], first: date, last: date, manner: dict[str, Any]) -> Sheet:
    """农行: 账户明细 in A1, account and name in row 2, header in row 3, totals in the footer; no serial number."""
    headings: list[Cell] = list(story("statements")["abc"])
    grid: list[list[Cell]] = [["账户明细"], [f"账号:{account.number}", f"户名:{account.holder}"], headings]
    for line in lines:
        amount = _money(line.amount_fen, manner)
        grid.append(
            [
                f"{line.transacted_on:%Y-%m-%d} {line.at}",
                amount if line.direction == "in" else None,
                amount if line.direction == "out" else None,
                _money(line.balance_fen, manner),
                line.counterparty_name,
                line.counterparty_account,
                line.memo,
            ]
        )
    came = sum(line.amount_fen for line in lines if line.direction == "in")
    went = sum(line.amount_fen for line in lines if line.direction == "out")
    grid.append(["合计", _money(came, manner), _money(went, manner)])
    grid.append([story("statements")["footer"]])
    return Sheet("账户明细", grid)
