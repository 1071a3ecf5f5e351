"""Workbooks that we write, as a spreadsheet program opens them: seen whole, printed on A4, IDs as text."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contracts import Contract, load_contracts
from expectations.yaml_files import read_yaml
from flows.edges.agreement_sheet import Agreement, agreement_workbook
from flows.edges.balance_sheet import Balances
from flows.edges.obstacle_list import obstacle_workbook
from flows.edges.sheets import height_of
from flows.edges.templates import blank_workbook
from flows.edges.workspace import SHIPPED

FILLED_IN = [each for each in load_contracts().values() if not each.by_layout and each.headers]
AGREED = dict.fromkeys(
    ("bank_total_yuan", "bank_matched_yuan", "bank_without_entry_yuan", "bank_open_yuan",
     "books_total_yuan", "books_matched_yuan", "books_open_yuan"),
    Decimal("0.00"),
)  # fmt: skip


def sheets(content: bytes) -> list[Any]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).worksheets)


def dimension(sheet: Worksheet, cell: Any) -> Any:
    """Width and format of a cell's column; openpyxl keeps equal neighbours as one."""
    return next(each for each in sheet.column_dimensions.values() if each.min <= cell.column <= each.max)


def prints_on_a4(sheet: Worksheet, *, head_row: int) -> None:
    setup = sheet.page_setup
    assert (setup.orientation, str(setup.paperSize)) == ("landscape", "9")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == f"${head_row}:${head_row}"
    assert sheet.freeze_panes == f"A{head_row + 1}"


@pytest.mark.parametrize("contract", FILLED_IN, ids=lambda contract: contract.kind)
def test_blank_workbooks_are_seen_whole_and_print(contract: Contract) -> None:
    blank, explained = sheets(blank_workbook(contract))
    prints_on_a4(blank, head_row=1)
    prints_on_a4(explained, head_row=1)
    assert [row[0].value for row in explained.iter_rows(min_row=2, max_row=1 + len(contract.headers))] == [
        column.field.label_zh for column in contract.headers
    ]
    for cell in blank[1]:
        assert dimension(blank, cell).width >= 2 * len(str(cell.value)), cell.value


def test_ids_are_text_and_seen_whole_amounts_have_separators() -> None:
    roster = next(contract for contract in FILLED_IN if contract.kind == "rosters")
    blank, _ = sheets(blank_workbook(roster))
    dimensions = {str(cell.value): dimension(blank, cell) for cell in blank[1]}
    assert dimensions["身份证号"].number_format == dimensions["银行卡号"].number_format == "@"
    assert dimensions["身份证号"].width > 18 < dimensions["银行卡号"].width
    assert dimensions["金额*"].number_format == "#,##0.00"


def test_a_column_of_few_words_offers_them_and_forbids_no_other() -> None:
    allotments = next(contract for contract in FILLED_IN if contract.kind == "allotments")
    blank, explained = sheets(blank_workbook(allotments))
    offered = {str(each.sqref).split(":")[0]: each for each in blank.data_validations.dataValidation}
    assert offered["C2"].formula1 == '"拨付县市区,本级直接发放,调剂,收回"'
    assert not offered["C2"].showErrorMessage
    needed = {row[0].value: row[1].value for row in explained.iter_rows(min_row=2)}
    assert needed["通知单号"] == "拨款方式为拨付县市区时必填"


def test_same_content_same_bytes() -> None:
    assert blank_workbook(FILLED_IN[0]) == blank_workbook(FILLED_IN[0])


def test_agreement_shows_what_is_open() -> None:
    row = {"account_last4": "0852", "fund_source": "central", "direction": "out", **AGREED}
    rows = [row, row | {"bank_open_yuan": Decimal("1234567.80")}]
    told = Agreement("华容县总工会", date(2021, 11, 30), rows, {"central": "央财"})
    (sheet,) = sheets(agreement_workbook(told, {}))
    prints_on_a4(sheet, head_row=4)
    assert [cell.value for cell in sheet[5]][:3] == ["0852", "央财", "支出"]  # the zero in front stays
    settled, unsettled = sheet["G5"], sheet["G6"]
    assert (unsettled.value, unsettled.number_format, unsettled.font.bold) == (1234567.8, "#,##0.00", True)
    assert not settled.font.bold


def test_what_of_a_balance_belongs_to_whom() -> None:
    """Two accounts and both together; what differs from the statement stands out, what is not known is no zero."""
    account = {"account_key": "a", "account_last4": "0852", "bank_name": "建行", "stated_yuan": Decimal(90),
               "outside_yuan": Decimal(20), "total_yuan": Decimal(100), "difference_yuan": Decimal(10),
               "is_filtered": False}  # fmt: skip
    other = account | {"account_key": "b", "stated_yuan": None, "difference_yuan": None, "is_filtered": True}
    both = other | {"account_key": None, "is_filtered": False}
    told = Balances(date(2021, 11, 30), [account, other, both], {("a", "central"): Decimal(80)}, [("central", "央财")])
    words = read_yaml(SHIPPED / "data/policy/documents/fund_balances.yaml")
    _, sheet = sheets(agreement_workbook(Agreement("某县总工会", date(2021, 11, 30), [], {}, "", told), words))
    prints_on_a4(sheet, head_row=4)
    assert [cell.value for cell in sheet[4]] == [
        "账号末四位", "开户行", "对账单余额", "央财", "非帮扶资金", "账面各项合计", "与对账单的差额", "说明",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]][:7] == ["0852", "建行", 90, 80, 20, 100, 10]
    assert (sheet["G5"].font.bold, sheet["H5"].value) == (True, words["remarks"]["differing"])
    assert (sheet["C6"].value, sheet["D6"].value, sheet["H6"].value) == ("—", "—", words["remarks"]["filtered"])
    assert sheet["A7"].value == "合计"


def test_obstacles_are_seen_whole() -> None:
    line = {
        "unit": "华容县总工会",
        "message": "缺少栏目" * 40,
        "where": "",
        "days": "",
        "amount_yuan": None,
        "way_out": "补",
    }
    (sheet,) = sheets(obstacle_workbook("2021年度结账障碍清单", [line, line | {"message": "短", "amount_yuan": 5}]))
    prints_on_a4(sheet, head_row=2)
    assert sheet.row_dimensions[3].height > 5 * sheet.row_dimensions[4].height
    assert sheet["F4"].number_format == "#,##0.00"


@pytest.mark.parametrize(
    ("text", "width", "lines"), [("", 10, 1), ("四个汉字", 9, 1), ("四个汉字", 8, 2), ("a" * 20, 11, 2)]
)
def test_a_chinese_character_is_two_wide(text: str, width: int, lines: int) -> None:
    assert height_of([(text, width)]) == lines * height_of([])
