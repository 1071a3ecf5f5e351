"""The measure of a workbook agrees with a plain count, however the workbook is written; nothing slips past it."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable

import polars as pl
import pytest

from flows.edges.lexicon import load_limits
from tests.hostile.books import CASES
from tests.hostile.packing import book, sheet_xml
from tests.unit.parsed.making import ROSTER_ROW, roster, xls, xlsx
from transforms.parsed import guard
from transforms.parsed.compound import CompoundError, streams
from transforms.parsed.guard import GuardError, check
from transforms.parsed.reach import Reach, exact_reach

LIMITS = load_limits()


def letters(number: int) -> str:
    text = ""
    while number:
        number, left = divmod(number - 1, 26)
        text = chr(65 + left) + text
    return text


@pytest.mark.parametrize("columns", [1, 2, 25, 26, 27, 28, 51, 52, 53, 54, 677, 701, 702])
@pytest.mark.parametrize("rows", [1, 99_999, 100_000, 100_001, 110_000, 250_000, 999_999, 1_048_576])
def test_what_lies_outside_is_found_and_nothing_inside(columns: int, rows: int) -> None:
    known = Reach(rows, columns)
    known.widen()
    assert rows <= known.rows <= max(99_999, rows * 1.11)
    outside = finders(known)
    chance = random.Random(rows * columns)
    near = [(chance.randint(1, columns), chance.randint(1, known.rows)) for _ in range(50)]
    far = [
        (columns + 1, 1),
        (columns + 26, 7),
        (columns + 676, 1),
        (1, known.rows + 1),
        (1, known.rows * 10),
        (columns, 9_999_999),
    ]
    for column, row in [*near, (columns, known.rows), (1, 1)]:
        inside = f'<row r="1"><c r="{letters(column)}{row}" s="1"/>'.encode()
        assert not any(found(inside) for found in outside), (column, row)
    for column, row in far:
        beyond = f'<c r="A1"/><c r="{letters(column)}{row}"/>'.encode()
        assert all(found(beyond) for found in outside), (column, row)
    for strange in (
        b"<c r='A1'/>",
        b'<c s="1" r="A1"/>',
        b"<c/>",
        b"<c>",
        b'<c\nr="A1">',
        b'<c  r="A1">',
        b'<c r="a1">',
    ):
        assert all(found(strange) for found in outside), strange
    common = b'<cols><col min="1"/></cols><cfRule/><cellXfs><cellStyles><cs>'
    assert not any(found(common) for found in outside)


@pytest.mark.parametrize("odd", [b'<mergeCell ref="A1:B2"/>', b'<c r="A1" t="e">', b"<f>1</f>", b"<x:f>", b"<x:c>"])
def test_what_is_more_than_a_plain_cell_is_looked_at(odd: bytes) -> None:
    known = Reach(5, 5)
    known.widen()
    assert pl.Series([odd.decode()]).str.contains(known.anything_else()).item()


def finders(known: Reach) -> list[Callable[[bytes], object]]:
    """What looks for a cell outside: a pattern of Python, and one for an engine that does not look ahead."""
    pattern = known.anything_else()
    engine = [lambda piece: pl.Series([piece.decode()]).str.contains(pattern).item()] if pattern else []
    assert bool(pattern) == (known.columns <= 26)
    return [known.outside().search, *engine]


@pytest.mark.parametrize("written", ['<c r="{at}"><v>1</v></c>', "<c s='1' r='{at}'><v>1</v></c>", "<c><v>1</v></c>"])
def test_cells_are_counted_as_readers_count_them(written: str) -> None:
    rows = "".join(
        f"<row>{''.join(written.format(at=f'{letters(c)}{r}') for c in range(1, 6))}</row>" for r in range(1, 8)
    )
    found = exact_reach(sheet_xml(rows).encode())
    assert (found.rows, found.columns) == (7, 5)


def test_empty_cells_and_what_only_looks_like_cells_do_not_count() -> None:
    text = '<c r="B2"><is><t><![CDATA[<c r="ZZ99">]]></t></is></c><c r="XFD2" s="3"/>'
    text = f'<!-- <c r="ZZ99"><v/></c> --><row r="2">{text}</row>'
    found = exact_reach(sheet_xml(text).encode())
    assert (found.rows, found.columns) == (2, 2)


def test_a_cell_that_lies_far_is_found_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also between two pieces, also written otherwise: the same answer whatever the size of the pieces."""
    rows = [f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 3000)]
    for place in (0, 700, 1500, 2998):
        for cell in ('<c r="XFD{}"><v>1</v></c>', "<c r='XFD{}'><v>1</v></c>", '<c s="1" r="XFD{}"><v>1</v></c>'):
            held = [*rows]
            held[place] = held[place].replace("</row>", f"{cell.format(place + 1)}</row>")
            content = book(sheet_xml("".join(held)))
            for size in (997, 5000, 1 << 22):
                in_pieces(monkeypatch, size)
                with pytest.raises(GuardError, match="第 16384 栏"):
                    check(content, LIMITS)


def in_pieces(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(guard, "_CHUNK", size)
    monkeypatch.setattr(guard, "_FIRST", min(size, 1 << 18))
    monkeypatch.setattr(guard, "_PROLOG", min(size // 2, 1 << 16))


@pytest.mark.parametrize("length", [10, 1 << 17, 1 << 20])
def test_a_definition_is_refused_however_long_it_is(length: int) -> None:
    with pytest.raises(GuardError, match="DTD"):
        check(
            book(sheet_xml("", doctype=f'<!DOCTYPE x SYSTEM "{random.Random(length).randbytes(length).hex()}">')),
            LIMITS,
        )


@pytest.mark.parametrize("size", [997, 1 << 22])
def test_an_honest_workbook_passes(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    in_pieces(monkeypatch, size)
    check(xlsx({"名单": roster(*({"姓名": str(number)} for number in range(3000)))}), LIMITS)
    check(xls("名单", roster()), LIMITS)


def test_only_what_is_doubted_is_counted_cell_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: bytes) -> Reach:
        raise AssertionError

    monkeypatch.setattr(guard, "exact_reach", never)
    check(xlsx({"名单": [ROSTER_ROW] * 20_000}), LIMITS)


def test_the_streams_of_an_old_workbook() -> None:
    found = streams(xls("名单", roster()))
    assert list(found) == ["Workbook"]
    assert found["Workbook"][:4] == struct.pack("<HH", 0x809, 16)


@pytest.mark.parametrize("seed", range(40))
def test_a_garbled_container_is_refused_or_read_never_followed_for_ever(seed: int) -> None:
    chance, made = random.Random(seed), bytearray(xls("名单", roster()))
    for _ in range(chance.randint(1, 20)):
        made[chance.randrange(8, 2048 if chance.random() < 0.5 else len(made))] = chance.randrange(256)
    try:
        streams(bytes(made))
    except CompoundError:
        return


def test_what_people_are_told_ends_with_a_way_out() -> None:
    said = []
    for case in CASES:
        content = case.make() if case.name.startswith(("外部", "最末", "一千", "加密")) else b""
        try:
            check(content, LIMITS)
        except GuardError as error:
            said.append(str(error))
    assert len(said) >= 8
    assert all(re.search(r"请[^。]*$", sentence) for sentence in said), said
