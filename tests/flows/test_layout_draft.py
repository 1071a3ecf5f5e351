"""`layout draft`: a bank never seen, from the waiting file to lines in the books; a proposal becomes no fact unseen."""

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.cli.tables import as_table
from flows.drafting import draft_layout
from flows.outcome import refused
from flows.problems import Refusal
from tests.fixtures.banks import abc, boc, ccb, icbc, others
from tests.fixtures.banks.paper import Paper
from tests.support.command import mingzhang

OWN = "43001512345678901234"
PAPERS = [paper for bank in (icbc, ccb, abc, boc, others) for paper in bank.PAPERS]
# Headings that no layout knows, among them words of direction that none knows either.
UNSEEN = f"""岳阳某村镇银行客户对账明细
客户帐号:{OWN},,客户名:岳阳市总工会,,打印区间:2021-12-01至2021-12-31
序,发生日,来往,发生额(元),当前结存,对手户头,对手名,事由,回单号
1,2021-12-03,付,"1,000.00","9,000.00",6222021234567890123,张三,代发 送温暖,A1
2,2021-12-09,收,"500,000.50","509,000.50",43001500000000000001,岳阳市财政局,帮扶资金,A2
3,2021-12-15,付,"2,345.67","506,654.83",6217****9876,王*,代发,A3
4,2021-12-21,收,1.25,"506,656.08",,,结息,A4
"""
AMOUNTS = [("out", "1000.00"), ("in", "500000.50"), ("out", "2345.67"), ("in", "1.25")]


@pytest.fixture
def workspace(empty: Path, copy_of: Callable[[Path], Path]) -> Path:
    return copy_of(empty)


def put(workspace: Path, content: str, name: str = "某村镇银行2021年12月.csv") -> Path:
    path = workspace / "inbox/华容县总工会" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("gb18030"))
    return path


def draft(workspace: Path, file: Path, name: str | None = None) -> Any:
    """The document of the command, without a process of its own."""
    try:
        return draft_layout(workspace, file=file, name=name, table=as_table).document()
    except Refusal as refusal:
        return refused("layout", refusal).document()


def read_as(ran: Any) -> list[tuple[str, str]]:
    return [(row["direction"], row["amount_yuan"]) for row in ran["rows"]]


def codes(ran: Any) -> list[str]:
    return [problem["code"] for problem in ran["problems"]]


def test_an_unseen_bank_is_understood_by_its_values(workspace: Path) -> None:
    ran = draft(workspace, put(workspace, UNSEEN))
    assert (ran["exit_code"], ran["problems"]) == (0, [])
    assert read_as(ran) == AMOUNTS
    first = ran["rows"][0]
    told = [first[name] for name in ("booked_on", "balance_yuan", "counterparty_name", "memo", "serial_no")]
    assert [*told, first["account_no"]] == ["2021-12-03", "9000.00", "张三", "代发 送温暖", "A1", OWN]
    assert ran["summary"]["balances_hold"]
    assert ran["outputs"] == ["layouts/某村镇银行.yaml"]
    written = (workspace / "layouts/某村镇银行.yaml").read_text("utf-8")
    assert "核对" in written.splitlines()[0]
    entry = yaml.safe_load(written)
    assert (entry["confirmed"], entry["words"]) == (False, {"收": "in", "付": "out"})


def test_the_command_shows_ten_lines_and_what_to_do(workspace: Path) -> None:
    ran = mingzhang("layout", "draft", put(workspace, UNSEEN), workspace=workspace)
    assert ran.code == 0
    for said in ("张三", "500000.50", "3处全部衔接", "confirmed 改为 true", "layouts/某村镇银行.yaml"):
        assert said in ran.out
    again = mingzhang("layout", "draft", put(workspace, UNSEEN), "--json", workspace=workspace)
    assert (again.code, codes(again.document)) == (2, ["usage.layout_exists"])


LINES = ["2021-12-03,1000.00,,9000.00", "2021-12-09,,500000.50,509000.50", "2021-12-15,2345.67,,506654.83"]


@pytest.mark.parametrize("headings", ["甲栏,乙栏,结存", "收入,支出,余额", "支出,收入,余额"])
@pytest.mark.parametrize("newest_first", [False, True])
def test_the_balance_tells_receipts_from_payments(workspace: Path, headings: str, newest_first: bool) -> None:
    """Whatever the columns are called: the bank may speak of its own books."""
    grid = [f"发生日,{headings}", *(LINES[::-1] if newest_first else LINES)]
    ran = draft(workspace, put(workspace, "\n".join(grid)))
    assert sorted(read_as(ran)) == [("in", "500000.50"), ("out", "1000.00"), ("out", "2345.67")]
    assert ran["summary"]["newest_first"] is newest_first


@pytest.mark.parametrize(
    ("headings", "lines", "direction"),
    [
        ("日期,变动,结余", ["20211203,-1000.00,9000.00", "20211209,+500000.50,509000.50",
                            "20211215,-2345.67,506654.83"], "sign"),
        ("日期,类,变动,结余", ["20211203,乙,1000.00,9000.00", "20211209,甲,500000.50,509000.50",
                               "20211215,乙,2345.67,506654.83"], "flag"),
        ("日期,来往账,变动,结余", ["20211203,往账,-1000.00,9000.00", "20211209,来账,500000.50,509000.50",
                                   "20211215,往账,-2345.67,506654.83"], "flag_unsigned"),
    ],
)  # fmt: skip
def test_sign_or_flag(workspace: Path, headings: str, lines: list[str], direction: str) -> None:
    ran = draft(workspace, put(workspace, "\n".join([headings, *lines])))
    assert read_as(ran) == [("out", "1000.00"), ("in", "500000.50"), ("out", "2345.67")]
    assert ran["summary"]["direction"] == direction


