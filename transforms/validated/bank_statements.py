"""bank_statements: contract `expectations/contracts/bank_statements.yaml`, layouts `data/layouts/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from transforms.columns import Layout
from transforms.parsed.cells import Cell, Texts
from transforms.parsed.headers import MEMO
from transforms.parsed.periods import without_periods
from transforms.parsed.recognised import Table
from transforms.validated.counterparties import parted
from transforms.validated.draft import Draft, Reading, Typed, finished, typed
from transforms.validated.identities import account
from transforms.validated.unreadable import UnreadableError
from transforms.validated.values import Asked, typed_values
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
    _split_cells(draft)
    draft.values["channel"] = draft.constant(table.layout.channel if table.layout else None)
    draft.key("account_key", "digits", "account_no")
    draft.key("counterparty_key", "digits", "counterparty_account_no")
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
        sides = pl.select(pl.when(amounts.str.starts_with("-")).then(pl.lit("out")).otherwise(pl.lit("in"))).to_series()
        draft.values["direction"] = sides.set(amounts.is_null(), None)
    else:
        draft.values["direction"] = _flags(draft)
    draft.values["amount_yuan"] = amounts if how == "flag" else amounts.str.strip_prefix("-")
    _explain_direction(draft)


def _two_columns(draft: Draft) -> None:
    """收入 and 支出 in columns of their own: one of them carries the amount, the other is empty or zero."""
    column = draft.kind.by_name["amount_yuan"]
    sides = {side: draft.read(f"{side}_yuan", column) for side in ("in", "out")}
    failed = {failure.place for failure in draft.failures if failure.field == "amount_yuan"}
    money_in, money_out = (values.set(values == "0.00", None) for values in sides.values())
    both = (money_in.is_not_null() & money_out.is_not_null()).arg_true().to_list()
    for place in both:
        said = f"{money_in[place]} {money_out[place]}"
        draft.fail(place, column, UnreadableError("收入或支出一项（两栏都有数）"), said)
    amounts = money_in.zip_with(money_in.is_not_null(), money_out)
    directions = pl.select(pl.when(money_in.is_not_null()).then(pl.lit("in")).otherwise(pl.lit("out"))).to_series()
    unclear = sorted({*failed, *both})
    draft.values["amount_yuan"] = amounts.scatter(unclear, None) if unclear else amounts
    draft.values["direction"] = directions.set(draft.values["amount_yuan"].is_null(), None)
    _explain_direction(draft)


def _explain_direction(draft: Draft) -> None:
    """Where the amount is missing or unreadable, that is the finding; the direction is not a second one."""
    amounts = draft.values["amount_yuan"]
    draft.explained |= {(place, "direction") for place in amounts.is_null().arg_true()}


def _flags(draft: Draft) -> pl.Series:
    layout, column = draft.table.layout, draft.kind.by_name["direction"]
    texts = draft.texts("direction_text")
    codes = {text: _flag(layout, draft, text) for text in texts.drop_nulls().unique().to_list()}
    for place in texts.is_in([text for text, code in codes.items() if code is None]).fill_null(value=False).arg_true():
        why = UnreadableError(column.header, "S.enum")
        draft.fail(place, column, why, texts[place], name="direction_text")
    return texts.replace_strict(codes, default=None, return_dtype=pl.String)


def _flag(layout: Layout | None, draft: Draft, text: str) -> str | None:
    """The bank's own words first, then the common ones."""
    own = layout.words.get(joined(text)) if layout else None
    return own or draft.reading.words.code(draft.kind.by_name["direction"].domain, text)


def _counterparties(draft: Draft) -> None:
    """Some banks name payer and payee instead of the other side: of a receipt the other side is the payer."""
    if "payer_account_no" in draft.table.headers:
        draft.values["counterparty_name"] = _one_side(draft, "counterparty_name", ("payer_name", "payee_name"))
        both = ("payer_account_no", "payee_account_no")
        draft.values["counterparty_account_no"] = _one_side(draft, "counterparty_account_no", both)


