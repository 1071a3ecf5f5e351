"""Command lines that cannot be understood: said in Chinese or English, as one document with --json, nothing done."""

from pathlib import Path

import pytest

from tests.support.command import mingzhang

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ingset"], "usage.no_command", "没有命令 ingset"),
        (["ingest", "--folder", "x"], "usage.no_option", "没有选项 --folder"),
        (["reconcile"], "usage.missing", "缺少 --month"),
        (["query"], "usage.missing", "缺少 SQL"),
        (["close", "--year", "二一", "--cutoff", "fiscal"], "usage.value", "--year 的值不能用：应为整数"),
        (["close", "--year", "2021", "--cutoff", "年末"], "usage.value", "应为 'fiscal', 'extended' 之一"),
        (["policy", "show", "--on", "2021.1.1"], "usage.value", "应为日期，如 2021-12-31"),
        (["sample", "--noise", "7", "--out", "x"], "usage.value", "不大于 2"),
        (["query", "select 1", "select 2"], "usage.unclear", "命令写得不对"),
    ],
)
def test_wrong_usage_is_2_and_said(arguments: list[str], code: str, said: str, tmp_path: Path) -> None:
    ran = mingzhang(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "--help" in ran.err
    as_json = mingzhang(*arguments, "--json")
    assert [each["code"] for each in as_json.document["problems"]] == [code]
    assert as_json.document["exit_code"] == 2


def test_wrong_usage_in_english() -> None:
    assert "There is no option --folder" in mingzhang("ingest", "--folder", "x", "--lang", "en").err


@pytest.mark.parametrize(("unit", "region"), [("岳阳市总工会", "4306"), (" ", "430600")])
def test_init_that_is_refused_leaves_nothing(unit: str, region: str, tmp_path: Path) -> None:
    ran = mingzhang("init", tmp_path / "w", "--unit", unit, "--region", region)
    assert ran.code == 2
    assert "的值不能用" in ran.err
    assert not (tmp_path / "w").exists()


def test_a_query_that_fails_is_not_called_another_statement(empty: Path) -> None:
    ran = mingzhang("query", "select * from marts.nothing", "--json", workspace=empty)
    assert (ran.code, ran.document["problems"][0]["code"]) == (2, "usage.sql_failed")


@pytest.mark.parametrize("statement", ["PRAGMA version", "describe marts.units", "/* a word */ show tables"])
def test_what_the_engine_calls_a_select_is_not_one(statement: str, empty: Path) -> None:
    ran = mingzhang("query", statement, "--json", workspace=empty)
    assert (ran.code, ran.document["problems"][0]["code"]) == (2, "usage.sql")


def test_a_select_may_begin_with_a_remark_or_a_with(empty: Path) -> None:
    ran = mingzhang("query", "/* one */ (with a as (select 1 x) select x from a)", "--format", "json", workspace=empty)
    assert (ran.code, ran.out.strip()) == (0, '[{"x":1}]')


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("--faults", "R99"), "usage.faults"),
        (("--faults", "R11", "--honest"), "usage.honest_faults"),
        (("--faults", "R01.date", "--households", "8", "--units", "2"), "usage.fault_room"),
    ],
)
def test_faults_that_no_sample_can_have_are_refused(asked: tuple[str, ...], code: str, tmp_path: Path) -> None:
    ran = mingzhang("sample", "--out", tmp_path / "s", *asked, "--payments", "60", "--json")
    assert (ran.code, ran.document["problems"][0]["code"]) == (2, code)
    assert not (tmp_path / "s").exists()
