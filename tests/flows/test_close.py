"""年终结账: refused, sealed, sealed again, other figures; and never half-sealed, whenever it is killed."""

import hashlib
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from data.synthetic.generate import write_sample
from flows.closing import close
from flows.edges.closes import Exceptions
from flows.ingesting import ingest
from flows.outcome import Outcome
from flows.problems import Exit, Refusal
from flows.words import speaking
from tests.support.truth import warehouse_rows

ROOT = Path(__file__).parents[2]
SAID = Exceptions("对账单遗失，银行已出具证明", "张三", "李四", "岳工财函〔2022〕3号")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year without anything after 2021, and without the statement of one county for 2021."""
    folder = tmp_path_factory.mktemp("close") / "workspace"
    write_sample(folder, households=60, seed=3, year=2021, noise=0)
    for path in folder.rglob("inbox/*/*2022年1月*"):
        path.unlink()
    (lost,) = folder.glob("inbox/平江县总工会/*对账单*")
    lost.unlink()
    ingest(folder)
    return folder


@pytest.fixture
def workspace(received: Path, tmp_path: Path) -> Path:
    shutil.copytree(received, tmp_path / "workspace")
    return tmp_path / "workspace"


def seals(workspace: Path) -> list[dict[str, Any]]:
    return warehouse_rows(workspace, "SELECT * FROM closes.seals ORDER BY seal_id")


def by_source(workspace: Path, cutoff: str) -> list[dict[str, Any]]:
    """The mart of the published copy, as analysts read it."""
    with duckdb.connect(str(workspace / "published/analyst.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "SELECT * FROM marts.execution_by_source WHERE budget_year = 2021 AND cutoff = ? ORDER BY ALL",
            [cutoff],
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def fingerprint(workspace: Path) -> dict[str, str]:
    """Every file but the lock, by content."""
    return {
        path.relative_to(workspace).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(workspace.rglob("*"))
        if path.is_file() and path.name != ".mingzhang.lock"
    }


def sealed(workspace: Path, cutoff: str = "fiscal") -> Outcome:
    outcome = close(workspace, year=2021, cutoff=cutoff, exceptions=SAID)
    assert outcome.exit_code is Exit.DONE
    return outcome


# --- refused ---------------------------------------------------------------------------------------------------------


def test_refused_with_the_list_of_what_stands_in_the_way(workspace: Path) -> None:
    outcome = close(workspace, year=2021, cutoff="fiscal")
    assert outcome.exit_code is Exit.REFUSED
    gaps = [each for each in outcome.problems if each.code == "close.uncovered_days"]
    assert len(gaps) == 1
    assert "平江县总工会" in gaps[0].message
    assert "2021-01-01 至 2021-12-31" in gaps[0].message
    assert outcome.outputs == ["outbox/岳阳市总工会/结账障碍清单_2021_12月31日口径.xlsx"]
    rows = list(openpyxl.load_workbook(workspace / outcome.outputs[0]).active.iter_rows(values_only=True))
    assert len(rows) == 2 + len(outcome.problems)
    assert any(row[1] == "平江县总工会" and "没有对账单" in row[2] for row in rows[2:])
    assert seals(workspace) == []
    assert list((workspace / "closes").glob("*")) == []


def test_what_is_written_for_the_office_is_chinese_whatever_the_command_speaks(workspace: Path) -> None:
    with speaking("en"):
        refused = close(workspace, year=2021, cutoff="fiscal")
        assert "cannot be closed" in refused.lines[0]
        assert refused.outputs == ["outbox/岳阳市总工会/结账障碍清单_2021_12月31日口径.xlsx"]
        sealed(workspace)
    rows = list(openpyxl.load_workbook(workspace / refused.outputs[0]).active.iter_rows(values_only=True))
    assert rows[0][0] == "2021年度12月31日口径结账障碍清单（截至2021年12月31日）"
    named = json.loads(seals(workspace)[0]["exceptions"])
    assert all("没有对账单" in each["message"] for each in named if each["obstacle"] == "uncovered_days")


def test_extended_needs_fiscal_first(workspace: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        close(workspace, year=2021, cutoff="extended", exceptions=SAID)
    assert refusal.value.exit_code is Exit.REFUSED
    assert [each.code for each in refusal.value.problems] == ["close.fiscal_first"]
    assert seals(workspace) == []


def test_extended_is_refused_before_its_day_is_covered(workspace: Path) -> None:
    sealed(workspace)
    outcome = close(workspace, year=2021, cutoff="extended")
    assert outcome.exit_code is Exit.REFUSED
    said = [each.message for each in outcome.problems if each.code == "close.uncovered_days"]
    assert any("2022-01-01 至 2022-01-31" in each for each in said)
    assert len(seals(workspace)) == 1


def test_a_year_of_which_nothing_is_known(workspace: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        close(workspace, year=2035, cutoff="fiscal")
    assert refusal.value.exit_code is Exit.USAGE


# --- sealed ----------------------------------------------------------------------------------------------------------


def test_with_exceptions_each_is_named(workspace: Path) -> None:
    before = by_source(workspace, "fiscal")
    outcome = sealed(workspace)
    (seal,) = seals(workspace)
    assert (seal["seal_id"], seal["cutoff_on"].isoformat()) == ("2021-fiscal-1", "2021-12-31")
    assert (seal["reason"], seal["prepared_by"], seal["approved_by"], seal["document"]) == (
        SAID.reason, SAID.prepared_by, SAID.approved_by, SAID.document,
    )  # fmt: skip
    named = json.loads(seal["exceptions"])
    assert len(named) == outcome.summary["exceptions"] > 0
    assert any("平江县总工会" in each["message"] for each in named)
    assert by_source(workspace, "fiscal") == before, "sealing changes no figure"


def test_the_manifest_says_what_the_figures_were_made_of(workspace: Path) -> None:
    outcome = sealed(workspace)
    assert outcome.outputs == ["closes/2021-fiscal-1.json"]
    content = (workspace / outcome.outputs[0]).read_bytes()
    assert seals(workspace)[0]["manifest_sha256"] == hashlib.sha256(content).hexdigest()
    manifest = json.loads(content)
    printed = {(row["project_name"], row["fund_source"]): row["executed_yuan"] for row in
               manifest["figures"]["execution_by_source"]}  # fmt: skip
    drawn = by_source(workspace, "fiscal")
    assert printed == {(row["project_name"], row["fund_source"]): f"{row['executed_yuan']:f}" for row in drawn}
    received = {row["sha256"] for row in warehouse_rows(workspace, "SELECT sha256 FROM received.receipts")}
    assert {row["sha256"] for row in manifest["inputs"]} == received
    path = "transforms/computed/20_execution_by_source.sql"
    assert manifest["sql"][path] == hashlib.sha256((ROOT / path).read_bytes()).hexdigest()  # as sha256sum says
    assert set(manifest["policy"]) >= {"fund_sources", "parameters", "new_year_eves"}


def test_the_same_figures_again_write_nothing(workspace: Path) -> None:
    sealed(workspace)
    before = fingerprint(workspace)
    outcome = close(workspace, year=2021, cutoff="fiscal")
    assert outcome.exit_code is Exit.DONE
    assert outcome.summary["differences"] == 0
    assert fingerprint(workspace) == before


def test_facts_that_come_later_leave_the_seal_alone(workspace: Path) -> None:
    sealed(workspace)
    before = by_source(workspace, "fiscal")
    (workspace / "inbox/岳阳市总工会/补充到位.csv").write_text(
        "资金到位表\n预算年度,项目名称,资金来源,指标文号,到位方式,到位日期,金额\n"
        f"2021,{before[0]['project_name']},{'中央财政'},补1号,本级工会经费安排,2021-12-20,1000.00\n",
        "utf-8",
    )
    ingest(workspace)
    assert by_source(workspace, "fiscal") == before
    outcome = close(workspace, year=2021, cutoff="fiscal", exceptions=SAID)
    assert outcome.exit_code is Exit.SEALED
    changed = {
        row["figure"]: (row["sealed"], row["now"]) for row in outcome.rows if row["table"] == "execution_by_source"
    }
    assert changed["received_yuan"][1] - changed["received_yuan"][0] == 1000
    assert all("以后期间调整" in each.message for each in outcome.problems)
    assert any(each.message.startswith("以后期间调整：到位资金封存为") for each in outcome.problems)
    assert not [each for each in outcome.problems if "_yuan" in each.line], "names that people know"
    assert len(seals(workspace)) == 1
    assert by_source(workspace, "fiscal") == before


# --- killed ----------------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from flows import closing
from flows.edges import closes
from flows.edges.closes import Exceptions
module, name = sys.argv[2].split(":")
place = {"closing": closing, "closes": closes}[module]
real = getattr(place, name)
calls = []
def dies(*arguments, **named):
    calls.append(1)
    if len(calls) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)
setattr(place, name, dies)
closing.close(Path(sys.argv[1]), year=2021, cutoff="fiscal", exceptions=Exceptions("理由", "张三", "李四", "文件"))
"""


