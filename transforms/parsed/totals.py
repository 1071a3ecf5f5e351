"""What a statement itself says that its lines add up to: above its header (中行), or in its footer (农行)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transforms.columns import Totals
from transforms.parsed.cells import Row, Sheet
from transforms.parsed.context import above
from transforms.parsed.recognised import Table
from transforms.words import half_width, squeezed, tidy, without_brackets

Stated = tuple[str, str]  # field (in_yuan, out_count, …) → text as the bank writes it

_AMOUNT = r"-?\d[\d,]*(?:\.\d+)?"


def stated_totals(sheet: Sheet, table: Table) -> list[Stated]:
    """Every total that the sheet states in one of the ways that its layout knows, in the order of the sheet."""
    totals = table.layout.totals if table.layout else None
    if totals is None:
        return []
    header = (sheet.row_nos == table.header_row_no).arg_max() or 0
    foot = sheet.at([place for place, _ in table.left_out])
    rows = [*sheet.head(header), *foot]
    return [*_by_key(rows, totals), *_by_side(foot, totals), *_by_column(sheet.at([header])[0], table, foot, totals)]


def _by_key(rows: Sequence[Row], totals: Totals) -> Iterator[Stated]:
    """键：值 in one cell, or a key and its value in two neighbouring cells."""
    for key, value in above(rows).pairs:
        if squeezed(key) in totals.keys:
            yield totals.keys[squeezed(key)], value
    for row in rows:
        texts = [tidy(cell.text) for cell in row.cells if cell.text.strip()]
        for text, following in pairwise(texts):
            key = squeezed(without_brackets(text))
            if key in totals.keys and not text.rstrip().endswith((":", "：")):
                yield totals.keys[key], following


def _by_side(rows: Sequence[Row], totals: Totals) -> Iterator[Stated]:
    """5 收 91,007,497.02: so many lines on one side, and their sum."""
    for row in rows:
        text = half_width(" ".join(cell.text for cell in row.cells if cell.text.strip()))
        for side, word in totals.sides.items():
            if found := re.search(rf"(?<![\d,.])(\d+)\s*笔?\s*{word}\s*({_AMOUNT})", text):
                yield f"{side}_count", found[1]
                yield f"{side}_yuan", found[2]


def _by_column(header: Row, table: Table, rows: Sequence[Row], totals: Totals) -> Iterator[Stated]:
    """合计 in a row of its own, the sums below the columns. Of several such rows none is the whole statement's."""
    sums = [row for row in rows if squeezed(_first_text(row)) in totals.rows]
    if len(sums) != 1:
        return
    headings = [squeezed(cell.text) for cell in header.cells]
    for side in ("in", "out"):
        heading = squeezed(table.headers.get(f"{side}_yuan", ""))
        place = headings.index(heading) if heading in headings else len(headings)
        if heading and place < len(sums[0].cells) and sums[0].cells[place].text.strip():
            yield f"{side}_yuan", sums[0].cells[place].text


def _first_text(row: Row) -> str:
    return next((cell.text for cell in row.cells if cell.text.strip()), "")
