"""The sheet that people fill in: header, formats, drop-downs, hints, and colours that tell at once what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from expectations.contracts import Column, Contract
from flows.edges.sheets import DATE, MONEY, TEXT, head_format, keep_head
from flows.edges.templates import checks
from flows.edges.templates.meanings import Meanings

# Type → (number format, least width): an ID, card or account number is a text and is seen whole.
_CELLS = {
    "text": (TEXT, 14),
    "enum": (TEXT, 14),
    "id_number": (TEXT, 22),
    "card": (TEXT, 24),
    "account": (TEXT, 26),
    "date": (DATE, 13),
    "money": (MONEY, 15),
    "quantity": ("General", 12),
}
_NUMBERS = ("0", 10)
_LONG = {"unit_name": 24, "project_name": 28, "account_name": 28, "payee_unit": 24, "employer": 24, "quota_no": 22}
_LONGEST_LIST = 255  # what a spreadsheet takes as a list of choices inside the cell's own rule
_FIRST = 1  # the row below the header, counted from 0


def write_data_sheet(made: Workbook, sheet: Worksheet, said: Meanings, lists: Mapping[str, str]) -> None:
    """Header and prepared columns. `lists`: enumeration → the range of its words, for those too long for a cell."""
    heads = {key: head_format(made, bg_color=f"#{colour}") for key, colour in said.words["head_colours"].items()}
    formats = {code: made.add_format({"num_format": code}) for code in (TEXT, DATE, MONEY, "0", "General")}
    colours = {name: _colour(made, sign) for name, sign in said.words["signs"].items()}
    for place, column in enumerate(said.contract.headers):
        number_format, width = _CELLS.get(column.field.type.partition(":")[0], _NUMBERS)
        width = max(width, _LONG.get(column.name, 0), 2 * len(said.header(column)) + 3)
        sheet.set_column(place, place, width, formats[number_format])
        sheet.write_string(0, place, said.header(column), heads[column.required])
        _offer(sheet, place, column, said, lists)
        for sign, formula in _checks(place, column, said):
            shown = {"type": "formula", "criteria": f"={formula}", "format": colours[sign], "stop_if_true": True}
            sheet.conditional_format(_FIRST, place, said.words["rows"] - 1, place, shown)
    keep_head(sheet, 0)


def _colour(made: Workbook, sign: Mapping[str, str]) -> Format:
    return made.add_format({"bg_color": f"#{sign['fill']}", "font_color": f"#{sign['font']}"})


def _offer(sheet: Worksheet, place: int, column: Column, said: Meanings, lists: Mapping[str, str]) -> None:
    """A hint for the column; where it holds one of a few words, they are offered, never enforced."""
    rule: dict[str, object] = {
        "validate": "any",
        "input_title": column.field.label_zh,
        "input_message": said.hint(column),
    }
    if words := said.filling.offered(column.field):
        source = f"={lists[column.field.domain]}" if is_long(words) else list(words)
        rule |= {"validate": "list", "source": source, "show_error": False}
    sheet.data_validation(_FIRST, place, said.words["rows"] - 1, place, rule)


def is_long(words: tuple[str, ...]) -> bool:
    """Whether a list of words needs a range of cells to stand in."""
    return len(",".join(words)) > _LONGEST_LIST


def _checks(place: int, column: Column, said: Meanings) -> Iterator[tuple[str, str]]:
    """(sign, formula) of a column, the worst first."""
    cell, base = _cell(place), column.field.type.partition(":")[0]
    if base in ("id_number", "card", "account"):
        yield "lost", checks.is_number(cell)
    match base:
        case "id_number":
            yield "wrong", checks.wrong_id(cell)
        case "card" | "account":
            yield "wrong", checks.wrong_digits(cell, said.filling.digits[base])
        case "date":
            yield "wrong", checks.wrong_date(cell, said.filling.serial_days)
        case "money":
            yield "wrong", checks.wrong_amount(cell)
        case "year":
            yield "wrong", checks.wrong_year(cell)
        case "count" | "integer":
            yield "wrong", checks.wrong_count(cell)
    for each in said.words["repeated"].get(said.contract.kind, ()):
        if each["same"][0] == column.name:
            same = [_cell_and_range(name, said) for name in each["same"]]
            differing = _cell_and_range(each["differing"], said) if "differing" in each else None
            yield "repeated", checks.repeated(same, differing)
    if _is_expected(column, said.contract):
        last = xl_col_to_name(len(said.contract.headers) - 1)
        yield "empty", checks.is_left_empty(cell, f"$A{_FIRST + 1}:${last}{_FIRST + 1}")


def _is_expected(column: Column, contract: Contract) -> bool:
    """Whether a cell may be called for: what is the same all over a sheet may be said above the header."""
    is_required = column.required in ("true", "error")
    return is_required and not column.field.in_text and column.name != contract.stated_unit.field


def _cell(place: int) -> str:
    return str(xl_rowcol_to_cell(_FIRST, place))


def _cell_and_range(name: str, said: Meanings) -> tuple[str, str]:
    place = said.places[name]
    column = xl_col_to_name(place)
    return _cell(place), f"${column}${_FIRST + 1}:${column}${said.words['rows']}"
