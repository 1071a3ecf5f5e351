"""The page of a run, without a server: what it says where little is known, and what it never says."""

from pathlib import Path

from flows.outcome import Outcome, refused
from flows.page import page_of
from flows.problems import Exit, Problem, problem, refuse
from flows.words import speaking

FILE = "华容县总工会/王小明的发放表.csv"
RETURNED = "outbox/华容县总工会/退回修改_王小明_8f3a21.xlsx"


def row(**more: object) -> dict[str, object]:
    came = {"file": FILE, "sha256": "8f3a21" + "0" * 58, "sender": "华容县总工会", "state": "accepted"}
    return {**came, "kinds": ["rosters", "households"], "row_count": 3, **more}


def test_while_no_names_are_known_no_file_is_named(tmp_path: Path) -> None:
    page = page_of(tmp_path, Outcome("ingest", rows=[row()], outputs=[RETURNED]))
    assert "王小明" not in page.note + str(page.tables)
    came, where = page.tables
    assert came.rows == [
        {
            "编号": "8f3a21",
            "文件": "华容县总工会/（文件名未显示）.csv",
            "报送单位": "华容县总工会",
            "内容": "实名制汇总表、困难职工档案表",
            "行数": 3,
            "状态": "已接收",
        }
    ]
    assert where.rows[0]["内容"] == "退回修改的工作簿，发给该单位"
    assert "退回修改工作簿发给各单位" in page.note.partition("### 下一步")[2]


def test_a_file_that_could_not_be_read_is_told_with_its_way_out(tmp_path: Path) -> None:
    unread = Outcome(
        "ingest",
        frozenset({Exit.UNREADABLE}),
        rows=[row(sha256="", state="unread", kinds=[], row_count=0)],
        problems=[problem("inbox.unread", FILE)],
        lines=["没有新文件，账面不变。"],
    )
    page = page_of(tmp_path, unread)
    assert "华容县总工会/（文件名未显示）.csv" in page.note
    assert "检查后再运行 mingzhang ingest" in page.note
    assert "王小明" not in page.note + str(page.tables)


def test_a_refusal_says_why_and_what_to_do(tmp_path: Path) -> None:
    refusal = refuse(Exit.IN_USE, "workspace.in_use", FILE, command="x", pid=1, host="h", since="s")
    page = page_of(tmp_path, refused("ingest", refusal))
    assert page.summary == "工作区正在使用：x（进程 1，h，自 s）"
    assert "等它结束后再运行" in page.note
    assert "再运行同一条命令" in page.note
    assert "王小明" not in page.note


def test_equal_reasons_are_told_once(tmp_path: Path) -> None:
    said = [problem("close.fiscal_first", str(year), year=2021) for year in range(3)]
    page = page_of(tmp_path, Outcome("close", frozenset({Exit.REFUSED}), problems=said))
    assert page.note.count("尚未结账") == 1
    assert "等 3 处" in page.note


def test_numbers_of_people_are_hidden_in_what_is_told(tmp_path: Path) -> None:
    said = Problem("x.y", "", "身份证号430602197505050018、卡号6217000000000000012", "打 13812345678")
    page = page_of(tmp_path, Outcome("close", problems=[said]))
    assert not any(number in page.note for number in ("197505050018", "6217000000000000012", "13812345678"))


def test_it_is_chinese_whatever_the_command_speaks(tmp_path: Path) -> None:
    with speaking("en"):
        page = page_of(tmp_path, Outcome("ingest", lines=["Nothing new."]), tried_again=["read 001：读写出错"])
    assert "### 重试过的步骤" in page.note
    assert "`read 001：读写出错`" in page.note


def test_what_came_from_a_file_name_writes_no_markdown(tmp_path: Path) -> None:
    page = page_of(tmp_path, Outcome("ingest", outputs=["outbox/a|b/<b>_*.docx"]))
    assert "outbox/a\\|b/" in page.note
    assert "<b>" not in page.note
