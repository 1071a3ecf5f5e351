"""Which rows under a header are data: no totals, notes, headings, repeated headers. What is left out is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from transforms.columns import Rules
from transforms.parsed.cells import EMPTY, Cell, Sheet, Texts
from transforms.parsed.headers import Heading, Shape
from transforms.words import squeezed

_SECTION_SIGN = re.compile(r"^([(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+[、.．])")
_DATE_LIKE = r"\d{4}\D{0,3}\d{1,2}\D{0,3}\d{1,2}|^\d{5}(\.\d+)?$"
_NUMBER = re.compile(r"[\d\s,.，￥¥元%-]+")
_BETWEEN = r"[\s*#:：]*"
_TELLING = frozenset(
    {"money", "quantity", "date", "year", "count", "integer", "id_number", "card", "account", "visible_account"}
)

SUMMARY = "summary_text"  # of a journal: its totals and balances carried over say so here

TOTAL, SUM, NOTE, HEADER, HEADING, FOOTER, CARRIED, BARE = (
    "total", "sum", "note", "header", "heading", "footer", "carried", "bare",
)  # fmt: skip


@dataclass(frozen=True)
class Body:
    """What lies under a header. `index`: the places of the data rows in the sheet; `cells`: column → its cells there;
    `left_out`: place of each row that is no data and not empty, and why.
    """

    index: pl.Series
    cells: Mapping[str, Texts]
    left_out: tuple[tuple[int, str], ...]


def body(sheet: Sheet, heading: Heading, columns: Mapping[str, int], shape: Shape, rules: Rules) -> Body:
    """The data rows under a header. A statement's footer is what has no date in its date column."""
    first = heading.last + 1
    below = sheet.texts[first:]
    is_filled = below.select(pl.any_horizontal(pl.all().is_not_null(), False).alias("n"))["n"]
    if shape.kind.kind == "bank_statements":
        left = _no_lines(sheet, below, first, columns, rules)
    else:
        doubtful = (is_filled & _doubtful(below, heading, columns, shape, rules)).arg_true() + first
        left = dict(_judged(sheet, doubtful.to_list(), heading, columns, shape, rules))
    index = (is_filled.arg_true() + first).cast(pl.UInt32)
    if left:
        index = index.filter(~index.is_in(list(left)))
    cells = {name: sheet.column(place, index) for name, place in columns.items()}
    for name, texts in _merged_down(sheet, heading, columns, shape).items():
        cells[name] = _filled_in(cells[name], index, texts)
    for name in (shape.layout or shape.kind).carried:
        if name in cells:
            cells[name] = _carried_down(cells[name])
    is_told = set(left) & set((is_filled.arg_true() + first).to_list()) if left else set()
    return Body(index, cells, tuple((place, left[place]) for place in sorted(is_told)))


def _no_lines(
    sheet: Sheet, below: pl.DataFrame, first: int, columns: Mapping[str, int], rules: Rules
) -> dict[int, str]:
    """The rows of a statement that are no lines: without a date, or carried over from page to page without amount."""
    dates = [str(columns[name]) for name in ("transacted_on", "booked_on") if name in columns]
    amounts = [str(columns[name]) for name in ("amount_yuan", "in_yuan", "out_yuan") if name in columns]
    seen = below.select(
        pl.any_horizontal(pl.col(dates).str.contains(_DATE_LIKE).fill_null(value=False), False).alias("is_line"),
        pl.all_horizontal(pl.col(amounts).is_null(), True).alias("is_bare"),
    )
    left = {first + place: FOOTER for place in (~seen["is_line"]).arg_true()}
    bare = [first + place for place in (seen["is_line"] & seen["is_bare"]).arg_true()]
    for place, row in zip(bare, sheet.at(bare), strict=True):
        if any(squeezed(cell.text) in rules.carried_words for cell in row.cells):
            left[place] = CARRIED
    return left


def _doubtful(
    below: pl.DataFrame, heading: Heading, columns: Mapping[str, int], shape: Shape, rules: Rules
) -> pl.Series:
    """Rows that may be something else than data, seen in columns at once; `_judged` looks at each of them.

    Every row for which `_reason` gives one is among them: a header said again has no digit where data must have one.
    """
    by_name = shape.kind.by_name
    types = {str(place): by_name[name].base_type if name in by_name else "" for name, place in columns.items()}
    with_digits = {str(place) for place, text in enumerate(heading.texts) if any(map(str.isdigit, text))}
    telling = [place for place, type_ in types.items() if type_ in _TELLING and place not in with_digits]
    others = [place for place, type_ in types.items() if type_ != "money"]
    needed = [str(columns[name]) for name in shape.required if name in columns]
    said = [str(columns[SUMMARY])] if SUMMARY in columns else []
    total = "^" + _BETWEEN + "(?:" + "|".join(_BETWEEN.join(map(re.escape, word)) for word in rules.total_words) + ")"
    return below.select(
        pl.any_horizontal(
            pl.sum_horizontal(pl.all().is_not_null()) <= 1,
            ~pl.any_horizontal(pl.col(others).is_not_null(), False),
            ~pl.any_horizontal(pl.col(telling).str.contains(r"\d").fill_null(value=False), False),
            2 * pl.sum_horizontal(pl.col(needed).is_not_null(), 0) <= len(needed),
            pl.all().str.contains(total).fill_null(value=False),
            pl.col(said).is_in(list(rules.carried_words)).fill_null(value=False),
        ).alias("is_doubtful")
    )["is_doubtful"]


