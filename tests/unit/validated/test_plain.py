"""Columns read at once and cells read one by one give the same: `values.typed_value` is the oracle of `plain`."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.parsed.making import lexicon
from transforms.columns import Column
from transforms.parsed.cells import ERROR_KIND, KINDS, NUMBER_KIND, TEXT_KIND, Cell, Texts
from transforms.validated import values as values_module
from transforms.validated.unreadable import UnreadableError
from transforms.validated.values import Asked, typed_value, typed_values

DIGITS = st.text("0123456789", min_size=1, max_size=20)
AMOUNT = st.from_regex(r"-?[0-9]{1,13}(,[0-9]{3}){0,2}(\.[0-9]{0,3})?(元|万元)?", fullmatch=True)
DAY = st.from_regex(
    r"(20[0-9]{2}|1899)([-/.年])(1[0-2]|0?[1-9])([-/.月])(3[01]|[12][0-9]|0?[1-9])日?"
    r"([ T]([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?))?",
    fullmatch=True,
)
COMPACT_DAY = st.from_regex(r"20[0-9]{6}([ T]?[0-9]{2}:?[0-9]{2}(:?[0-9]{2})?)?", fullmatch=True)
SPACED = st.text("0123456789 \t\n　Xx*'-.,￥－１２张三无", max_size=22)
TEXTS = DIGITS | AMOUNT | DAY | COMPACT_DAY | SPACED | st.sampled_from(["-", "—", "无", "N/A", "44533", "6.2E+18"])
TYPES = ("text", "money", "date", "id_number", "card", "account", "visible_account", "year", "count")


def asked(base: str, places: int = 0) -> Asked:
    return Asked(Column("x", ("栏",), base), places, 1900, lexicon()[2])


def one_by_one(cells: list[Cell], each: Asked) -> tuple[list[object], dict[int, tuple[str, str]]]:
    values, failures = [], {}
    for place, cell in enumerate(cells):
        try:
            values.append(typed_value(cell, each))
        except UnreadableError as error:
            values.append(None)
            failures[place] = (error.why, error.rule_id)
    return values, failures


@pytest.fixture(autouse=True, scope="module", params=[0, 256], ids=["as columns", "as cells"])
def short(request: pytest.FixtureRequest) -> Iterator[None]:
    """No column is too short to be read at once; then, every column is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values_module, "_SHORT", request.param)
        yield


@pytest.mark.parametrize("places", [0, 4])
@pytest.mark.parametrize("base", TYPES)
@settings(deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=12))
def test_a_column_is_its_cells(base: str, places: int, texts: list[str]) -> None:
    column = pl.Series([text or None for text in texts], dtype=pl.String)  # an empty cell is null in a sheet
    values, failures = typed_values(Texts(column, None), asked(base, places))
    told = {place: (why.why, why.rule_id) for place, (_, why) in failures.items()}
    assert (values.to_list(), told) == one_by_one([Cell(text) for text in texts], asked(base, places))


@settings(deadline=None)
@given(numbers=st.lists(st.integers(0, 10**19), min_size=1, max_size=8))
def test_numbers_that_lost_digits_are_known_among_their_neighbours(numbers: list[int]) -> None:
    texts = [str(number) for number in (*numbers, *numbers)]
    kinds = [NUMBER_KIND] * len(numbers) + [TEXT_KIND] * len(numbers)
    cells = [Cell(text, KINDS[kind]) for text, kind in zip(texts, kinds, strict=True)]
    series = Texts(pl.Series(texts), pl.Series(kinds, dtype=pl.UInt8))
    values, failures = typed_values(series, asked("card"))
    told = {place: (why.why, why.rule_id) for place, (_, why) in failures.items()}
    assert (values.to_list(), told) == one_by_one(cells, asked("card"))
    assert all(told[place][1] == "S.lost_digits" for place, number in enumerate(numbers) if number >= 10**15)


@pytest.mark.parametrize("base", TYPES)
def test_an_error_is_told_unless_it_says_that_there_is_nothing(base: str) -> None:
    texts = ["#N/A", "#DIV/0!", "-", "#REF!"]
    cells = [Cell(text, "error") for text in texts]
    series = Texts(pl.Series(texts), pl.Series([ERROR_KIND] * len(texts), dtype=pl.UInt8))
    values, failures = typed_values(series, asked(base))
    told = {place: (why.why, why.rule_id) for place, (_, why) in failures.items()}
    assert (values.to_list(), told) == one_by_one(cells, asked(base))
    assert 1 in told
