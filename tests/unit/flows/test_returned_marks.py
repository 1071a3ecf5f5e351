"""Which cells of a returned workbook are marked: those where the unit can correct what was found."""

import io
from dataclasses import replace

import yaml
from openpyxl import Workbook

from flows.edges.lexicon import load_enums
from flows.edges.returned.advice import Advice
from flows.edges.returned.asked import DataSheet, ReturnedFile, Said
from flows.edges.returned.marking import mark_sheets
from flows.edges.returned.original import Original
from flows.edges.workspace import SHIPPED
from transforms.parsed.marks import FileMark, Token

TITLE = "2021年度助学帮扶发放实名制汇总表（市级帮扶资金）"
ROWS = (
    (TITLE,),
    ("填报单位：华容县总工汇",),
    ("序号", "姓名", "金额", "持卡人", "单位名称"),
    (1, "姚大勇", 1500, "姚大勇", "岳阳楼区总工会"),
)
ON_ROW = Said("f", "error", "名单", 4, None, None, None, "问题", "办法")
ON_FILE = replace(ON_ROW, sheet=None, row_no=None)
WORDS = yaml.safe_load((SHIPPED / "data/policy/documents/returned_workbook.yaml").read_text("utf-8"))


def marked(said: Said) -> tuple[str, str, set[str]]:
    """The cell that the list names, what stands in it, all cells with our comment."""
    book = Workbook()
    del book["Sheet"]
    sheet = book.create_sheet("名单")
    for row in ROWS:
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    rules = load_enums().rules
    original = Original(saved.getvalue(), stem="x", rules=rules, heads={"名单": 3}, data={"名单": 4})
    data = DataSheet(3, {"fund_source": TITLE}, {4: Token("r1:名单:4")})
    file = ReturnedFile("r1", "ab", "x.xlsx", "甲", FileMark("r1", "甲", "x.xlsx"), [said], {"名单": data})
    [found] = mark_sheets(original, file, rules, Advice(WORDS))
    cells = {cell.coordinate for row in original.book["名单"].iter_rows() for cell in row if cell.comment}
    return found.cell, found.value, cells


def test_the_cell_of_the_column() -> None:
    assert marked(replace(ON_ROW, column_name="金额")) == ("C4", "1500", {"C4"})


def test_a_finding_on_a_row_stands_at_the_person_it_names() -> None:
    assert marked(replace(ON_ROW, value_text="姚大勇")) == ("B4", "姚大勇", {"B4"})


def test_a_finding_on_a_row_that_names_nothing_stands_at_its_first_cell() -> None:
    assert marked(ON_ROW) == ("A4", "", {"A4"})


def test_what_the_title_says_is_corrected_in_the_title() -> None:
    said = replace(ON_ROW, column_name="资金来源", field="fund_source", value_text="市级帮扶资金")
    assert marked(said) == ("A1", TITLE, {"A1", "A4"})


def test_a_finding_on_the_file_stands_where_the_rows_say_what_it_quotes() -> None:
    assert marked(replace(ON_FILE, stated=(("名单", 4, "岳阳楼区总工会"),))) == ("E4", "岳阳楼区总工会", {"E4"})


def test_or_above_the_header() -> None:
    said = replace(ON_FILE, stated=(("名单", 4, "华容县总工汇"),))
    assert marked(said) == ("A2", "填报单位：华容县总工汇", {"A2"})


def test_a_finding_on_the_file_alone_marks_no_cell() -> None:
    assert marked(ON_FILE) == ("", "", set())
