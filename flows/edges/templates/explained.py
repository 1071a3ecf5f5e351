"""填表说明: every column with its requirement, meaning, way to fill it in, example and synonyms; what colours mean."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from expectations.contracts import Column
from flows.edges.sheets import cell_format, head_format, height_of, write_head
from flows.edges.templates.data_sheet import is_long
from flows.edges.templates.meanings import Meanings


def write_explained(made: Workbook, sheet: Worksheet, said: Meanings) -> dict[str, str]:
    """Fill the sheet. Gives enumeration → range of those lists of words that stand here for the drop-downs."""
    columns = said.words["explained"]["columns"]
    shown = [(column["label"], column["width"]) for column in columns]
    write_head(sheet, 0, shown, head_format(made))
    text = cell_format(made, valign="top", num_format="@")
    for row, column in enumerate(said.contract.headers, start=1):
        _write_line(sheet, row, [_texts(column, said)[each["key"]] for each in columns], shown, text)
    row = _write_signs(made, sheet, len(said.contract.headers) + 2, said)
    for note in said.words["notes"]:
        sheet.write_string(row, 0, note)
        row += 1
    sheet.print_area(0, 0, row - 1, len(columns) - 1)
    return _write_lists(sheet, len(columns) + 1, said)


def _texts(column: Column, said: Meanings) -> dict[str, str]:
    field = column.field
    return {
        "label": field.label_zh,
        "requirement": said.requirement(column),
        "meaning": field.meaning_zh,
        "wanted": said.filling.wanted(field),
        "example": said.filling.example(field),
        "synonyms": said.words["joined"].join(field.synonyms),
    }


def _write_line(
    sheet: Worksheet, row: int, texts: Sequence[str], shown: Sequence[tuple[str, int]], style: object
) -> None:
    sheet.set_row(row, height_of((text, width) for text, (_, width) in zip(texts, shown, strict=True)))
    for place, text in enumerate(texts):
        sheet.write_string(row, place, text, style)


def _write_signs(made: Workbook, sheet: Worksheet, row: int, said: Meanings) -> int:
    """The colours of the data sheet, each shown as it looks there; gives the row behind."""
    sheet.write_string(row, 0, said.words["explained"]["signs"], made.add_format({"bold": True}))
    for number, sign in enumerate(said.words["signs"].values(), start=1):
        look = {"bg_color": f"#{sign['fill']}", "font_color": f"#{sign['font']}", "align": "center"}
        sheet.write_string(row + number, 0, sign["label"], cell_format(made, **look))
        sheet.write_string(row + number, 1, sign["meaning"].format(repeated=said.repeated()))
    return row + len(said.words["signs"]) + 2


def _write_lists(sheet: Worksheet, place: int, said: Meanings) -> dict[str, str]:
    """Lists of words too long for a cell's own rule, in hidden columns beside the table."""
    ranges: dict[str, str] = {}
    for column in said.contract.headers:
        domain, words = column.field.domain, said.filling.offered(column.field)
        if is_long(words) and domain not in ranges:
            sheet.write_string(0, place, said.words["explained"]["list"].format(field=column.field.label_zh))
            sheet.write_column(1, place, words)
            sheet.set_column(place, place, 20, None, {"hidden": True})
            ranges[domain] = f"{said.words['explained']['sheet']}!{xl_range_abs(1, place, len(words), place)}"
            place += 1
    return ranges
