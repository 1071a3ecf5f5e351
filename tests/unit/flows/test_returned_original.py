"""The unit's own workbook as it goes back: its looks and values kept, nothing in it computes, calls or links out."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from flows.edges.lexicon import load_enums
from flows.edges.returned.advice import Advice
from flows.edges.returned.asked import DataSheet, ReturnedFile
from flows.edges.returned.marking import mark_sheets
from flows.edges.returned.original import Original
from flows.edges.returned.packing import packed
from tests.unit.parsed.making import xls
from transforms.parsed.marks import FileMark, Token

RULES = load_enums().rules
WORDS = {"levels": {}, "colours": {}, "findings": {}, "row_known_by": []}
EVIL = "=cmd|' /C calc'!A0"
NAMES = ("姓名", "身份证号", "金额", "备注")


def book_of(*rows: tuple[object, ...]) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    for row in (NAMES, *rows):
        sheet.append(row)
    return book


def content_of(book: Workbook) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def returned(content: bytes, *, last: int = 2, name: str = "名单") -> bytes:
    """As `returned_workbook` makes it, but for the list."""
    original = Original(content, stem="名单", rules=RULES, heads={name: 1}, data={name: last})
    data = DataSheet(1, {}, {row: Token(f"r1:{name}:{row}") for row in range(2, last + 1)})
    mark_sheets(original, ReturnedFile("r1", "ab", "x", "甲", FileMark("r1", "甲", "x"), [], {name: data}), RULES,
                Advice(WORDS))  # fmt: skip
    return packed(original.book, {})


def opened(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content))["名单"]


def parts(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def text_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def dressed() -> Workbook:
    """A workbook with everything that an office does to one."""
    book = book_of(("张三", "430602199001011238", 1234.5, "一"), ("李四", "430602199001011246", 0.1, "二"))
    sheet = book["名单"]
    sheet["A2"].font = Font(name="仿宋", size=14, bold=True, color="FF0000")
    sheet["A2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["A2"].border = Border(left=Side(style="double"))
    sheet["A2"].alignment = Alignment(horizontal="right", wrap_text=True)
    sheet["C2"].number_format = "#,##0.00"
    sheet["B2"].number_format = "@"
    sheet.column_dimensions["B"].width = 33
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[2].height = 41
    sheet.merge_cells("A5:C5")
    sheet["A5"] = "制表人：王五"
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.print_title_rows = "1:1"
    sheet.print_area = "A1:C5"
    sheet.oddHeader.center.text = "名单"
    sheet.conditional_formatting.add("C2:C9", FormulaRule(formula=["C2>1000"], fill=PatternFill(bgColor="00FF00")))
    return book


def test_looks_are_kept() -> None:
    before = dressed()["名单"]
    sheet = opened(returned(content_of(dressed()), last=3))
    for cell in ("A2", "B2", "C2", "A5"):
        for look in ("font", "fill", "border", "alignment", "number_format"):
            assert repr(getattr(sheet[cell], look)) == repr(getattr(before[cell], look)), (cell, look)
    assert [[cell.value for cell in row[:4]] for row in sheet.iter_rows(max_row=5)] == [
        [cell.value for cell in row] for row in before.iter_rows(max_row=5)
    ]
    assert (sheet.column_dimensions["B"].width, sheet.column_dimensions["D"].hidden) == (33, True)
    assert sheet.row_dimensions[2].height == 41
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A5:C5"]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("B2", "landscape", 8)
    assert (sheet.print_title_rows, sheet.oddHeader.center.text) == ("$1:$1", "名单")
    assert "$A$1:$C$5" in sheet.print_area
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["C2:C9"]


def test_formulas_become_values_sums_below_the_data_go_on_adding_up() -> None:
    book = book_of(("张三", "1", "=1+1", EVIL), ("合计", None, "=SUM(C2:C2)", '=WEBSERVICE("http://x.example")'))
    other = book.create_sheet("附表")
    other["A1"], other["A2"] = '=HYPERLINK("http://x.example","点我")', "=SUM(名单!C2:C9)"
    content = returned(content_of(book))
    kept = [
        cell.value for each in load_workbook(io.BytesIO(content)).worksheets for row in each.iter_rows()
        for cell in row if cell.data_type == "f"
    ]  # fmt: skip
    assert kept == ["=SUM(C2:C2)"]
    assert "x.example" not in text_of(content)


@pytest.mark.parametrize("text", [EVIL, "+1+1", "-1+1", "@SUM(A1)", "=1+1"])
@pytest.mark.parametrize("made", ["xlsx", "xls", "csv"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str, made: str) -> None:
    book = book_of(("张三", "1", 5, text))
    cell = book["名单"]["D2"]
    cell.data_type = "s"
    grid = [NAMES, ("张三", "1", "5", text)]
    content = {
        "xlsx": lambda: content_of(book),
        "xls": lambda: xls("名单", grid),
        "csv": lambda: "\r\n".join(",".join(row) for row in grid).encode(),
    }[made]()
    sheet = opened(returned(content, name="" if made == "csv" else "名单"))
    assert (sheet["D2"].value, sheet["D2"].data_type) == (text, "s")
    assert sheet["D2"].number_format == "@" or made == "xlsx"


def test_no_macro_no_control_no_other_file_comes_back() -> None:
    book = dressed()
    sheet = book["名单"]
    sheet["D2"].hyperlink = "file:///x.example/a.exe"
    sheet["D3"].hyperlink = Hyperlink(ref="D3", location="名单!A1")
    asked = DataValidation(type="list", formula1="[1]Sheet1!$A$1:$A$3")
    asked.add("A2")
    sheet.add_data_validation(asked)
    own = DataValidation(type="list", formula1='"男,女"')
    own.add("D2")
    sheet.add_data_validation(own)
    sheet.conditional_formatting.add("A2", FormulaRule(formula=["[1]Sheet1!A1>1"]))
    book.defined_names["out"] = DefinedName("out", attr_text="[1]Sheet1!$A$1")
    book.defined_names["own"] = DefinedName("own", attr_text="名单!$A$1")
    content = returned(_with_macros(content_of(book)), last=3)
    assert not [name for name in parts(content) if "vba" in name.lower() or "external" in name.lower()]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")
    assert "x.example" not in text_of(content)
    again = load_workbook(io.BytesIO(content))
    assert list(again.defined_names) == ["own"]
    assert [each.formula1 for each in again["名单"].data_validations.dataValidation] == ['"男,女"']
    assert [str(each.sqref) for each in again["名单"].conditional_formatting] == ["C2:C9"]
    assert again["名单"]["D3"].hyperlink.location == "名单!A1"


def _with_macros(content: bytes) -> bytes:
    """The same as .xlsm, with a macro project and a link to another workbook."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            made.writestr(name, data)
        made.writestr("xl/vbaProject.bin", b"macro")
        made.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    return target.getvalue()


def test_sorting_by_the_arrows_moves_the_row_marks_along() -> None:
    book = dressed()
    book["名单"].auto_filter.ref = "A1:D3"
    sheet = opened(returned(content_of(book), last=3))
    assert sheet["E2"].value.startswith("M")
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet.column_dimensions["E"].hidden


def test_a_table_takes_the_row_marks_in() -> None:
    book = book_of(("张三", "1", 5, "x"), ("李四", "2", 6, "y"))
    book["名单"].add_table(Table(displayName="t", ref="A1:D3"))
    content = returned(content_of(book), last=3)
    table = opened(content).tables["t"]
    assert (table.ref, table.autoFilter.ref) == ("A1:E3", "A1:E3")
    assert [each.name for each in table.tableColumns] == [*NAMES, RULES.returned["row_mark"]]
    assert len({each.id for each in table.tableColumns}) == 5


def test_an_old_workbook_comes_back_as_a_new_one() -> None:
    sheet = opened(returned(xls("名单", [NAMES, ("张三", "430602199001011238", 12.5, "x")])))
    assert [cell.value for cell in sheet[2][:4]] == ["张三", "430602199001011238", 12.5, "x"]
