from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from flows.edges.policy import load_policy
from flows.edges.workspace import open_workspace
from flows.problems import Refusal


def rows(root: Path, table: str, **wanted: Any) -> list[dict[str, Any]]:
    found = load_policy(open_workspace(root)).tables[f"policy.{table}"]
    return [row for row in found if all(row[key] == value for key, value in wanted.items())]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "policy").mkdir()
    settle_down(tmp_path)
    return tmp_path


def settle_down(root: Path, more: str = "") -> None:
    (root / "mingzhang.toml").write_text('unit = "岳阳市总工会"\nregion = "430600"\n' + more, "utf-8")


def lay(root: Path, name: str, text: str) -> None:
    path = root / "policy" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_members_of_an_undivided_pool_are_shown_as_the_pool(root: Path) -> None:
    shown = {row["fund_source"]: row["figure_source"] for row in rows(root, "source_rows")}
    assert shown["city_fiscal"] == shown["city_union_match"] == shown["city_pool"] == "city_pool"
    assert shown["central"] == "central"


def test_pools_come_after_sources(root: Path) -> None:
    order = {row["fund_source"]: row["sort_order"] for row in rows(root, "fund_sources")}
    assert order["city_pool"] == max(order.values()) == len(order)


def test_new_years_eve_of_the_seed(root: Path) -> None:
    assert rows(root, "new_year_eves", year=2022) == [{"year": 2022, "eve_on": date(2022, 1, 31)}]


def test_a_workspace_replaces_a_source_and_adds_one(root: Path) -> None:
    lay(
        root,
        "fund_sources.yaml",
        "description: d\nentries:\n"
        "  - {fund_source: central, label_zh: 中央资金, level: national, form_row: fiscal, carry_over: next_year}\n"
        "  - {fund_source: lottery, label_zh: 彩票公益金, level: city, form_row: other, carry_over: next_year}\n",
    )
    assert rows(root, "fund_sources", fund_source="central")[0]["label_zh"] == "中央资金"
    assert rows(root, "labels", domain="fund_source", code="lottery")[0]["label_zh"] == "彩票公益金"
    assert rows(root, "source_rows", fund_source="lottery")[0]["figure_source"] == "lottery"


def test_words_are_added_and_taken_away(root: Path) -> None:
    lay(root, "terms/fee.yaml", "description: d\nterms: [服务费]\nwithout: [手续费]\n")
    terms = {row["term"] for row in rows(root, "terms", purpose="fee")}
    assert "服务费" in terms
    assert "手续费" not in terms
    assert "工本费" in terms


def test_a_parameter_is_merged_by_date(root: Path) -> None:
    lay(
        root,
        "parameters/match/batch_window_days.yaml",
        "description: d\nreference: 市总通知\nconfirmed: true\nvalues:\n  - {from: 2021-07-01, value: 10}\n",
    )
    found = rows(root, "parameters", parameter="match.batch_window_days")
    assert [(row["applies_from"], row["applies_to"], row["number"], row["is_confirmed"]) for row in found] == [
        (date(2000, 1, 1), date(2021, 7, 1), Decimal(15), False),
        (date(2021, 7, 1), date(9999, 12, 31), Decimal(10), True),
    ]


def test_null_ends_a_parameter(root: Path) -> None:
    lay(
        root,
        "parameters/match/batch_window_days.yaml",
        "description: d\nvalues:\n  - {from: 2021-07-01, value: null}\n",
    )
    found = rows(root, "parameters", parameter="match.batch_window_days")
    assert [(row["applies_from"], row["applies_to"]) for row in found] == [(date(2000, 1, 1), date(2021, 7, 1))]


def test_settings_are_laid_on_last_and_count_as_confirmed(root: Path) -> None:
    settle_down(root, '[alerts]\nred_gap = 0.3\n[rules]\nR12 = "observe"\n')
    found = rows(root, "parameters", parameter="alerts.red_gap")
    assert [(row["number"], row["is_confirmed"], row["applies_to"]) for row in found] == [
        (Decimal("0.3"), True, date(9999, 12, 31))
    ]
    assert rows(root, "rule_modes", rule_id="R12") == [{"rule_id": "R12", "unit_code": None, "mode": "observe"}]


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("terms/fee.yaml", "description: d\nwords: [服务费]\n", "words"),
        ("rule_modes.yaml", 'description: d\nentries:\n  - {rule_id: R12, unit_code: null, mode: "loud"}\n', "R12"),
        ("campaign_groups.yaml", "description: d\nentries:\n  - {campaign: 年终, group: x}\n", "年终.group"),
        (
            "fund_sources.yaml",
            "description: d\nentries:\n  - {fund_source: a, label_zh: 甲}\n  - {fund_source: a, label_zh: 乙}\n",
            "a",
        ),
        (
            "parameters/match/batch_window_days.yaml",
            "description: d\nvalues:\n  - {from: 2022-01-01, value: 1}\n  - {from: 2021-01-01, value: 2}\n",
            "2021-01-01",
        ),
        ("pools.yaml", "description: d\nentries:\n  - {fund_source: p, label_zh: 池, members: [nobody]}\n", "nobody"),
        ("new_year_eves.yaml", "description: d\neves:\n  2040: 2041-02-11\n", "2040"),
        ("terms/fee.yaml", "description: [", "—"),
    ],
)
def test_what_cannot_be_used_is_refused_by_file_and_key(root: Path, name: str, text: str, named: str) -> None:
    lay(root, name, text)
    with pytest.raises(Refusal) as refusal:
        load_policy(open_workspace(root))
    assert [each.where for each in refusal.value.problems] == [f"policy/{name}"]
    assert named in refusal.value.problems[0].message


def test_an_unknown_parameter_in_the_settings_is_refused(root: Path) -> None:
    settle_down(root, "[match]\nbatch_windows = 3\n")
    with pytest.raises(Refusal) as refusal:
        load_policy(open_workspace(root))
    assert [each.where for each in refusal.value.problems] == ["mingzhang.toml"]
