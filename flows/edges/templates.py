"""Blank input workbooks, one a kind, headed as the contracts of `expectations` name the columns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from expectations.contracts import Column, Condition, Contract, load_contracts, load_fields
from flows.edges.files import write_whole
from flows.edges.lexicon import Choices, load_choices
from flows.edges.sheets import DATE, MONEY, TEXT, cell_format, head_format, height_of, keep_head, workbook, write_head

_REQUIRED = {"true": "必填", "error": "应填", "conditional": "有时必填", "false": ""}
_COLOURS = {"true": "#F4D9C6", "error": "#FFF2CC", "conditional": "#FFF2CC", "false": "#E7E6E6"}
# Type → (number format, least width): an ID, card or account number is a text and is seen whole.
_CELLS = {
    "text": (TEXT, 14),
    "enum": (TEXT, 14),
    "id_number": (TEXT, 22),
    "card": (TEXT, 24),
    "account": (TEXT, 26),
    "date": (DATE, 13),
    "money": (MONEY, 15),
}
_NUMBERS = ("0", 10)
_LONG = {"unit_name": 24, "project_name": 28, "account_name": 28, "payee_unit": 24, "employer": 24, "quota_no": 22}
_MOST_ROWS = 2000  # as far down as cells offer their choices
_LONGEST_LIST = 255  # what a spreadsheet takes as a list of choices
_EXPLAINED = [("栏目", 18), ("要求", 24), ("含义", 48), ("也可以写作", 70)]
_NOTES = (
    "标 * 的栏目必填；浅黄色的栏目应填，或在“要求”一栏所说的情形下必填。",
    "身份证号、银行卡号、账号按文字填写，本表已设好格式；金额以元为单位。",
    "下拉列表中是通用的叫法，也可以填写常用叫法；栏目次序可以调整，表头上方可以加标题行。",
)


def write_templates(folder: Path) -> list[Path]:
    """One workbook for each kind that people fill in; those that banks export have layouts instead."""
    written = []
    for contract in load_contracts().values():
        if not contract.by_layout:
            path = folder / f"{contract.title_zh}.xlsx"
            write_whole(path, blank_workbook(contract))
            written.append(path)
    return written


def blank_workbook(contract: Contract) -> bytes:
    """The header of a kind, its required columns marked, and a second sheet that explains every column."""
    choices = load_choices()

    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet(contract.title_zh)
        heads = {required: head_format(made, bg_color=colour) for required, colour in _COLOURS.items()}
        formats = {code: made.add_format({"num_format": code}) for code in (TEXT, DATE, MONEY, "0")}
        for place, column in enumerate(contract.headers):
            sheet.write_string(0, place, header_of(column), heads[column.required])
            _prepare(sheet, place, column, formats, tuple(choices.get(column.field.domain, {}).values()))
        keep_head(sheet, 0)
        _explain(made, contract, choices)

    return workbook(fill)


def header_of(column: Column) -> str:
    """What stands in the first row: the column's name, * where it must be filled in."""
    return column.field.label_zh + ("*" if column.required == "true" else "")


def _prepare(
    sheet: Worksheet, place: int, column: Column, formats: Mapping[str, Format], choices: tuple[str, ...]
) -> None:
    """Format and width of a column; where it holds one of a few words, they are offered, never enforced."""
    number_format, width = _CELLS.get(column.field.type.partition(":")[0], _NUMBERS)
    width = max(width, _LONG.get(column.name, 0), 2 * len(header_of(column)) + 3)
    sheet.set_column(place, place, width, formats[number_format])
    if choices and len(",".join(choices)) <= _LONGEST_LIST:
        offered = {"validate": "list", "source": list(choices), "show_error": False}
        sheet.data_validation(1, place, _MOST_ROWS, place, offered)


def _explain(made: Workbook, contract: Contract, choices: Choices) -> None:
    sheet, text = made.add_worksheet("填表说明"), cell_format(made, valign="top")
    write_head(sheet, 0, _EXPLAINED, head_format(made))
    for row, column in enumerate(contract.headers, start=1):
        field = column.field
        said = (field.label_zh, requirement(column, choices), field.meaning_zh, "、".join(field.synonyms))
        sheet.set_row(row, height_of(zip(said, (width for _, width in _EXPLAINED), strict=True)))
        for place, words in enumerate(said):
            sheet.write_string(row, place, words, text)
    for row, note in enumerate(_NOTES, start=len(contract.headers) + 2):
        sheet.write_string(row, 0, note)


def requirement(column: Column, choices: Choices) -> str:
    """必填, or when: 慰问对象类型为集体时必填."""
    if column.when is None:
        return _REQUIRED[column.required]
    fields = load_fields()
    unless = "".join(f"，已填{fields[name].label_zh}的除外" for name in column.unless)
    but_not = f"，{_said(column.but_not, choices)}的除外" if column.but_not else ""
    return f"{_said(column.when, choices)}时必填{unless}{but_not}"


def _said(condition: Condition, choices: Choices) -> str:
    """A condition in words: 慰问对象类型为集体."""
    field = load_fields()[condition.field]
    named = choices[field.domain]
    return f"{field.label_zh}为{'或'.join(named[code] for code in condition.is_)}"
