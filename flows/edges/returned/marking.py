"""Marks in the unit's own sheets: coloured cells with comments, and the hidden column that names every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from flows.edges.returned.advice import Advice
from flows.edges.returned.asked import DataSheet, ReturnedFile, Said
from flows.edges.returned.original import AUTHOR, Original
from transforms.columns import Rules
from transforms.parsed.cells import Sheet
from transforms.words import squeezed, tidy

_COMMENT_WIDTH, _LINE_HEIGHT, _SIGNS_A_LINE = 320, 20, 20


@dataclass(frozen=True)
class Found:
    """Where a finding stands in the workbook: worksheet, cell (`G118`, '' for a whole sheet), what is in it.

    `others`: further cells, by worksheet, that bear its mark; `wanted`, `example`: what should stand there; `person`:
    whom the row is about, where the cell does not say so.
    """

    said: Said
    worksheet: str
    cell: str
    value: str
    token: str
    others: tuple[tuple[str, str], ...] = ()
    wanted: str = ""
    example: str = ""
    person: str = ""


def mark_sheets(original: Original, file: ReturnedFile, rules: Rules, advice: Advice) -> list[Found]:
    """Mark every data sheet; gives where each finding stands and what is wanted, in the order of the findings."""
    for name, data in file.sheets.items():
        _write_tokens(original.worksheet(name), original.sheets[name], data, rules.returned["row_mark"])
    found = [_advised(_found(original, file, said, advice), file, advice) for said in file.said]
    by_cell: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for each in found:
        cells = [(each.worksheet, each.cell), *each.others]
        for place in dict.fromkeys(place for place in cells if place[1]):
            by_cell[place].append(each)
    for (sheet, cell), here in by_cell.items():
        _colour(original.book[sheet], cell, here, advice.words)
    return found


def _advised(found: Found, file: ReturnedFile, advice: Advice) -> Found:
    wanted, example = advice.of(found.said, file.sheets.get(found.said.sheet or ""))
    return replace(found, wanted=wanted, example=example)


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
    _sort_together(sheet, data.header_row_no, column, header)


def _sort_together(sheet: Worksheet, head: int, column: int, header: str) -> None:
    """Whoever sorts by the arrows of the header moves the tokens along: filter and table reach over their column."""
    letter = get_column_letter(column)
    filtered = sheet.auto_filter.ref
    if filtered and CellRange(filtered).min_row == head:
        sheet.auto_filter.ref = _widened(filtered, letter)
    for table in sheet.tables.values():
        cells = CellRange(table.ref)
        if cells.min_row == head and cells.max_col == column - 1:
            table.ref = _widened(table.ref, letter)
            if table.autoFilter:
                table.autoFilter.ref = _widened(table.autoFilter.ref, letter)
            number = 1 + max(each.id for each in table.tableColumns)
            table.tableColumns.append(TableColumn(id=number, name=header))


def _widened(cells: str, letter: str) -> str:
    first, _, last = cells.partition(":")
    return f"{first}:{letter}{last.lstrip('$' + ascii_uppercase)}"


def _found(original: Original, file: ReturnedFile, said: Said, advice: Advice) -> Found:
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
    texts = original.texts(read.name, said.row_no)
    place = _in_row(texts, read, data, said, advice)
    in_row = _cell(said.row_no, _head_of(texts, read, data, advice) if place is None else place)
    value = texts[place] if place is not None and place < len(texts) else ""
    above = _above(read, data.header_row_no, data.said_above.get(said.field or ""))
    if above and _column(read, data.header_row_no, said.column_name) is None:
        text = original.texts(read.name, above[0])[above[1]]
        return Found(said, worksheet, _cell(*above), text, named, ((worksheet, in_row),))
    person = (said.value_text or "") if not said.field and place != _place_of(texts, said.value_text) else ""
    return Found(said, worksheet, in_row, value, named, person=person)


def _in_row(texts: Sequence[str], read: Sheet, data: DataSheet, said: Said, advice: Advice) -> int | None:
    """What a finding is about in a row: its column, else where its rule looks, else the cell that it quotes."""
    for name in (said.column_name, data.columns.get(advice.field(said, data) or "")):
        place = _column(read, data.header_row_no, name)
        if place is not None:
            return place
    return _place_of(texts, said.value_text)


def _head_of(texts: Sequence[str], read: Sheet, data: DataSheet, advice: Advice) -> int:
    """The cell by which people know the row: the person's name, else the first that holds anything."""
    headers = (data.columns.get(name) for name in advice.words["row_known_by"])
    known = _column(read, data.header_row_no, next(filter(None, headers), None))
    return next((at for at, text in enumerate(texts) if text), 0) if known is None else known


def _found_in_rows(original: Original, file: ReturnedFile, said: Said) -> Found:
    """A finding on the whole file that quotes what rows, or the lines above them, state: there it can be corrected."""
    cells: dict[tuple[str, str], str] = {}
    for sheet, row_no, text in said.stated:
        read, data = original.sheets.get(sheet), file.sheets.get(sheet)
        if read and data:
            place = _place_of(original.texts(sheet, row_no), text)
            at = (row_no, place) if place is not None else _above(read, data.header_row_no, text)
            if at:
                cells[original.names[sheet], _cell(*at)] = original.texts(sheet, at[0])[at[1]]
    if not cells:
        return Found(said, "", "", "", "")
    (worksheet, cell), *others = cells
    return Found(said, worksheet, cell, cells[worksheet, cell], "", tuple(others))


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


def _colour(sheet: Worksheet, place: str, here: list[Found], words: Mapping[str, Any]) -> None:
    cell = sheet[place]
    worst = min((each.said.severity for each in here), key=list(words["levels"]).index)
    cell.fill = PatternFill("solid", fgColor=words["colours"][worst])
    lines = [line for each in here for line in _lines(each, words)]
    comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", "\n".join(lines)), AUTHOR)
    comment.width = _COMMENT_WIDTH
    comment.height = _LINE_HEIGHT * (1 + sum(1 + len(line) // _SIGNS_A_LINE for line in lines))
    cell.comment = comment


def _lines(found: Found, words: Mapping[str, Any]) -> list[str]:
    """What the comment says of one finding: what is wrong, what is there, what is wanted, an example, the way out."""
    said = found.said
    told = {
        "level": words["levels"][said.severity], "sentence": said.sentence, "value": found.value or words["empty"],
        "wanted": found.wanted, "example": found.example, "way_out": said.way_out,
    }  # fmt: skip
    return [text.format(**told) for name, text in words["comment"].items() if told.get(name, True)]
