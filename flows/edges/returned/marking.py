"""Marks in the unit's own sheets: coloured cells with comments, and the hidden column that names every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from flows.edges.returned.asked import DataSheet, ReturnedFile, Said
from flows.edges.returned.original import AUTHOR, Original
from transforms.columns import Rules
from transforms.parsed.cells import Sheet
from transforms.words import squeezed, tidy

_COMMENT_WIDTH, _LINE_HEIGHT, _SIGNS_A_LINE = 320, 20, 20


@dataclass(frozen=True)
class Found:
    """Where a finding stands in the workbook: worksheet, cell (`G118`, '' for a whole sheet), what is in it.

    `others`: further cells, by worksheet, that bear its mark.
    """

    said: Said
    worksheet: str
    cell: str
    value: str
    token: str
    others: tuple[tuple[str, str], ...] = ()


def mark_sheets(original: Original, file: ReturnedFile, rules: Rules, words: Mapping[str, Any]) -> list[Found]:
    """Mark every data sheet; gives where each finding stands, in the order of the findings."""
    for name, data in file.sheets.items():
        _write_tokens(original.worksheet(name), original.sheets[name], data, rules.returned["row_mark"])
    found = [_found(original, file, said) for said in file.said]
    by_cell: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for each in found:
        cells = [(each.worksheet, each.cell), *each.others]
        for place in dict.fromkeys(place for place in cells if place[1]):
            by_cell[place].append(each.said)
    for (sheet, cell), said in by_cell.items():
        _colour(original.book[sheet], cell, said, words)
    return found


def _write_tokens(sheet: Worksheet, read: Sheet, data: DataSheet, header: str) -> None:
    """The last column, hidden; behind everything that is written in the sheet."""
    widest = max((place for row in read.rows for place, cell in enumerate(row.cells, start=1) if cell.text), default=0)
    column = widest + 1
    for row_no, text in ((data.header_row_no, header), *((row, token.text) for row, token in data.tokens.items())):
        cell = sheet.cell(row_no, column)
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"
    sheet.column_dimensions[get_column_letter(column)].hidden = True


def _found(original: Original, file: ReturnedFile, said: Said) -> Found:
    if said.stated:
        return _found_in_rows(original, file, said)
    read = original.sheets.get(said.sheet) if said.sheet is not None else None
    if read is None:
        return Found(said, "", "", "", "")
    worksheet = original.names[read.name]
    data = file.sheets.get(read.name)
    if said.row_no is None or data is None:
        return Found(said, worksheet, "", "", "")
    token = data.tokens.get(said.row_no)
    named = token.text if token else ""
    texts = _texts(read, said.row_no)
    place = _column(read, data.header_row_no, said.column_name)
    if place is not None:
        value = texts[place] if place < len(texts) else ""
        return Found(said, worksheet, _cell(said.row_no, place), value, named)
    place = _place_of(texts, said.value_text)
    in_row = _cell(said.row_no, place if place is not None else next((at for at, text in enumerate(texts) if text), 0))
    value = texts[place] if place is not None else ""
    above = _above(read, data.header_row_no, data.said_above.get(said.field or ""))
    if above:
        return Found(said, worksheet, _cell(*above), _texts(read, above[0])[above[1]], named, ((worksheet, in_row),))
    return Found(said, worksheet, in_row, value, named)


def _found_in_rows(original: Original, file: ReturnedFile, said: Said) -> Found:
    """A finding on the whole file that quotes what rows, or the lines above them, state: there it can be corrected."""
    cells: dict[tuple[str, str], str] = {}
    for sheet, row_no, text in said.stated:
        read, data = original.sheets.get(sheet), file.sheets.get(sheet)
        if read and data:
            place = _place_of(_texts(read, row_no), text)
            at = (row_no, place) if place is not None else _above(read, data.header_row_no, text)
            if at:
                cells[original.names[sheet], _cell(*at)] = _texts(read, at[0])[at[1]]
    if not cells:
        return Found(said, "", "", "", "")
    (worksheet, cell), *others = cells
    return Found(said, worksheet, cell, cells[worksheet, cell], "", tuple(others))


def _texts(read: Sheet, row_no: int) -> list[str]:
    return next(([cell.text for cell in row.cells] for row in read.rows if row.row_no == row_no), [])


def _cell(row_no: int, place: int) -> str:
    return f"{get_column_letter(place + 1)}{row_no}"


def _place_of(texts: Sequence[str], text: str | None) -> int | None:
    """The cell of a row that says just this; the first of several: a person is named before the card holder."""
    wanted = squeezed(text or "")
    return next((at for at, each in enumerate(texts) if wanted and squeezed(each) == wanted), None)


def _above(read: Sheet, header_row_no: int, text: str | None) -> tuple[int, int] | None:
    """Row and column of the cell above the header that says it."""
    wanted = squeezed(text or "")
    for row in read.rows:
        for place, cell in enumerate(row.cells):
            if wanted and row.row_no < header_row_no and wanted in squeezed(cell.text):
                return row.row_no, place
    return None


def _column(read: Sheet, header_row_no: int, name: str | None) -> int | None:
    """The column under that header; a header of two rows names a column in its lower one, else in its upper one."""
    if not name:
        return None
    for row_no in (header_row_no, header_row_no - 1):
        cells = next((row.cells for row in read.rows if row.row_no == row_no), ())
        for place, cell in enumerate(cells):
            if tidy(cell.text).rstrip("*＊ ") == name:
                return place
    return None


def _colour(sheet: Worksheet, place: str, said: list[Said], words: Mapping[str, Any]) -> None:
    cell = sheet[place]
    worst = min(said, key=lambda each: list(words["levels"]).index(each.severity))
    cell.fill = PatternFill("solid", fgColor=words["colours"][worst.severity])
    lines = [f"【{words['levels'][each.severity]}】{each.sentence}。{each.way_out}。" for each in said]
    comment = Comment("\n".join(lines), AUTHOR)
    comment.width = _COMMENT_WIDTH
    comment.height = _LINE_HEIGHT * (1 + sum(1 + len(line) // _SIGNS_A_LINE for line in lines))
    cell.comment = comment
