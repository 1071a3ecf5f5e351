"""bank_statements: contract `expectations/contracts/bank_statements.yaml`, layouts `data/layouts/*.yaml`."""

from __future__ import annotations

import re
from typing import Any

from transforms.parsed.cells import Cell
from transforms.parsed.headers import MEMO
from transforms.parsed.periods import without_periods
from transforms.parsed.recognised import Table
from transforms.validated.draft import Draft, Reading, Typed, finished, typed
from transforms.validated.identities import account
from transforms.validated.unreadable import UnreadableError
from transforms.words import half_width, joined

_OWN = ("account_no", "booked_on", "transacted_on", "direction", "amount_yuan", "memo")
_ACCOUNT_IN_NAME = re.compile(r"(?<![\d-])\d[\d-]{7,28}\d(?![\d-])")
_STAMP = re.compile(r"^20\d{12}$")  # a download time, no account


def bank_statements(table: Table, reading: Reading) -> Typed:
    """银行交易明细 as typed facts. Grain: one row per statement line, as the bank has it.

    Units: amount_yuan in yuan as text, in the direction of our account; a negative amount is the bank's red entry.
    `booked_on` without 记账日期 is the transaction date; `valued_on` only where the layout has 起息日期.
    """
    draft = typed(table, reading, without=_OWN)
    _dates(draft)
    _amounts(draft)
    _counterparties(draft)
    draft.values["account_no"] = _accounts(draft)
    draft.values["memo"] = _memos(draft)
    draft.derive("account_key", reading.keys.digits, "account_no")
    draft.derive("counterparty_key", reading.keys.digits, "counterparty_account_no")
    return finished(draft)


def _dates(draft: Draft) -> None:
    column = draft.kind.by_name
    if "booked_on" in draft.table.headers:
        draft.values["booked_on"] = draft.read("booked_on", column["booked_on"])
        draft.values["transacted_on"] = draft.read("transacted_on", column["transacted_on"])
    else:
        draft.values["booked_on"] = draft.read("transacted_on", column["booked_on"])
        draft.values["transacted_on"] = draft.values["booked_on"]


def _amounts(draft: Draft) -> None:
    layout = draft.table.layout
    how = layout.direction if layout else ""
    if how == "two_columns":
        _two_columns(draft)
        return
    amounts = draft.read("amount_yuan", draft.kind.by_name["amount_yuan"])
    if how == "sign":
        draft.values["direction"] = [None if a is None else "out" if a.startswith("-") else "in" for a in amounts]
    else:
        draft.values["direction"] = _flags(draft)
    keeps_sign = how == "flag"
    draft.values["amount_yuan"] = [a if a is None or keeps_sign else a.removeprefix("-") for a in amounts]
    _explain_direction(draft)


def _two_columns(draft: Draft) -> None:
    """收入 and 支出 in columns of their own: one of them carries the amount, the other is empty or zero."""
    column = draft.kind.by_name["amount_yuan"]
    sides = {side: draft.read(f"{side}_yuan", column) for side in ("in", "out")}
    failed = {failure.place for failure in draft.failures if failure.field == "amount_yuan"}
    directions: list[str | None] = []
    amounts: list[str | None] = []
    for place in range(draft.height):
        filled = {side: values[place] for side, values in sides.items() if values[place] not in (None, "0.00")}
        if len(filled) > 1:
            draft.fail(place, column, UnreadableError("收入或支出一项（两栏都有数）"), " ".join(filled.values()))
            failed.add(place)
        one = len(filled) == 1 and place not in failed
        directions.append(next(iter(filled)) if one else None)
        amounts.append(next(iter(filled.values())) if one else None)
    draft.values["direction"], draft.values["amount_yuan"] = directions, amounts
    _explain_direction(draft)


def _explain_direction(draft: Draft) -> None:
    """Where the amount is missing or unreadable, that is the finding; the direction is not a second one."""
    amounts = draft.values["amount_yuan"]
    draft.explained |= {(place, "direction") for place, amount in enumerate(amounts) if amount is None}


def _flags(draft: Draft) -> list[str | None]:
    layout, column = draft.table.layout, draft.kind.by_name["direction"]
    flags: list[str | None] = []
    for place, text in enumerate(draft.texts("direction_text")):
        code = layout.words.get(joined(text)) if layout and text else None
        if code is None and text:
            code = draft.reading.words.code(column.domain, text)
            if code is None:
                draft.fail(place, column, UnreadableError(column.header, "S.enum"), text, name="direction_text")
        flags.append(code)
    return flags


def _counterparties(draft: Draft) -> None:
    """Some banks name payer and payee instead of the other side: of a receipt the other side is the payer."""
    if "payer_account_no" not in draft.table.headers:
        return
    column = draft.kind.by_name
    for field, ours in (("counterparty_name", "name"), ("counterparty_account_no", "account_no")):
        payers = draft.read(f"payer_{ours}", column[field])
        payees = draft.read(f"payee_{ours}", column[field])
        sides = zip(draft.values["direction"], payers, payees, strict=True)
        draft.values[field] = [payer if direction == "in" else payee for direction, payer, payee in sides]


def _accounts(draft: Draft) -> list[Any]:
    """Our own account: column, else a line above, else the name of the sheet or file, else unknown here."""
    column = draft.kind.by_name["account_no"]
    if "payer_account_no" in draft.table.headers:
        payers, payees = draft.read("payer_account_no", column), draft.read("payee_account_no", column)
        sides = zip(draft.values["direction"], payers, payees, strict=True)
        return [payee if direction == "in" else payer for direction, payer, payee in sides]
    named = named_account(draft.table, draft.reading)
    return [account_no or named for account_no in draft.read("account_no", column)]


def named_account(table: Table, reading: Reading) -> str | None:
    """The account that a line above the header or the name of the sheet or file states."""
    gift = table.given.get("account_no")
    texts = [gift.text] if gift else []
    for name in (table.sheet, reading.stem):
        texts += [
            text for text in _ACCOUNT_IN_NAME.findall(without_periods(half_width(name))) if not _STAMP.match(text)
        ]
    for text in texts:
        try:
            return account(Cell(text, "text"), reading.words.rules.account_digits)
        except UnreadableError:
            continue
    return None


def _memos(draft: Draft) -> list[str | None]:
    """摘要 用途 附言, as many as the layout has, joined by one space."""
    names = sorted(name for name in draft.table.headers if name.startswith(MEMO))
    nothing = draft.reading.words.rules.nothing
    rows = zip(*(draft.texts(name) for name in names), strict=True) if names else [()] * draft.height
    return [" ".join(text for text in row if text and text not in nothing) or None for row in rows]
