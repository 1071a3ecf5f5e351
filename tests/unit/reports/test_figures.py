"""The real figure queries over hand-made marts, against numbers worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

from reports.figures import load_figure_queries
from tests.unit.reports.world import PROJECT, ROOT, YUEYANG, World, database, figures


def one(rows: Any, **wanted: Any) -> dict[str, Any]:
    (row,) = [dict(row) for row in rows if all(row[key] == value for key, value in wanted.items())]
    return row


def spending(executed: str, budget: str, **more: Any) -> dict[str, Any]:
    world = World(budget=budget, executed=dict.fromkeys(("fiscal", "extended", "as_of"), executed), **more)
    return one(figures(world)["f01_execution"], cutoff="fiscal")


def test_both_cut_offs_of_the_seed_report() -> None:
    rows = figures()["f01_execution"]
    fiscal, extended = one(rows, cutoff="fiscal"), one(rows, cutoff="extended")
    assert (fiscal["executed_wan"], fiscal["execution_percent"]) == (Decimal("273.79"), "74.00%")
    assert (fiscal["unspent_wan"], fiscal["time_percent"], fiscal["is_spent"]) == (Decimal("96.21"), "100.00%", False)
    assert (extended["executed_wan"], extended["execution_percent"]) == (Decimal("370.00"), "100.00%")
    assert (extended["cutoff_on"], extended["is_spent"]) == (date(2022, 1, 31), True)


@pytest.mark.parametrize(
    ("executed", "budget", "percent"),
    [
        ("2737900", "3700000", "74.00%"),  # 73.9973
        ("739950", "1000000", "74.00%"),  # a number of two decimals and a half goes up: 73.995
        ("739949.99", "1000000", "73.99%"),
        ("729949.96", "1000000", "72.99%"),  # rounding twice, over 0.729950, would print 73.00
        ("1", "3", "33.33%"),
        ("2", "3", "66.67%"),
        ("3700000.01", "3700000", "100.00%"),
        ("5000000", "4000000", "125.00%"),
        ("0", "3700000", "0.00%"),
        ("100", "0", None),
    ],
)
def test_percent_is_rounded_once_half_away_from_zero(executed: str, budget: str, percent: str | None) -> None:
    assert spending(executed, budget)["execution_percent"] == percent


@pytest.mark.parametrize(("decimals", "percent"), [(0, "74%"), (1, "74.0%"), (2, "74.00%")])
def test_rate_decimals_are_the_workspaces(decimals: int, percent: str) -> None:
    assert spending("2737900", "3700000", rate_decimals=decimals)["execution_percent"] == percent


@pytest.mark.parametrize(("yuan", "wan"), [("2737949.99", "273.79"), ("2737950.00", "273.80"), ("49.99", "0.00")])
def test_wan_is_rounded_once_from_yuan(yuan: str, wan: str) -> None:
    assert spending(yuan, "3700000")["executed_wan"] == Decimal(wan)


def test_parameters_narrow_to_one_project_and_source() -> None:
    other = replace(YUEYANG, project="中央财政帮扶资金", source="central", budget="1000000", findings=())
    everything = figures(YUEYANG, other)
    assert {row["project_name"] for row in everything["f01_execution"]} == {PROJECT, "中央财政帮扶资金"}
    for name, rows in figures(YUEYANG, other, project_name=PROJECT, budget_year=2021).items():
        assert {row["project_name"] for row in rows if "project_name" in row} <= {PROJECT}, name
    assert not figures(YUEYANG, other, fund_source="donation")["f02_sources"]


def test_fund_rows_of_the_form() -> None:
    rows = {row["form_row"]: row for row in figures()["f03_fund_rows"]}
    assert list(rows) == ["total", "fiscal", "carry_in", "other"]
    total = rows["total"]
    assert (total["initial_wan"], total["budget_wan"]) == (Decimal("370.00"), Decimal("370.00"))
    assert (total["executed_wan"], total["execution_percent"]) == (Decimal("273.79"), "74.00%")
    assert (total["points"], total["score"]) == (Decimal("10.00"), Decimal("7.40"))
    assert rows["fiscal"]["score"] is None
    assert rows["other"]["budget_wan"] == Decimal("0.00")


@pytest.mark.parametrize(("cutoff", "score"), [("fiscal", "7.40"), ("extended", "10.00")])
def test_the_score_follows_its_cut_off(cutoff: str, score: str) -> None:
    total = one(figures(replace(YUEYANG, score_cutoff=cutoff))["f03_fund_rows"], form_row="total")
    assert (total["cutoff"], total["score"]) == (cutoff, Decimal(score))


def test_score_never_exceeds_its_points_nor_exists_without_budget() -> None:
    spent = {"fiscal": "5000000", "extended": "5000000", "as_of": "5000000"}
    assert one(figures(World(executed=spent))["f03_fund_rows"], form_row="total")["score"] == Decimal("10.00")
    assert one(figures(World(budget="0"))["f03_fund_rows"], form_row="total")["score"] == Decimal("0.00")


def test_bridge_adds_up_to_the_difference_of_the_cut_offs() -> None:
    found = figures()
    lines = found["f07_bridge"]
    assert one(lines, cause="total")["amount_wan"] == Decimal("96.21")
    assert [row["label_zh"] for row in lines] == ["“两节”送温暖", "其他", "重发", "1月退汇冲减", "合计"]
    assert sum(row["amount_wan"] for row in lines if not row["is_total"]) == Decimal("96.21")
    assert one(lines, cause="return")["is_negative"]


def test_a_window_that_ends_in_february_does_not_speak_of_january() -> None:
    lines = figures(replace(YUEYANG, extended_on=date(2022, 2, 9), as_of_on=date(2022, 2, 9)))["f07_bridge"]
    assert one(lines, cause="return")["label_zh"] == "退汇冲减"


def test_households_are_distinct_and_few_are_not_shown() -> None:
    rows = figures()["f04_categories"]
    assert one(rows, cutoff="extended", aid_category="total")["household_count"] == 1800
    assert one(rows, cutoff="extended", aid_category="medical_aid")["household_count"] == 96
    few = replace(YUEYANG, categories=[("living_aid", 4000, 4000, 4, 4)])
    assert one(figures(few)["f04_categories"], cutoff="fiscal", aid_category="living_aid")["payments_shown"] == "少于5"


def test_units_are_ranked_and_the_groups_name_none() -> None:
    found = figures()
    first = [row["unit_name"] for row in found["f05_units"] if row["cutoff"] == "fiscal" and row["use_rank"] == 1]
    assert first == ["岳阳市困难职工帮扶中心", "合计"]
    group = one(found["f10_unit_groups"], cutoff="fiscal", group_code="county")
    assert (group["unit_count"], group["allotted_wan"], group["executed_wan"]) == (
        10, Decimal("285.00"), Decimal("206.69"),
    )  # fmt: skip


def test_running_year_is_the_one_whose_extended_cut_off_is_open() -> None:
    next_year = replace(YUEYANG, year=2022, extended_on=date(2023, 1, 21), months=(0,))
    rows = {row["budget_year"]: row["is_running"] for row in figures(YUEYANG, next_year)["f09_projects"]}
    assert rows == {2021: True, 2022: True}
    later = replace(YUEYANG, as_of_on=date(2022, 2, 1))
    assert not figures(later)["f09_projects"][0]["is_running"]


def test_figure_ids_are_unique_and_ordered() -> None:
    ids = [name.partition("_")[0] for name in load_figure_queries()]
    assert ids == sorted(set(ids))
    assert all(len(id_) == 3 and id_.startswith("f") for id_ in ids)


def test_the_hand_made_marts_have_the_columns_of_their_contracts() -> None:
    made = database(YUEYANG).execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE schema_name = 'marts' GROUP BY 1 ORDER BY 1"
    )
    for table, columns in made.fetchall():
        contract = yaml.safe_load((ROOT / f"expectations/contracts/marts/{table}.yaml").read_text("utf-8"))
        assert set(columns) <= set(contract["columns"]), table