def _judged(
    sheet: Sheet, places: Sequence[int], heading: Heading, columns: Mapping[str, int], shape: Shape, rules: Rules
) -> Iterator[tuple[int, str]]:
    """The places of rows that are no data, and what they are. A line alone is a note's second line after a note."""
    titles = {squeezed(cell.text) for row in sheet.head(heading.first) for cell in row.cells if cell.text}
    wide = {top for top, left, bottom, right in sheet.merges if top == bottom and right - left > 1}
    after_note = False
    for place, row in zip(places, sheet.at(places), strict=True):
        cells = {name: row.cells[at] if at < len(row.cells) else EMPTY for name, at in columns.items()}
        texts = [cell.text for cell in row.cells if cell.text]
        reason = _reason(texts, cells, heading, columns, shape, rules)
        after_note = after_note or reason == NOTE
        if reason is None and len(texts) == 1:
            is_heading = place in wide or _SECTION_SIGN.match(texts[0]) or squeezed(texts[0]) in titles
            reason = HEADING if is_heading else NOTE if after_note else None
        if reason:
            yield place, reason


def _reason(
    texts: list[str],
    cells: Mapping[str, Cell],
    heading: Heading,
    columns: Mapping[str, int],
    shape: Shape,
    rules: Rules,
) -> str | None:
    """Why a row is no data, by itself; None if nothing speaks against it."""
    if not any(cell.text for cell in cells.values()):
        return NOTE if _is_note(texts, cells, shape, rules) else BARE
    if _is_total(texts, rules):
        return TOTAL
    if SUMMARY in cells and squeezed(cells[SUMMARY].text) in {*rules.total_words, *rules.carried_words}:
        return CARRIED
    if _is_sum(cells, shape):
        return SUM
    if _is_header_again(cells, heading, columns):
        return HEADER
    return NOTE if _is_note(texts, cells, shape, rules) else None


def _merged_down(sheet: Sheet, heading: Heading, columns: Mapping[str, int], shape: Shape) -> dict[str, dict[int, str]]:
    """Text merged over several data rows belongs to each of them; an amount merged so belongs to the first alone.

    Column → place of a row → text.
    """
    by_place = {place: name for name, place in columns.items()}
    merged: dict[str, dict[int, str]] = {}
    for top, left, bottom, right in sheet.merges:
        name = by_place.get(left)
        if top <= heading.last or bottom == top or right > left or name is None or top >= sheet.texts.height:
            continue
        column = shape.kind.by_name.get(name)
        text = sheet.texts.to_series(left)[top]
        if column is not None and column.base_type not in ("money", "count") and text:
            merged.setdefault(name, {}).update(dict.fromkeys(range(top + 1, bottom + 1), text))
    return merged


def _filled_in(cells: Texts, index: pl.Series, texts: Mapping[int, str]) -> Texts:
    given = pl.Series([texts.get(place) for place in index.to_list()], dtype=pl.String)
    return Texts(cells.texts.zip_with(cells.texts.is_not_null(), given), cells.kinds)


def _carried_down(cells: Texts) -> Texts:
    """An empty cell means what stands above it: the entries of one voucher state its date and number once."""
    kinds = None if cells.kinds is None else cells.kinds.set(cells.texts.is_null(), None).forward_fill()
    return Texts(cells.texts.forward_fill(), kinds)


def _is_total(texts: list[str], rules: Rules) -> bool:
    """合计 in one of the first cells, or at the very beginning with its number behind it."""
    first = squeezed(texts[0])
    if any(
        first == word or (first.startswith(word) and _NUMBER.match(first[len(word) :])) for word in rules.total_words
    ):
        return True
    return any(squeezed(text) in rules.total_words for text in texts[:3])


def _is_sum(cells: Mapping[str, Cell], shape: Shape) -> bool:
    """Amounts and nothing else: a sum that somebody forgot to call 合计."""
    filled = [shape.kind.by_name.get(name) for name, cell in cells.items() if cell.text]
    return bool(filled) and all(column is not None and column.base_type == "money" for column in filled)


def _is_note(texts: list[str], cells: Mapping[str, Cell], shape: Shape, rules: Rules) -> bool:
    """备注：…, 填表人：… at the beginning, in a row that is no data: most of what a row must have is missing."""
    needed = [name for name in shape.required if name in cells]
    if needed and 2 * sum(bool(cells[name].text) for name in needed) > len(needed):
        return False
    first = texts[0].strip()
    return any(
        first.startswith(word) and (len(first) == len(word) or first[len(word)] in ":：(（、,，.1 \u3000")
        for word in rules.note_words
    )


def _is_header_again(cells: Mapping[str, Cell], heading: Heading, columns: Mapping[str, int]) -> bool:
    filled = [(name, cell) for name, cell in cells.items() if cell.text]
    same = sum(squeezed(cell.text) in heading.forms[columns[name]] for name, cell in filled)
    return same > 1 and 2 * same > len(filled)
