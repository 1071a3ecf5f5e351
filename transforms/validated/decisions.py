"""decisions: contract `expectations/contracts/decisions.yaml`."""

from __future__ import annotations

import polars as pl

from transforms.parsed.marks import PairMark, pair_mark_of
from transforms.parsed.recognised import Table
from transforms.validated.draft import Draft, Reading, Typed, finished, typed
from transforms.validated.unreadable import UnreadableError

_UNMARKED = "对账待办的标识，请在收到的工作簿中填写，不要另制表格"


def decisions(table: Table, reading: Reading) -> Typed:
    """对账待办 as typed facts. Grain: one row per row of it with a choice; what nobody has decided says nothing."""
    draft = typed(table.only(_answered(table)), reading)
    marks = [pair_mark_of(text or "") for text in draft.values["pair_mark"].to_list()]
    _refuse_altered(draft, marks)
    pairs = [mark or PairMark() for mark in marks]
    draft.values["bank_line_id"] = _texts([pair.bank_line_id for pair in pairs])
    draft.values["payment_id"] = _texts([pair.payment_id for pair in pairs])
    draft.values["list_id"] = _texts([pair.list_id for pair in pairs])
    draft.values["candidate_id"] = _texts([pair.payment_id or pair.list_id for pair in pairs])
    draft.values["item_id"] = _texts([pair.bank_line_id or pair.payment_id or pair.list_id for pair in pairs])
    return finished(draft)


def _answered(table: Table) -> list[int]:
    texts = table.cells["choice"].texts.to_list() if "choice" in table.cells else []
    return [place for place, text in enumerate(texts) if (text or "").strip()]


def _refuse_altered(draft: Draft, marks: list[PairMark | None]) -> None:
    """A mark that was retyped names nothing; an empty one is told as missing."""
    column, said = draft.kind.by_name["pair_mark"], draft.values["pair_mark"].to_list()
    for place, (mark, text) in enumerate(zip(marks, said, strict=True)):
        if mark is None and text:
            draft.fail(place, column, UnreadableError(_UNMARKED), text)


def _texts(values: list[str]) -> pl.Series:
    return pl.Series([value or None for value in values], dtype=pl.String)
