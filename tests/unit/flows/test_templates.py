"""The blank workbooks that `init` writes: read back as what they are, and of help while they are filled in."""

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.synthetic.numbers import ID_WEIGHTS
from expectations.contracts import Contract, load_contracts
from flows.edges.lexicon import load_choices
from flows.edges.reading import ReadFile
from flows.edges.templates import blank_workbook
from flows.edges.templates.filling import Filling, template_words
from tests.unit.parsed.making import read

CONTRACTS = load_contracts()
FILLED_IN = [contract for contract in CONTRACTS.values() if not contract.by_layout and contract.headers]
ROSTERS = CONTRACTS["rosters"]
WE_FILL_IN = {"document_sha256", "decision_no"}
EVERY_KIND = pytest.mark.parametrize("contract", FILLED_IN, ids=lambda contract: contract.kind)


def opened(contract: Contract) -> Workbook:
    return load_workbook(io.BytesIO(blank_workbook(contract)))


def received(book: Workbook, contract: Contract) -> ReadFile:
    saved = io.BytesIO()
    book.save(saved)
    return read(saved.getvalue(), f"岳阳市总工会/{contract.title_zh}.xlsx", "岳阳市总工会")


def facts(made: ReadFile) -> int:
    return sum(frame.height for frame in made.validated.values()) + made.contents.raw_rows.height


def example(contract: Contract) -> dict[str, Any]:
    """Column → the example that the template gives, as a clerk would type it."""
    filling = Filling()
    typed = {"date": dt.date.fromisoformat, "money": float, "year": int, "count": int}
    return {
        column.name: typed.get(column.field.type, str)(filling.example(column.field))
        for column in contract.headers
        if column.name not in WE_FILL_IN
    }


@EVERY_KIND
def test_blank_workbook_is_an_empty_table_of_its_kind_its_examples_are_no_rows(contract: Contract) -> None:
    book = opened(contract)
    explained = {cell.value for row in book.worksheets[1].iter_rows() for cell in row}
    assert {"金额", "1000.00"} <= explained or contract.kind not in ("rosters", "arrivals", "allotments")
    made = received(book, contract)
    assert made.state == "accepted"
    assert [(row["kind"], row["row_count"]) for row in made.sheets.to_dicts()] == [(contract.kind, 0)]
    assert made.problems.to_dicts() == []
    assert made.sheets["unknown_columns"].to_list() in ([[]], [None])
    assert facts(made) == 0


@EVERY_KIND
def test_examples_are_no_rows_whatever_their_sheet_is_called(contract: Contract) -> None:
    book = opened(contract)
    book.worksheets[1].title = "Sheet2"
    made = received(book, contract)
    assert facts(made) == 0
    assert [row for row in made.problems.to_dicts() if row["severity"] in ("reject", "error")] == []


@EVERY_KIND
def test_filled_in_as_its_examples_say_it_is_read_completely(contract: Contract) -> None:
    book, values = opened(contract), example(contract)
    sheet = book.worksheets[0]
    sheet.insert_rows(1)  # a title of one's own above the header
    for place, column in enumerate(contract.headers, start=1):
        sheet.cell(3, place).value = values.get(column.name)
    made = received(book, contract)
    assert made.problems.to_dicts() == []
    [row] = made.validated[contract.kind].to_dicts()
    assert {name for name in values if row[name] is None} == set()


def test_the_example_is_nobody_and_passes_the_check() -> None:
    values = example(ROSTERS)
    assert "示例" in values["name"]
    for number in (values["id_number"], values["student_id_number"]):
        assert number[6:10] == "1900"
        assert number[17] == "10X98765432"[sum(int(d) * w for d, w in zip(number, ID_WEIGHTS, strict=False)) % 11]


@EVERY_KIND
def test_every_column_says_what_it_is_when_it_is_required_and_an_example(contract: Contract) -> None:
    sheet = opened(contract).worksheets[0]
    hints = {str(each.sqref).split(":")[0]: each for each in sheet.data_validations.dataValidation}
    for cell, column in zip(sheet[1], contract.headers, strict=True):
        hint = hints[f"{cell.column_letter}2"]
        assert hint.showInputMessage
        assert (hint.promptTitle, str(hint.sqref)[-4:]) == (column.field.label_zh, "3000")
        assert len(hint.prompt) <= 255
        assert column.field.meaning_zh in hint.prompt
        assert "填" in hint.prompt.splitlines()[0]
        assert column.name in WE_FILL_IN or "例：" in hint.prompt
        assert (hint.type == "list") == bool(column.field.domain)


def test_a_long_list_is_offered_all_the_same() -> None:
    shipped = load_choices()
    words = {**shipped["fund_source"], **{f"c{n}": f"第{n}种资金来源的一个很长的名称" for n in range(30)}}
    choices = {**shipped, "fund_source": words}
    book = load_workbook(io.BytesIO(blank_workbook(ROSTERS, choices)))
    sheet, explained = book.worksheets
    [offered] = [each.formula1 for each in sheet.data_validations.dataValidation if "!" in (each.formula1 or "")]
    name, _, cells = offered.partition("!")
    assert book[name] is explained
    assert [row[0].value for row in explained[cells.replace("$", "")]] == list(words.values())
    assert explained.column_dimensions[cells[1]].hidden
    assert facts(received(book, ROSTERS)) == 0


def formulas(sheet: Worksheet) -> dict[str, list[tuple[str, str]]]:
    """Column letter → (fill, formula), the first to be looked at first."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for cells, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            said = (rule.priority, rule.dxf.fill.bgColor.rgb[2:], rule.formula[0])
            found.setdefault(str(cells.sqref).rstrip("0123456789").split(":")[-1], []).append(said)
    return {column: [(fill, text) for _, fill, text in sorted(each)] for column, each in found.items()}


@EVERY_KIND
def test_every_colour_is_explained_and_no_formula_is_one_that_spreadsheets_refuse(contract: Contract) -> None:
    book = opened(contract)
    sheet, explained = book.worksheets
    shown = {str(cell.fill.fgColor.rgb)[2:] for row in explained.iter_rows() for cell in row}
    for fill, text in (each for rules in formulas(sheet).values() for each in rules):
        assert fill in shown
        assert "{" not in text
        assert "COUNTIF" not in text
        assert len(text) < 8192
    assert all(text.count("(") == text.count(")") for rules in formulas(sheet).values() for _, text in rules)


def test_what_a_roster_tells_while_it_is_filled_in() -> None:
    sheet = opened(ROSTERS).worksheets[0]
    letters = {str(cell.value).rstrip("*"): cell.column_letter for cell in sheet[1]}
    names = {sign["fill"]: name for name, sign in template_words()["signs"].items()}
    told = {label: [names[fill] for fill, _ in formulas(sheet).get(at, [])] for label, at in letters.items()}
    assert told["身份证号"] == ["lost", "wrong", "repeated", "empty"]
    assert told["银行卡号"] == ["lost", "wrong", "repeated", "empty"]
    assert told["学生身份证号"] == ["lost", "wrong"]
    assert (told["金额"], told["发放日期"], told["预算年度"]) == (["wrong", "empty"], ["wrong"], ["wrong"])
    assert (told["姓名"], told["资金来源"]) == (["empty"], [])  # the source may be said above the header


@EVERY_KIND
def test_what_counts_as_repeated_names_columns_of_the_kind(contract: Contract) -> None:
    labels = {column.name for column in contract.headers}
    rules = template_words()["repeated"][contract.kind]
    assert {name for each in rules for name in (*each["same"], *filter(None, [each.get("differing")]))} <= labels
