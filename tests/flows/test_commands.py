"""The real command, in a process of its own: exit codes, JSON, what is on the disk afterwards (contract section 2)."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import ROOT, environment, mingzhang
from tests.support.dump import dump_marts

pytestmark = pytest.mark.slow
Copy = Callable[[Path], Path]

VISITS_OF_2040 = (
    "慰问日期,慰问活动,慰问对象类型,姓名或单位名称,身份证号,慰问金额,资金来源\n"
    "2040-01-20,两节,个人,王小明,430602197001011236,500,央财\n"
)
BUDGET_OF_2040 = "预算年度,项目名称,资金来源,年初预算数\n2040,帮扶资金,央财,1000000\n"
STATEMENT_OF_2040 = (
    "账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,记账日期,摘要,备注\n"
    "43001,岳阳市总工会,20400301 10:00:00,0,1000000,1000000,人民币元,省总工会,43099,,20400301,拨款,\n"
)
ACCOUNT = "账号,户名,开户行,单位名称,账户性质\n43001,岳阳市总工会,建设银行,岳阳市总工会,专户\n"
HOUSEHOLDS_WITHOUT_ID = "档案编号,姓名,困难类别,建档日期\nA1,王小明,深度困难,2021-01-05\n"
CANTEEN = "菜名,单价,日期,厨师\n红烧肉,28,2021-03-01,老刘\n剁椒鱼头,58,2021-03-01,老刘\n"
SECTION_8 = {
    "execution_by_source", "execution_by_unit", "execution_by_category", "execution_monthly", "execution_bridge",
    "budgets", "arrivals", "allotments", "units", "submissions", "rule_coverage", "payments", "bank_lines", "matches",
    "ledger", "visits", "households", "findings", "evidence", "unspent", "fund_balances", "indicators", "figures",
}  # fmt: skip


def lay(workspace: Path, name: str, content: str | bytes) -> Path:
    path = workspace / "inbox" / "岳阳市总工会" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# --- init ------------------------------------------------------------------------------------------------------------


def test_init_makes_the_whole_installation(empty: Path) -> None:
    names = {path.name for path in empty.iterdir()}
    assert {"mingzhang.toml", "policy", "layouts", "inbox", "outbox", "templates", "evidence", "closes"} <= names
    assert (empty / "policy/household.key").stat().st_mode & 0o777 == 0o600
    assert len((empty / "policy/household.key").read_text().strip()) == 64
    assert {"困难职工档案表.xlsx", "实名制汇总表.xlsx"} <= {path.name for path in (empty / "templates").iterdir()}


def test_every_table_is_there_before_the_first_file(empty: Path) -> None:
    sql = "select distinct table_name t from duckdb_tables() where schema_name = 'marts'"
    ran = mingzhang("query", sql, "--format", "json", workspace=empty)
    tables = SECTION_8 | {"match_candidates", "goods"}
    assert {row["t"] for row in json.loads(ran.out)} == tables
    folders = empty / "published" / "parquet"
    assert {path.name for path in folders.iterdir()} == tables
    assert all(list(path.rglob("data.parquet")) for path in folders.iterdir())


def test_every_table_and_column_has_a_comment(empty: Path) -> None:
    sql = (
        "select table_name from duckdb_tables() where comment is null union all "
        "select table_name || '.' || column_name from duckdb_columns() where not internal and comment is null"
    )
    assert json.loads(mingzhang("query", sql, "--format", "json", workspace=empty).out) == []


def test_init_refuses_a_workspace_that_is_there(empty: Path) -> None:
    before = (empty / "mingzhang.toml").read_bytes()
    ran = mingzhang("init", empty, "--unit", "另一个总工会", "--region", "430700", "--json")
    assert ran.code == 2
    assert ran.document["problems"][0]["code"] == "workspace.exists"
    assert (empty / "mingzhang.toml").read_bytes() == before


def test_init_refuses_a_region_that_is_none(tmp_path: Path) -> None:
    ran = mingzhang("init", tmp_path / "w", "--unit", "岳阳市总工会", "--region", "岳阳", "--json")
    assert ran.code == 2
    assert not (tmp_path / "w/mingzhang.toml").exists()


# --- ingest: exit codes ----------------------------------------------------------------------------------------------


def test_unreadable_file_is_11_and_the_others_are_handled(empty: Path, copy_of: Copy) -> None:
    workspace = copy_of(empty)
    lay(workspace, "坏.xlsx", b"PK\x03\x04 this was a workbook once")
    lay(workspace, "单位表.csv", "单位代码,单位名称,单位类型\n430623,华容县总工会,县市区\n")
    ran = mingzhang("ingest", "--json", workspace=workspace)
    assert ran.code == 11
    assert {row["file"].split("/")[-1]: row["state"] for row in ran.document["rows"]} == {
        "坏.xlsx": "unreadable",
        "单位表.csv": "accepted",
    }
    units = mingzhang("query", "select unit_code from marts.units order by 1", "--format", "csv", workspace=workspace)
    assert "430623" in units.out.split()
    assert mingzhang("ingest", workspace=workspace).code == 0  # nothing new


def test_missing_required_column_is_10(empty: Path, copy_of: Copy) -> None:
    workspace = copy_of(empty)
    lay(workspace, "困难职工档案表.csv", HOUSEHOLDS_WITHOUT_ID)
    ran = mingzhang("ingest", "--json", workspace=workspace)
    assert ran.code == 10
    assert ran.document["findings"]["reject"] == 1
    problem = ran.document["problems"][0]
    assert problem["code"] == "S.missing_column"
    assert "身份证号" in problem["message"]
    assert "困难职工档案表.csv" in problem["where"]


def test_unknown_kind_is_10(empty: Path, copy_of: Copy) -> None:
    workspace = copy_of(empty)
    lay(workspace, "食堂.csv", CANTEEN)
    ran = mingzhang("ingest", "--json", workspace=workspace)
    assert ran.code == 10
    assert [each["code"] for each in ran.document["problems"]] == ["S.unknown_kind"]


def test_year_that_policy_does_not_know_is_12_and_the_facts_land(empty: Path, copy_of: Copy) -> None:
    workspace = copy_of(empty)
    lay(workspace, "走访慰问登记表.csv", VISITS_OF_2040)
    ran = mingzhang("ingest", "--json", workspace=workspace)
    assert ran.code == 12, ran.out
    visits = mingzhang("query", "select visited_on from marts.visits", "--format", "json", workspace=workspace)
    assert json.loads(visits.out) == [{"visited_on": "2040-01-20"}]
    assert mingzhang("check", "--json", workspace=workspace).code == 12


def test_a_year_without_a_known_spring_festival_has_its_dashboard(empty: Path, copy_of: Copy) -> None:
    workspace = copy_of(empty)
    lay(workspace, "预算指标表.csv", BUDGET_OF_2040)
    lay(workspace, "账户.csv", ACCOUNT)
    lay(workspace, "对账单.csv", STATEMENT_OF_2040)
    assert mingzhang("ingest", "--json", workspace=workspace).code == 10  # the credit answers no arrival yet
    made = mingzhang("report", "dashboard", "--json", workspace=workspace)
    assert made.code == 0, made.err
    assert "2040年" in (workspace / json.loads(made.out)["outputs"][0]).read_text("utf-8")


def test_workspace_in_use_is_15_and_readers_are_not_kept_waiting(empty: Path, copy_of: Copy) -> None:
    workspace = copy_of(empty)
    holding = (
        "import sys; from pathlib import Path; from flows.edges.workspace import Workspace\n"
        "from flows.edges.warehouse import open_warehouse\n"
        "with open_warehouse(Workspace(Path(sys.argv[1])), command='close'):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(workspace)],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        refused = mingzhang("ingest", "--json", workspace=workspace)
        asked = mingzhang("query", "select 1 as one", "--format", "json", workspace=workspace)
        checked = mingzhang("check", workspace=workspace)
        holder.kill()
    assert refused.code == 15
    assert str(holder.pid) in refused.document["problems"][0]["message"]
    assert (asked.code, json.loads(asked.out)) == (0, [{"one": 1}])
    assert checked.code == 0
    assert "Traceback" not in refused.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "drop table marts.payments"),
        ("query", "select 1; select 2"),
        ("query", "select * from marts.nothing"),
        ("query", "copy marts.units to 'units.csv'"),
        ("query", "select * from read_text('/etc/hostname')"),
        ("query", "attach 'warehouse.duckdb'"),
        ("reconcile", "--month", "2021-13"),
        ("explain", "no-such-id"),
        ("check", "--unit", "某某总工会"),
        ("report", "annual", "--project", "没有的项目"),
        ("ingest", "no-such-file.xlsx"),
        ("ingest", "--no-such-option"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(empty: Path, arguments: tuple[str, ...]) -> None:
    ran = mingzhang(*arguments, workspace=empty)
    assert ran.code == 2, ran.err
    assert "Traceback" not in ran.err
    assert ran.err


def test_no_workspace_is_2(tmp_path: Path) -> None:
    ran = mingzhang("ingest", "--json", workspace=tmp_path)
    assert ran.code == 2
    assert ran.document["problems"][0]["code"] == "workspace.missing"
    assert list(tmp_path.iterdir()) == []


def test_messages_in_english(tmp_path: Path) -> None:
    ran = mingzhang("ingest", "--lang", "en", workspace=tmp_path)
    assert "This is no workspace" in ran.err


# --- ingest: what it leaves -----------------------------------------------------------------------------------------


def test_document_has_the_keys_of_the_contract(received: Path) -> None:
    document = mingzhang("ingest", "--json", workspace=received).document
    keys = ["command", "exit_code", "summary", "findings", "outputs", "problems", "rows"]
    assert list(document) == keys
    assert document["command"] == "ingest"
    assert list(document["findings"]) == ["reject", "error", "warn", "info"]


def test_same_inbox_again_changes_nothing(received: Path) -> None:
    before = (received / "published/analyst.duckdb").stat().st_mtime_ns, dump_marts(received)
    ran = mingzhang("ingest", "--json", workspace=received)
    assert ran.code == 0
    assert ran.document["summary"]["file_count"] == 0
    assert ((received / "published/analyst.duckdb").stat().st_mtime_ns, dump_marts(received)) == before


def test_same_bytes_under_another_name_change_nothing(received: Path, copy_of: Copy) -> None:
    workspace = copy_of(received)
    first = next(path for path in sorted((workspace / "inbox").rglob("*.xlsx")))
    (workspace / "inbox" / "改名.xlsx").write_bytes(first.read_bytes())
    ran = mingzhang("ingest", "--json", workspace=workspace)
    assert (ran.code, ran.document["rows"]) == (0, [])


def test_changed_policy_is_taken_up_by_the_next_ingest(empty: Path, copy_of: Copy) -> None:
    workspace = copy_of(empty)
    lay(workspace, "走访慰问登记表.csv", VISITS_OF_2040)
    assert mingzhang("ingest", workspace=workspace).code == 12
    (workspace / "policy/new_year_eves.yaml").write_text("description: d\neves:\n  2040: 2040-02-11\n", "utf-8")
    assert mingzhang("ingest", workspace=workspace).code == 0
    assert mingzhang("check", workspace=workspace).code == 0


def test_encrypted_workspace(tmp_path: Path) -> None:
    root = tmp_path / "w"
    key = {"MINGZHANG_KEY": "a-key-of-the-test"}
    assert mingzhang("init", root, "--unit", "岳阳市总工会", "--region", "430600", **key).code == 0
    refused = mingzhang("ingest", "--json", workspace=root)
    assert (refused.code, refused.document["problems"][0]["code"]) == (16, "warehouse.key")
    assert mingzhang("ingest", workspace=root, **key).code == 0


@pytest.mark.parametrize(("name", "masked"), [("王小明", "王**"), ("阿依古丽·买买提", "阿**")])
def test_a_name_in_a_file_name_is_masked_in_what_is_published(
    name: str, masked: str, empty: Path, copy_of: Copy
) -> None:
    workspace = copy_of(empty)
    lay(
        workspace,
        f"{name}的困难职工档案.csv",
        f"档案编号,姓名,身份证号,困难类别,建档日期,家庭人口\nA1,{name},430602197001011236,深度困难,2021-01-05,3\n",
    )
    assert mingzhang("ingest", workspace=workspace).code in (0, 10)
    sql = "select distinct source_file f from checks.origins where role = 'household'"
    ran = mingzhang("query", sql, "--format", "json", workspace=workspace)
    assert json.loads(ran.out) == [{"f": f"岳阳市总工会/{masked}的困难职工档案.csv"}]


def test_the_name_of_somebody_visited_is_masked_the_unit_visited_is_not(empty: Path, copy_of: Copy) -> None:
    workspace = copy_of(empty)
    head = "慰问日期,慰问活动,慰问对象类型,姓名或单位名称,身份证号,受益人数,慰问金额,资金来源\n"
    lay(workspace, "慰问钱大有.csv", f"{head}2021-01-20,两节,个人,钱大有,430602197001011230,,500,央财\n")  # R01
    lay(workspace, "慰问城建队.csv", f"{head}2021-01-21,两节,集体,城建队,,二十,800,央财\n")  # S.type
    assert mingzhang("ingest", workspace=workspace).code == 10
    ran = mingzhang(
        "query", "select distinct source_file f from marts.findings", "--format", "json", workspace=workspace
    )
    files = {row["f"] for row in json.loads(ran.out)}
    assert files == {"岳阳市总工会/慰问钱**.csv", "岳阳市总工会/慰问城建队.csv"}


def test_a_finding_is_said_once(empty: Path, copy_of: Copy) -> None:
    workspace = copy_of(empty)
    lay(workspace, "困难职工档案表.csv", HOUSEHOLDS_WITHOUT_ID)
    said = mingzhang("ingest", workspace=workspace).err
    assert said.count("缺少栏目「身份证号」") == 1, said
    assert said.count("请补上该栏目") == said.count("[S.missing_column]") == 2, said
