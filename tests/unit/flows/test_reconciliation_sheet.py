"""银行存款余额调节表 when all is not well: what it says of a difference, of a bank that is silent, of lost entries."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from expectations.yaml_files import read_yaml
from flows.edges.reconciliation_sheet import Reconciliation, reconciliation_workbook, verdict
from flows.edges.workspace import SHIPPED

WORDS = read_yaml(SHIPPED / "data/policy/documents/bank_reconciliation.yaml")
AGREEING: dict[str, Any] = {
    "account_key": "a", "account_no": "430012345678", "account_last4": "5678", "bank_name": "建行",
    "start_on": date(2021, 11, 1), "month_end_on": date(2021, 11, 30), "book_last_on": date(2021, 11, 30),
    "covered_to": date(2021, 11, 30), "is_filtered": False, "has_book_opening": True, "uncovered_day_count": 0,
    **dict.fromkeys(
        ("book_balance_yuan", "bank_balance_yuan", "book_adjusted_yuan", "bank_adjusted_yuan"), Decimal("100.00")
    ),
    **dict.fromkeys(
        ("bank_in_yuan", "bank_out_yuan", "book_in_yuan", "book_out_yuan", "difference_yuan",
         "opening_difference_yuan", "statement_difference_yuan"), Decimal("0.00"),
    ),
}  # fmt: skip


def said(**changed: Any) -> list[tuple[str, bool]]:
    return list(verdict(AGREEING | changed, WORDS))


def test_it_says_that_they_agree() -> None:
    assert said() == [("调节后余额相符。", False)]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"has_book_opening": False}, "日记账的期初余额按零计算"),
        ({"opening_difference_yuan": Decimal("-1234.50")},
         "起点（2021年11月1日）的期初余额或此前的未达账项，两边相差 -1,234.50 元"),
        ({"statement_difference_yuan": Decimal("7.00")}, "对账单所列余额与期初余额加减逐笔发生额相差 7.00 元"),
        ({"uncovered_day_count": 3}, "自 2021年11月1日 起有 3 天没有对账单"),
        ({"is_filtered": True}, "筛选后的流水"),
    ],
)  # fmt: skip
def test_a_difference_is_named_with_its_reason(changed: dict[str, Any], reason: str) -> None:
    first, second = said(difference_yuan=Decimal("-1234.50"), **changed)
    assert first == ("调节后两边相差 -1,234.50 元（日记账一方减对账单一方），原因待查：", True)
    assert second[0].startswith("1. ")
    assert reason in second[0]


def test_without_a_statement_nothing_is_adjusted() -> None:
    silent = {"difference_yuan": None, "bank_balance_yuan": None, "bank_adjusted_yuan": None, "start_on": None}
    assert said(**silent) == [("未收到该账户的银行对账单，无从调节；以下仅列日记账余额。", True)]


def test_books_that_end_before_the_bank_are_told() -> None:
    late = said(book_last_on=date(2021, 11, 20))
    assert late[1] == ("会计凭证明细到 2021年11月20日 为止，其后的流水都列为单位未入账", False)


def test_accounts_of_one_ending_have_sheets_of_their_own_and_lost_entries_one_more() -> None:
    twin = AGREEING | {"account_key": "b", "bank_balance_yuan": None, "bank_adjusted_yuan": None}
    lost = {"subject_code": "10209", "subject_name": "银行存款", "entry_count": 2, "debit_yuan": Decimal(5),
            "credit_yuan": Decimal(0)}  # fmt: skip
    told = Reconciliation("甲", date(2021, 11, 30), [AGREEING, twin], [], [lost], [], {})
    content = reconciliation_workbook(told, WORDS)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["5678", "5678-2", "未认定账户的分录"]
    assert book["5678-2"]["F6"].value == "—"
    assert [cell.value for cell in book["未认定账户的分录"][4]] == ["10209", "银行存款", 2, 5, 0]
    assert reconciliation_workbook(told, WORDS) == content