@pytest.mark.parametrize(
    ("where", "call", "is_sealed"),
    [
        ("closes:_next_id", 1, False),  # nothing written yet
        ("closes:write_whole", 1, False),  # rows inserted, the manifest not drafted
        ("closes:_draft_path", 2, True),  # committed, the manifest still a draft
        ("closing:show_seals", 1, True),  # sealed, not yet shown
    ],
)
def test_killed_it_is_sealed_or_not_never_half(workspace: Path, where: str, call: int, is_sealed: bool) -> None:
    before = by_source(workspace, "fiscal")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(workspace), where, str(call)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]
    assert len(seals(workspace)) == int(is_sealed)
    rows = warehouse_rows(workspace, "SELECT count(*) AS n FROM closes.execution_by_source")
    assert (rows[0]["n"] > 0) == is_sealed
    again = sealed(workspace)
    assert again.summary["seal_id"] == "2021-fiscal-1"
    assert len(seals(workspace)) == 1
    content = (workspace / "closes/2021-fiscal-1.json").read_bytes()
    assert seals(workspace)[0]["manifest_sha256"] == hashlib.sha256(content).hexdigest()
    assert [path.name for path in (workspace / "closes").iterdir()] == ["2021-fiscal-1.json"]
    assert by_source(workspace, "fiscal") == before


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--with-exceptions"], 2, "usage.exceptions"),
        (
            ["--with-exceptions", "--reason", "r", "--prepared-by", "甲", "--approved-by", "甲", "--document", "d"],
            2,
            "usage.exceptions",
        ),
        ([], 16, "close.uncovered_days"),
    ],
)
def test_the_command_answers_in_json(workspace: Path, arguments: list[str], code: int, said: str) -> None:
    command = [sys.executable, "-m", "flows.cli.main", "close", "--year", "2021", "--cutoff", "fiscal", "--json"]
    done = subprocess.run(
        [*command, "--workspace", str(workspace), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["exit_code"]) == (code, code)
    assert said in {each["code"] for each in answer["problems"]}
    assert "Traceback" not in done.stderr
