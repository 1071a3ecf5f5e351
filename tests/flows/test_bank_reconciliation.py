"""Books received through the command line → 银行存款余额调节表. Every amount is worked out in tests/fixtures/books."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.fixtures.books.inbox import SPECIAL, UNIT, write_inbox
from tests.support.command import ROOT, environment, mingzhang
from tests.support.truth import warehouse_rows

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def books(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The union's papers, received."""
    root = tmp_path_factory.mktemp("books") / "workspace"
    shutil.copytree(empty, root)
    write_inbox(root / "inbox")
    ran = mingzhang("ingest", "--json", workspace=root)
    assert ran.code in (0, 10), ran.err
    return root


@pytest.fixture(scope="module")
def november(books: Path) -> tuple[Any, str]:
    """What `report` said of November, and every module that it imported."""
    command = ("report", "bank-reconciliation", "--month", "2021-11", "--unit", UNIT, "--json", "--workspace")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "flows.cli.main", *command, str(books)],
        capture_output=True, text=True, env=environment(), check=True, timeout=60, cwd=ROOT,
    )  # fmt: skip
    return json.loads(done.stdout), done.stderr


def sheet(root: Path, path: str, name: str) -> list[tuple[Any, ...]]:
    found = openpyxl.load_workbook(root / path)[name]
    return [row for row in found.iter_rows(values_only=True) if any(cell is not None for cell in row)]


def test_both_adjusted_balances_agree_to_the_fen(books: Path, november: tuple[Any, str]) -> None:
    document, _ = november
    [account] = document["rows"]
    assert (account["account_last4"], account["book_balance_yuan"], account["bank_balance_yuan"]) == (
        "0001", "144185.00", "144997.34",
    )  # fmt: skip
    assert account["book_adjusted_yuan"] == account["bank_adjusted_yuan"] == "144197.34"
    assert "account_no" not in account
    assert document["outputs"] == [
        f"outbox/{UNIT}/银行存款余额调节表_2021-11.xlsx", f"outbox/{UNIT}/台账与银行核对表_2021-11.xlsx",
    ]  # fmt: skip


def test_the_sheet_is_the_customary_one(books: Path, november: tuple[Any, str]) -> None:
    rows = sheet(books, november[0]["outputs"][0], "0001")
    assert [cell for row in rows[:3] for cell in row if cell] == [
        "银行存款余额调节表", f"单位名称：{UNIT}", "截止日期：2021年11月30日",
        f"开户行：建行岳阳分行　账号：{SPECIAL}", "单位：元",
    ]  # fmt: skip
    assert rows[5:] == [
        ("单位银行存款日记账余额", None, 144185, "银行对账单余额", None, 144997.34),
        ("加：银行已收、单位未收", None, 12.34, "加：单位已收、银行未收", None, 0),
        ("2021-11-30", "结息", 12.34, None, None, None),
        ("减：银行已付、单位未付", None, 0, "减：单位已付、银行未付", None, 800),
        (None, None, None, "2021-11-29", "记-7 付印刷费", 800),
        ("调节后余额", None, 144197.34, "调节后余额", None, 144197.34),
        ("调节后余额相符。", None, None, None, None, None),
        ("编制人：", None, "复核人：", None, "编制日期：", None),
    ]


def test_three_books_side_by_side(books: Path, november: tuple[Any, str]) -> None:
    """省财: three persons, 3,000.00 booked and paid. 李四's 2,000.00 is booked and on no list."""
    rows = sheet(books, november[0]["outputs"][0], "账账核对")
    assert rows[3:] == [("省财", 0, 3000, 3000, -3000, 0, 0, 0, 0), ("未分来源", 0, 2000, 0, 0, 2000, 0, 0, 2000)]


def test_an_account_without_books_is_said_to_have_none(books: Path, november: tuple[Any, str]) -> None:
    rows = sheet(books, november[0]["outputs"][1], "核对表")
    assert rows[-1][0] == "以下账户未收到会计账（会计凭证明细），只核对台账与银行，未编制银行存款余额调节表：0002"


def test_the_subjects_of_the_entries_are_judged(books: Path) -> None:
    """R25: 记-2, 记-3, 记-4, 记-7; of 记-5 and its reversal nothing is said."""
    rows = warehouse_rows(
        books, "SELECT rule_id, judged_count, failed_count FROM judged.coverage WHERE rule_id LIKE 'R25%'"
    )
    assert {tuple(row.values()) for row in rows} == {("R25.other_use", 4, 0), ("R25.no_aid", 4, 0)}


def test_a_report_does_not_wait_for_the_second_judge(november: tuple[Any, str]) -> None:
    assert "flows.bank_reconciling" in november[1]
    assert "great_expectations" not in november[1]


def test_reconcile_leaves_it_in_the_outbox(books: Path, copy_of: Callable[[Path], Path]) -> None:
    """December: the interest, the printer and the return are there on both sides; nothing is open."""
    workspace = copy_of(books)
    ran = mingzhang("reconcile", "--month", "2021-12", "--json", workspace=workspace)
    [path] = [path for path in ran.document["outputs"] if "调节表" in path]
    rows = sheet(workspace, path, "0001")
    assert [row[2] for row in rows[5:9]] == [146197.34, 0, 0, 146197.34]
    assert [row[5] for row in rows[5:9]] == [146197.34, 0, 0, 146197.34]
