"""Which rows under a header are data: no totals, notes, headings, repeated headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from transforms.columns import Rules
from transforms.parsed.cells import EMPTY, Cell, Sheet
from transforms.parsed.headers import Heading, Shape
from transforms.words import squeezed

_SECTION_SIGN = re.compile(r"^([(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+[、.．])")
_DATE_LIKE = re.compile(r"\d{4}\D{0,3}\d{1,2}\D{0,3}\d{1,2}")
_SERIAL = re.compile(r"^\d{5}(\.\d+)?$")
_NUMBER = re.compile(r"[\d\s,.，￥¥元%-]+")

DataRow = tuple[int, Mapping[str, Cell]]


def data_rows(sheet: Sheet, heading: Heading, columns: Mapping[str, int], shape: Shape, rules: Rules) -> list[DataRow]:
    """The data rows: (row number, cell by column). A statement's footer is what has no date in its date column."""
    if shape.kind.kind == "bank_statements":
        return _statement_rows(sheet, heading, columns, rules)
    return list(_table_rows(sheet, heading, columns, shape, rules))


def _statement_rows(sheet: Sheet, heading: Heading, columns: Mapping[str, int], rules: Rules) -> list[DataRow]:
    dates = [name for name in ("transacted_on", "booked_on") if name in columns]
    amounts = [name for name in ("amount_yuan", "in_yuan", "out_yuan") if name in columns]
    kept: list[DataRow] = []
    for row in sheet.rows[heading.last + 1 :]:
        cells = _cells(row.cells, columns)
        is_line = any(_looks_like_date(cells[name]) for name in dates)
        is_empty = not any(cells[name].text for name in amounts)
        if is_line and not (is_empty and any(squeezed(cell.text) in rules.carried_words for cell in row.cells)):
            kept.append((row.row_no, cells))
    return kept


def _looks_like_date(cell: Cell) -> bool:
    return cell.kind == "date" or bool(_DATE_LIKE.search(cell.text) or _SERIAL.match(cell.text))


def _table_rows(
    sheet: Sheet, heading: Heading, columns: Mapping[str, int], shape: Shape, rules: Rules
) -> Iterator[DataRow]:
    carried = _carried_down(sheet, heading, columns, shape)
    titles = {squeezed(cell.text) for row in sheet.rows[: heading.first] for cell in row.cells if cell.text}
    wide = {top for top, left, bottom, right in sheet.merges if top == bottom and right - left > 1}
    after_note = False
    for place, row in enumerate(sheet.rows[heading.last + 1 :], start=heading.last + 1):
        cells = _cells(row.cells, columns)
        texts = [cell.text for cell in row.cells if cell.text.strip()]
        if not any(cell.text.strip() for cell in cells.values()):
            after_note = after_note or _is_note(texts, cells, shape, rules)
            continue
        if _is_total(texts, rules) or _is_sum(cells, shape) or _is_header_again(cells, heading, columns):
            continue
        if _is_note(texts, cells, shape, rules):
            after_note = True
            continue
        alone = len(texts) == 1
        if alone and (after_note or place in wide or _SECTION_SIGN.match(texts[0]) or squeezed(texts[0]) in titles):
            continue
        yield row.row_no, {**cells, **{n: c for n, c in carried.get(place, {}).items() if not cells[n].text}}


def _cells(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, Cell]:
    return {name: row[place] if place < len(row) else EMPTY for name, place in columns.items()}


def _carried_down(
    sheet: Sheet, heading: Heading, columns: Mapping[str, int], shape: Shape
) -> dict[int, dict[str, Cell]]:
    """Text merged over several data rows belongs to each of them; an amount merged so belongs to the first alone."""
    by_place = {place: name for name, place in columns.items()}
    carried: dict[int, dict[str, Cell]] = {}
    for top, left, bottom, right in sheet.merges:
        name = by_place.get(left)
        if top <= heading.last or bottom == top or right > left or name is None:
            continue
        column = shape.kind.by_name.get(name)
        if column is None or column.base_type in ("money", "count") or left >= len(sheet.rows[top].cells):
            continue
        for place in range(top + 1, bottom + 1):
            carried.setdefault(place, {})[name] = sheet.rows[top].cells[left]
    return carried


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
    filled = [shape.kind.by_name.get(name) for name, cell in cells.items() if cell.text.strip()]
    return bool(filled) and all(column is not None and column.base_type == "money" for column in filled)


def _is_note(texts: list[str], cells: Mapping[str, Cell], shape: Shape, rules: Rules) -> bool:
    """备注：…, 填表人：… at the beginning, in a row that is no data: most of what a row must have is missing."""
    if not texts:
        return False
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
