"""Every mart is what its contract says: the same columns in the same order, of the types of their fields."""

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from expectations.contracts import load_fields
from tests.spec.harness import ROOT, build_tables, rows_of, sql_text

CONTRACTS = {path.stem: path for path in sorted((ROOT / "expectations/contracts/marts").glob("*.yaml"))}
MARTS = [  # contract section 8
    *("execution_by_source", "execution_by_unit", "execution_by_category", "execution_monthly", "execution_bridge"),
    *("budgets", "arrivals", "allotments", "units", "submissions", "rule_coverage"),
    *("payments", "bank_lines", "matches", "ledger", "visits", "goods", "households", "findings", "evidence"),
    *("match_candidates", "unspent", "fund_balances", "indicators", "figures"),
]


def contract(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_all_marts_are_there() -> None:
    assert set(CONTRACTS) == set(MARTS)
    assert {path.stem for path in (ROOT / "transforms/marts").glob("*.sql")} == set(MARTS)


@pytest.mark.parametrize("mart", MARTS)
def test_contract_is_whole(mart: str) -> None:
    known = load_fields()
    stated = contract(CONTRACTS[mart])
    assert set(stated) == {"mart", "title_zh", "comment_zh", "grain", "columns"}
    assert stated["mart"] == mart
    assert set(stated["grain"]) <= set(stated["columns"]) <= set(known)
    for name, own in stated["columns"].items():
        assert set(own) <= {"comment_zh"}, name
        assert own.get("comment_zh") or known[name].meaning_zh, f"{name} has no comment"


@pytest.mark.parametrize("mart", MARTS)
def test_sql_gives_the_columns_of_the_contract(mart: str) -> None:
    known = load_fields()
    wanted = [(name, known[name].sql_type) for name in contract(CONTRACTS[mart])["columns"]]
    sql = sql_text(f"marts.{mart}")
    with duckdb.connect(":memory:") as connection:
        build_tables(connection, sql, {})
        made = [(row["column_name"], row["column_type"]) for row in rows_of(connection, f"DESCRIBE {sql}")]
    assert made == wanted


def test_figures_name_no_field_that_no_mart_has() -> None:
    figures = yaml.safe_load((ROOT / "expectations/fields/figures.yaml").read_text(encoding="utf-8"))["fields"]
    used = {name for path in CONTRACTS.values() for name in contract(path)["columns"]}
    assert figures, "figures.yaml is empty"
    assert set(figures) <= used
