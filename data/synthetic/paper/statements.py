"""Bank lines → statements in the layouts of three banks. None has 起息日期: value date = day of the transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.synthetic.knowledge import story
from data.synthetic.paper.table import Cell, Sheet, yuan
from data.synthetic.records import Account, BankLine


@dataclass(slots=True)
class Entry:
    """A line as the statement shows it: a copy of what happened, so that the paper can err alone."""

    shown: BankLine
    of: BankLine


@dataclass(slots=True)
class Statement:
    """One account's lines of a span of days, `entries` in the bank's order."""

    account: Account
    entries: list[Entry]
    first: date
    last: date
    manner: dict[str, Any]
    totals_fen: tuple[int, int] | None = (
        None  # came in and went out, where the footer states other than the lines' sums
    )
    kind: str = "bank_statements"

    @property
    def lines(self) -> list[Entry]:
        """The entries in the order of the paper."""
        return self.entries[::-1] if self.manner["newest_first"] else self.entries

    @property
    def shown(self) -> list[BankLine]:
        """What the paper says, in its order."""
        return [entry.shown for entry in self.lines]

    def sheet(self) -> Sheet:
        """In the layout of the account's bank."""
        layouts: dict[str, Callable[[Statement], Sheet]] = {"icbc": _icbc, "ccb": _ccb, "abc": _abc}
        return layouts[self.account.layout](self)

    def totals(self) -> tuple[int, int]:
        """What the footer says came in and went out, in fen."""
        if self.totals_fen is not None:
            return self.totals_fen
        came = sum(line.amount_fen for line in self.shown if line.direction == "in")
        return came, sum(line.amount_fen for line in self.shown) - came


def entries(lines: list[BankLine]) -> list[Entry]:
    """A copy of each line, beside the line itself."""
    return [Entry(replace(line), line) for line in lines]


def _money(fen: int, manner: dict[str, Any]) -> Cell:
    amount = yuan(fen)
    return f"{amount:,}" if manner["commas"] else amount


def _icbc(statement: Statement) -> Sheet:
    """工行 B: a direction flag and one amount. The own account stands in a line above, or in the file name only."""
    headings: list[Cell] = list(story("statements")["icbc"])
    grid: list[list[Cell]] = [headings]
    account, manner = statement.account, statement.manner
    if manner["line_above"]:
        span = f"起止日期：{statement.first}至{statement.last}"
        grid.insert(0, [f"账号：{account.number}", f"户名：{account.holder}", span])
    body_at = len(grid)
    for line in statement.shown:
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
    return _sheet("历史明细查询", grid, body_at, headings)


def _ccb(statement: Statement) -> Sheet:
    """建行: account in every row, two amount columns, 记账日期 beside the time of the transaction."""
    headings: list[Cell] = list(story("statements")["ccb"])
    grid: list[list[Cell]] = [headings]
    account, manner, body_at = statement.account, statement.manner, len(grid)
    for line in statement.shown:
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
    return _sheet("活期账户明细", grid, body_at, headings)


def _abc(statement: Statement) -> Sheet:
    """农行: 账户明细 in A1, account and name in row 2, header in row 3, totals in the footer; no serial number."""
    headings: list[Cell] = list(story("statements")["abc"])
    account, manner = statement.account, statement.manner
    grid: list[list[Cell]] = [["账户明细"], [f"账号:{account.number}", f"户名:{account.holder}"], headings]
    body_at = len(grid)
    for line in statement.shown:
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
    came, went = statement.totals()
    grid.append(["合计", _money(came, manner), _money(went, manner)])
    grid.append([story("statements")["footer"]])
    return _sheet("账户明细", grid, body_at, headings)


def _sheet(name: str, grid: list[list[Cell]], body_at: int, headings: list[Cell]) -> Sheet:
    """Its columns have no other names than the bank's."""
    return Sheet(
        name,
        grid,
        header_at=body_at - 1,
        body_at=body_at,
        headings={str(heading): str(heading) for heading in headings},
    )
