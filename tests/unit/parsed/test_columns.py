"""A column of a workbook is the same read at once and cell by cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.parsed import workbook
from transforms.parsed.cells import Unshown

TEXTS = st.text(" \t\u3000\n0一A", max_size=4)
DATES = st.dates(dt.date(1900, 3, 1), dt.date(2100, 12, 31))
WHOLE = st.integers(-(10**16), 10**16).map(float)
NUMBERS = st.floats(-(10**16), 10**16, allow_nan=False) | WHOLE
ANYTHING = st.one_of(TEXTS, DATES, NUMBERS, st.booleans(), st.just(""), st.just(Unshown("#REF!")))
COLUMNS = st.one_of(*(st.lists(cells, min_size=1, max_size=20) for cells in (TEXTS, DATES, WHOLE, NUMBERS, ANYTHING)))


def read(values: list[Any], short: int) -> tuple[list[str | None], list[int]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "_SHORT", short)
        texts, kinds = workbook._column("0", values)
        return texts.to_list(), kinds.to_list()


@given(COLUMNS)
def test_at_once_as_cell_by_cell(values: list[Any]) -> None:
    assert read(values, 0) == read(values, len(values))