def _one_side(draft: Draft, field: str, names: tuple[str, str]) -> pl.Series:
    """The cells of two columns as one: of receipts those of the first, of payments those of the second. Only ours need
    be a whole account; the bank may hide digits of the other.
    """
    is_receipt = (draft.values["direction"] == "in").fill_null(value=False)
    nothing = Texts(draft.constant(None), None)
    first, second = (draft.table.cells.get(name, nothing) for name in names)
    kinds = None
    if first.kinds is not None and second.kinds is not None:
        kinds = first.kinds.zip_with(is_receipt, second.kinds)
    headed = [names[0] if receipt else names[1] for receipt in is_receipt]
    return _read_cells(draft, field, Texts(first.texts.zip_with(is_receipt, second.texts), kinds), headed)


def _read_cells(draft: Draft, field: str, cells: Texts, headed: Sequence[str]) -> pl.Series:
    """Cells that were put together, typed as `field`. `headed`: the column that each of them comes from."""
    column = draft.kind.by_name[field]
    values, failures = typed_values(cells, Asked(column, 0, draft.table.epoch, draft.reading.words))
    for place, (text, why) in failures.items():
        draft.fail(place, column, why, text, name=headed[place])
    return values


def _split_cells(draft: Draft) -> None:
    """What the bank writes into one cell, as the two columns that it is."""
    split = draft.table.layout.split if draft.table.layout else {}
    for name, how in split.items():
        if name not in draft.table.cells:
            continue
        cells = draft.table.cells[name]
        known = {text: parted(text, how) for text in cells.texts.drop_nulls().unique()}
        for field in how.into:
            parts = {text: part[field] or None for text, part in known.items()}
            texts = cells.texts.replace_strict(parts, default=None, return_dtype=pl.String)
            draft.values[field] = _read_cells(draft, field, Texts(texts, cells.kinds), [name] * draft.height)


def _accounts(draft: Draft) -> pl.Series:
    """Our own account: column, else a line above, else the name of the sheet or file, else unknown here."""
    if "payer_account_no" in draft.table.headers:
        accounts = _one_side(draft, "account_no", ("payee_account_no", "payer_account_no"))
    else:
        accounts = draft.read("account_no", draft.kind.by_name["account_no"])
    named = named_account(draft.table, draft.reading)
    return accounts.fill_null(named) if named else accounts


def named_account(table: Table, reading: Reading) -> str | None:
    """The account that a line above the header or the name of the sheet or file states."""
    gift = table.given.get("account_no")
    texts = [gift.text] if gift else list(_beside_its_key(table))
    for name in (table.sheet, reading.stem):
        texts += [
            text for text in _ACCOUNT_IN_NAME.findall(without_periods(half_width(name))) if not _STAMP.match(text)
        ]
    for text in texts:
        try:
            return account(Cell(text), reading.words.rules.account_digits)
        except UnreadableError:
            continue
    return None


def _beside_its_key(table: Table) -> Iterator[str]:
    """账号 in one cell above the header, the number in the next, without a colon between."""
    for key in table.layout.above.get("account_no", ()) if table.layout else ():
        form = rf"(?:^|\s){re.escape(key)}(?:\s*\[[^\]]*\])?\s+([0-9][0-9-]{{7,28}}[0-9])(?:\s|$)"
        yield from re.findall(form, table.above.title)


def _memos(draft: Draft) -> pl.Series:
    """摘要 用途 附言, as many as the layout has, joined by one space."""
    names = sorted(name for name in draft.table.headers if name.startswith(MEMO))
    nothing = draft.reading.words.rules.nothing
    parts = {name: draft.texts(name) for name in names}
    said = pl.DataFrame({name: texts.set(texts.is_in(nothing), None) for name, texts in parts.items()})
    if not names:
        return draft.constant(None)
    memos = said.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True).alias("memo"))["memo"]
    return memos.set(memos == "", None)