@pytest.mark.parametrize("paper", PAPERS, ids=[paper.name for paper in PAPERS])
def test_a_known_bank_would_be_drafted_right(workspace: Path, paper: Paper) -> None:
    """Its lines as its builder says they are, and the word that there is a layout for it already."""
    file = workspace / paper.file
    file.write_bytes(paper.content)
    ran = draft(workspace, file, "试")
    assert ran["summary"]["read_by"] == paper.layout
    names = ("booked_on", "direction", "amount_yuan", "balance_yuan")
    assert [[row[name] for name in names] for row in ran["rows"]] == [
        [line[name] for name in names] for line in paper.lines
    ]
    assert ran["problems"] == []


def test_a_missing_line_is_said(workspace: Path) -> None:
    lines = UNSEEN.splitlines(keepends=True)
    ran = draft(workspace, put(workspace, "".join([*lines[:4], *lines[5:]])))
    assert (ran["exit_code"], codes(ran)) == (0, ["layout.balances"])
    assert not ran["summary"]["balances_hold"]


def test_stated_totals_are_compared(workspace: Path) -> None:
    header = "发生日,收入金额,支出金额,账户余额,对方户名"
    lines = ["2021-12-03,,1000.00,9000.00,张三", "2021-12-09,500000.50,,509000.50,岳阳市财政局"]
    agree = draft(workspace, put(workspace, "\n".join([header, *lines, "合计,500000.50,1000.00"]), "甲.csv"))
    assert agree["summary"]["totals"]["in_yuan"] == {"stated": "500000.50", "listed": "500000.50"}
    assert agree["problems"] == []
    differ = draft(workspace, put(workspace, "\n".join([header, *lines, "合计,500000.51,1000.00"]), "乙.csv"))
    assert codes(differ) == ["layout.totals"]


def test_nothing_is_overwritten(workspace: Path) -> None:
    file = put(workspace, UNSEEN)
    assert draft(workspace, file)["exit_code"] == 0
    path = workspace / "layouts/某村镇银行.yaml"
    path.write_text("不是草稿", "utf-8")
    assert draft(workspace, file, "abc")["exit_code"] == 2  # a shipped one
    assert (draft(workspace, file)["exit_code"], path.read_text("utf-8")) == (2, "不是草稿")


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"PK\x03\x04broken", "一段话，没有表格。".encode(), b""])
def test_what_is_no_statement(workspace: Path, content: bytes) -> None:
    file = workspace / "x.csv"
    file.write_bytes(content)
    assert draft(workspace, file)["exit_code"] == 11
    assert not list((workspace / "layouts").glob("*"))


def test_usage(workspace: Path) -> None:
    assert codes(draft(workspace, workspace / "gone.csv")) == ["usage.no_path"]
    assert codes(draft(workspace, put(workspace, UNSEEN), "../x")) == ["usage.layout_name"]


def test_a_waiting_file_is_read_once_a_person_has_confirmed_the_layout(workspace: Path) -> None:
    file = put(workspace, UNSEEN)
    with zipfile.ZipFile(file.with_name("打包.zip"), "w") as archive:
        archive.writestr("流水.csv", UNSEEN.replace(",A4", ",A5").encode("gb18030"))
    first = mingzhang("ingest", "--json", workspace=workspace)
    waits = [problem for problem in first.document["problems"] if problem["code"] == "S.unknown_kind"]
    assert len(waits) == 2
    assert all("mingzhang layout draft" in problem["way_out"] for problem in waits)
    assert draft(workspace, file)["exit_code"] == 0
    assert mingzhang("ingest", "--json", workspace=workspace).document["rows"] == []
    path = workspace / "layouts/某村镇银行.yaml"
    path.write_text(path.read_text("utf-8").replace("confirmed: false", "confirmed: true"), "utf-8")
    taken = mingzhang("ingest", "--json", workspace=workspace)
    assert sorted(row["row_count"] for row in taken.document["rows"]) == [4, 4]
    assert {row["sha256"] for row in taken.document["rows"]} >= {hashlib.sha256(file.read_bytes()).hexdigest()}
    open_rules = {row["rule_id"] for row in mingzhang("check", "--json", workspace=workspace).document["rows"]}
    assert open_rules == {"S.unknown_unit"}  # the lines are there, their account is not registered
    assert mingzhang("ingest", "--json", workspace=workspace).document["rows"] == []


def test_a_mistake_in_a_layout_is_told_with_its_file(workspace: Path) -> None:
    put(workspace, UNSEEN)
    (workspace / "layouts").mkdir(exist_ok=True)
    (workspace / "layouts/某行.yaml").write_text("layout: 某行\nkind: bank_statements\ncolumns: [日期]\n", "utf-8")
    ran = mingzhang("ingest", "--json", workspace=workspace)
    assert ran.code == 2
    assert {problem["where"] for problem in ran.document["problems"]} == {"layouts/某行.yaml"}
