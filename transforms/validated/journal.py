"""journal: contract `expectations/contracts/journal.yaml`, layouts `data/layouts/journal_*.yaml`."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from transforms.columns import Join
from transforms.parsed.cells import Texts
from transforms.parsed.recognised import Table
from transforms.validated.draft import Draft, Reading, Typed, finished, typed
from transforms.validated.unreadable import UnreadableError
from transforms.validated.values import Asked, typed_values
from transforms.words import half_width, joined

_OWN = ("voucher_on", "voucher_no", "period", "book_name", "debit_yuan", "credit_yuan", "balance_yuan")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_AND_MONTH = re.compile(r"(?<!\d)(20\d\d)\D{0,2}?(\d{1,2})(?!\d)")
_MONTH = re.compile(r"^\D*(\d{1,2})\D*$")
_NUMBERED = re.compile(r"^([^\d]*?)[字第\s\-—]*0*(\d+)\s*号?$")
_LAST_PERIOD = 16  # 13 and beyond: what is booked once the twelve months are closed
_NOTHING = "0.00"


def journal(table: Table, reading: Reading) -> Typed:
    """会计凭证明细 as typed facts. Grain: one row per entry of a voucher; amounts in yuan as text, red ones negative.

    `voucher_no` is written 记-12, whatever the file's way (记字第0012号, 凭证字 and 凭证号 apart); `period` 2021-11.
    `balance_yuan` is the debit balance: what 方向 calls 贷 is negative.
    """
    draft = typed(table, reading, without=_OWN)
    for name in ("voucher_on", "voucher_no", "period"):
        draft.values[name] = _read(draft, name)
    draft.derive("voucher_no", _voucher_no, "voucher_no")
    draft.values["period"] = _periods(draft)
    draft.values["book_name"] = _books(draft)
    _amounts(draft)
    draft.key("account_key", "digits", "account_no")
    return finished(draft)


def _read(draft: Draft, name: str) -> pl.Series:
    """The column, or the cells that hold its parts, as its layout says."""
    column, how = draft.kind.by_name[name], draft.table.layout.join.get(name) if draft.table.layout else None
    if how is None:
        return draft.read(name, column)
    cells = Texts(_put_together(draft, how), None)
    values, failures = typed_values(cells, Asked(column, 0, draft.table.epoch, draft.reading.words))
    for place, (text, why) in failures.items():
        draft.fail(place, column, why, text, name=how.of[-1])
    return values


def _put_together(draft: Draft, how: Join) -> pl.Series:
    """The parts of each row; none where the last one is missing. A year that has no column is said above the table."""
    parts = {name: draft.texts(name) for name in how.of}
    if "year_text" in parts and "year_text" not in draft.table.headers:
        parts["year_text"] = draft.constant(_said_year(draft))
    said = pl.DataFrame(parts)
    made = said.select(pl.concat_str(pl.all(), separator=how.by, ignore_nulls=True).alias("made"))["made"]
    return made.set(said[how.of[-1]].is_null(), None)


def _said_year(draft: Draft) -> str | None:
    """The one year that the period above the header, the title, the sheet's or the file's name speaks of."""
    table = draft.table
    gift = table.given.get("period")
    for text in (gift.text if gift else "", table.above.title, table.told_sheet, draft.reading.stem):
        years: set[str] = set(_YEAR.findall(half_width(text)))
        if len(years) == 1:
            return years.pop()
    return None


def _voucher_no(text: str) -> str:
    """记-0012, 记字第12号, 记 12 → 记-12; what has no number stays as it is."""
    found = _NUMBERED.match(half_width(text).strip())
    if found is None:
        return text
    word, number = found[1].strip(), found[2]
    return f"{word}-{number}" if word else number


def _periods(draft: Draft) -> pl.Series:
    """2021-11: as the file has it, a bare month in the year of the voucher; else the month of the voucher."""
    pairs = zip(draft.values["period"].to_list(), draft.values["voucher_on"].to_list(), strict=True)
    known: dict[tuple[str | None, date | None], str | None] = {}
    periods = []
    for place, (text, day) in enumerate(pairs):
        if (text, day) not in known:
            known[text, day] = _period(text, day)
        period = known[text, day]
        if period is None and text is not None:
            draft.fail(place, draft.kind.by_name["period"], UnreadableError("会计期间"), text)
        periods.append(period)
    draft.explained |= {(place, "period") for place in draft.values["voucher_on"].is_null().arg_true()}
    return pl.Series(periods, dtype=pl.String)


def _period(text: str | None, day: date | None) -> str | None:
    if text is None:
        return f"{day:%Y-%m}" if day else None
    plain = half_width(text).strip()
    if day and day.month == 10 and plain == f"{day.year}.1":  # a number cell: 2021.10 has lost its 0
        return f"{day:%Y-%m}"
    if found := _YEAR_AND_MONTH.search(plain):
        year, month = found[1], int(found[2])
    elif day and (found := _MONTH.match(plain)):
        year, month = str(day.year), int(found[1])
    else:
        return None
    return f"{year}-{month:02}" if 1 <= month <= _LAST_PERIOD else None


def _books(draft: Draft) -> pl.Series:
    """账套: as stated, else the unit that the sheet or the folder names: it keeps one set of books."""
    stated = draft.read("book_name", draft.kind.by_name["book_name"])
    unit = draft.table.said_unit(draft.reading.folder_unit) or draft.reading.folder_unit
    return stated.fill_null(unit) if unit else stated


def _amounts(draft: Draft) -> None:
    """Debit and credit: two columns, or one amount and its side; what stands as zero beside an amount is nothing."""
    layout, debit, credit = draft.table.layout, *(draft.kind.by_name[n] for n in ("debit_yuan", "credit_yuan"))
    sides = _sides(draft)
    if layout and layout.direction == "flag":
        amounts = draft.read("amount_yuan", debit)
        for place in (amounts.is_not_null() & sides.is_null()).arg_true():
            why = UnreadableError("借或贷", "S.enum")
            draft.fail(place, debit, why, draft.texts("direction_text")[place], name="direction_text")
        draft.values["debit_yuan"] = amounts.set((sides != "debit").fill_null(value=True), None)
        draft.values["credit_yuan"] = amounts.set((sides != "credit").fill_null(value=True), None)
        draft.values["balance_yuan"] = draft.read("balance_yuan", draft.kind.by_name["balance_yuan"])
        return
    debits, credits = draft.read("debit_yuan", debit), draft.read("credit_yuan", credit)
    draft.values["debit_yuan"] = debits.set((debits == _NOTHING) & credits.is_not_null(), None)
    draft.values["credit_yuan"] = credits.set((credits == _NOTHING) & draft.values["debit_yuan"].is_not_null(), None)
    balances = draft.read("balance_yuan", draft.kind.by_name["balance_yuan"])
    is_credit = (sides == "credit").fill_null(value=False) & (balances != _NOTHING).fill_null(value=False)
    negative = ("-" + balances).str.strip_prefix("--")
    draft.values["balance_yuan"] = balances.zip_with(~is_credit, negative)


def _sides(draft: Draft) -> pl.Series:
    """debit, credit by the layout's words; null for anything else."""
    words = draft.table.layout.words if draft.table.layout else {}
    texts = draft.texts("direction_text")
    known = {text: words.get(joined(text)) for text in texts.drop_nulls().unique().to_list()}
    return texts.replace_strict(known, default=None, return_dtype=pl.String)
