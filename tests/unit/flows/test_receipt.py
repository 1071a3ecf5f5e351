"""收件回执: where values were taken from, without a line for what goes without saying."""

import io
import json
from datetime import datetime
from typing import Any

import openpyxl
import yaml

from flows.edges.receipt_facts import Addressee, Told
from flows.edges.receipt_sheet import receipt_workbook
from tests.house.scan import ROOT

ORIGINS = {
    "name": "column:姓名", "amount_yuan": "column:金额*", "id_number": "column:公民身份号码",
    "budget_year": "title:2021年度名单",
}  # fmt: skip
FILE: dict[str, Any] = {
    "receipt_id": "r", "source_file": "甲/名单.xlsx", "state": "accepted", "is_returned": False, "sheet": "一",
    "kind": "rosters", "taken_from": json.dumps(ORIGINS), "unknown_columns": [], "row_count": 3, "typed_count": 3,
    "rejected_count": 0, "same_count": 0, "held_count": 0, "said": None,
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
