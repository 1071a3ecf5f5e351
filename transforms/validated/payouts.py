"""payouts: contract `expectations/contracts/payouts.yaml`, layouts `data/layouts/payout_*.yaml`."""

from __future__ import annotations

import polars as pl

from transforms.columns import Layout
from transforms.parsed.recognised import Table
from transforms.validated.draft import Draft, Reading, Typed, finished, typed
from transforms.validated.unreadable import UnreadableError
from transforms.words import joined

STATUS, RETURNED = "result_status", "returned_text"


def payouts(table: Table, reading: Reading) -> Typed:
    """代发结果 as typed facts. Grain: one row per result line. 退汇 is a state of its own."""
    draft = typed(table, reading, without=(STATUS,))
    draft.values[STATUS] = _statuses(draft)
    draft.key("card_key", "digits", "card_no")
    return finished(draft)


def _statuses(draft: Draft) -> pl.Series:
    """The bank's own words first, then the common ones; a 是 in a column 是否退汇 goes before both."""
    layout, column = draft.table.layout, draft.kind.by_name[STATUS]
    statuses: list[str | None] = []
    pairs = zip(draft.texts(STATUS).to_list(), draft.texts(RETURNED).to_list(), strict=True)
    for place, (text, returned) in enumerate(pairs):
        code = _own(layout, returned) or _own(layout, text)
        if code is None and text is not None:
            code = draft.reading.words.code(column.domain, text)
            if code is None:
                draft.fail(place, column, UnreadableError(column.header, "S.enum"), text)
        statuses.append(code)
    return pl.Series(statuses, dtype=pl.String)


def _own(layout: Layout | None, text: str | None) -> str | None:
    return layout.words.get(joined(text)) if layout and text else None
