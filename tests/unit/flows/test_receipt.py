"""收件回执: where values were taken from, without a line for what goes without saying."""

import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import yaml

from flows.edges.receipt_facts import Addressee, Told
from flows.edges.receipt_rows import left_out_lines
from flows.edges.receipt_sheet import receipt_workbook
from tests.house.scan import ROOT
from tests.unit.parsed.making import findings, read, rows
from transforms.parsed import rows as reader

ORIGINS = {
    "name": "column:姓名", "amount_yuan": "column:金额*", "id_number": "column:公民身份号码",
    "budget_year": "title:2021年度名单",
}  # fmt: skip
FILE: dict[str, Any] = {
    "receipt_id": "r", "source_file": "甲/名单.xlsx", "state": "accepted", "is_returned": False, "sheet": "一",
    "kind": "rosters", "taken_from": json.dumps(ORIGINS), "unknown_columns": [], "row_count": 3, "typed_count": 3,
    "rejected_count": 0, "same_count": 0, "repeated_count": 0, "held_count": 0, "said": None,
    "header_row_no": 1, "left_out": "[]",
}  # fmt: skip


def words() -> dict[str, Any]:
    folder = ROOT / "data/policy/documents"
    made: dict[str, Any] = yaml.safe_load((folder / "receipt.yaml").read_text("utf-8"))
    levels = yaml.safe_load((folder / "returned_workbook.yaml").read_text("utf-8"))["levels"]
    return made | {"levels": levels}


def test_a_column_of_its_own_name_is_told_once_a_sheet() -> None:
    to = Addressee("甲", "430623", 1, datetime(2022, 2, 3, 8, 30), "乙", ("甲",))
    book = openpyxl.load_workbook(io.BytesIO(receipt_workbook(Told(to, [FILE], [], [], 0, 0), {}, words())))
    told = [row[2:4] for row in book["取数来源"].iter_rows(min_row=2, values_only=True)]
    assert sorted(told) == [
        ("姓名、金额", "同名栏目"),
        ("身份证号", "栏目「公民身份号码」"),
        ("预算年度", "标题「2021年度名单」"),
    ]
    assert "收件时间：2022-02-03 08:30" in str(book["收件情况"]["A2"].value)


MINUTES: dict[str, Any] = {
    "source_file": "甲/会议/纪要.pdf", "file_text": "会议/纪要.pdf", "line_file": None, "line_no": None,
    "said_by": json.dumps({"document_kind": "file:纪要"}), "doubts": json.dumps({"fund_source": "央财、省财"}),
    "document_kind": "会议记录", "fund_sources": "", "notice_nos": "N1", "batch_nos": None, "file_nos": None,
    "batch_doubts": "P1、P2", "notice_doubts": None, "file_doubts": None, "formed_on": date(2021, 12, 3),
    "unit_name": None, "keeper": None, "storage_place": None, "original_or_copy": None, "page_count": 3,
    "amount_yuan": Decimal("1000.00"), "person_count": None,
}  # fmt: skip
UNKNOWN = MINUTES | dict.fromkeys(("document_kind", "notice_nos", "batch_doubts", "formed_on", "page_count"))
UNKNOWN |= {"file_text": "审批.pdf", "amount_yuan": None, "said_by": "{}", "doubts": "{}"}


def with_documents() -> bytes:
    to = Addressee("甲", "430623", 1, datetime(2022, 2, 3, 8, 30), "乙", ("甲",))
    return receipt_workbook(Told(to, [FILE], [], [], 0, 0, filed=[MINUTES, UNKNOWN]), {}, words())


def changed(receipt: bytes, **cells: Any) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(receipt))
    for cell, value in cells.items():
        book["资料归类"][cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_document_is_told_with_the_words_that_filed_it() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(with_documents()))["资料归类"]
    first, second = sheet.iter_rows(min_row=5, values_only=True)
    assert first[2] == "会议记录；—；N1；—；—；2021-12-03；—；—；—；—；3；1000.00"
    assert first[3] == (
        "资料类型：文件名「纪要」；通知单号：名称中的号码；资金来源：名称中有「央财、省财」，未取；批次号：名称中有「P1、P2」，未取"
    )
    assert second[2:4] == ("—", "名称中没有可认的词")


def test_an_unchanged_receipt_is_a_catalogue_that_says_nothing() -> None:
    made = read(with_documents(), "收件回执_001.xlsx")
    [sheet] = made.sheets.to_dicts()
    assert (sheet["kind"], sheet["sheet"], sheet["row_count"], sheet["unknown_columns"]) == (
        "documents", "资料归类", 2, [],
    )  # fmt: skip
    assert rows(made, "documents") == []
    assert findings(made) == []


def test_a_changed_line_says_everything_in_it_and_only_it_speaks() -> None:
    made = read(changed(with_documents(), E5="公示", J5=None), "收件回执_001.xlsx")
    [row] = rows(made, "documents")
    assert (row["document_kind"], row["path_text"], row["is_reviewed"]) == ("public_notice", "会议/纪要.pdf", True)
    assert (row["notice_nos"], row["formed_on"], row["amount_yuan"]) == ("N1", None, "1000.00")
    assert made.versions["sheet_unit"].to_list() == ["甲"]


def test_a_changed_line_needs_its_kind() -> None:
    made = read(changed(with_documents(), H6="P9"), "收件回执_001.xlsx")
    assert findings(made) == [("S.missing_value", "reject", 6, "document_kind")]


def test_a_receipt_without_documents_is_an_empty_catalogue() -> None:
    to = Addressee("甲", "430623", 1, datetime(2022, 2, 3, 8, 30), "乙", ("甲",))
    made = read(receipt_workbook(Told(to, [FILE], [], [], 0, 0), {}, words()), "收件回执_001.xlsx")
    assert [(row["kind"], row["row_count"]) for row in made.sheets.to_dicts()] == [("documents", 0)]
    assert findings(made) == []


def test_rows_that_were_left_out_are_told_as_people_write_them() -> None:
    sheet = {
        "source_file": "甲/名单.xlsx", "sheet": "一", "header_row_no": 3,
        "left_out": json.dumps([[15, "note"], [3, "note"], [16, "note"], [17, "note"], [9, "total"]]),
    }  # fmt: skip
    assert [line[2:] for line in left_out_lines(sheet, words())] == [
        ["1—2", "表头上方的标题、填报单位等"],
        ["3、15—17", "备注、说明、落款"],
        ["9", "合计行"],
    ]
    assert list(left_out_lines(sheet | {"header_row_no": 1, "left_out": None}, words())) == []
    assert list(left_out_lines(sheet | {"header_row_no": None}, words())) == []


def test_every_reason_of_the_reader_has_its_words() -> None:
    reasons = {value for name, value in vars(reader).items() if name.isupper() and isinstance(value, str)}
    reasons = {each for each in reasons if each.isalpha()}
    assert reasons
    assert reasons <= set(words()["left_out_reasons"])
