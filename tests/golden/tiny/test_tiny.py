"""The real commands on a federation that was counted on paper. Every expected number is worked out beside it."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.golden.tiny.inbox import CITY, PROJECT, PROVINCIAL, write_inbox
from tests.support.command import mingzhang

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The federation, ingested."""
    folder = tmp_path_factory.mktemp("tiny") / "workspace"
    assert mingzhang("init", folder, "--unit", CITY, "--region", "430600").code == 0
    write_inbox(folder / "inbox")
    ran = mingzhang("ingest", "--json", workspace=folder)
    assert ran.document["problems"] == []
    assert ran.code == 0
    return folder


def rows(workspace: Path, sql: str) -> list[list[Any]]:
    """The rows of a query on the published copy, values as `query --format json` prints them."""
    with duckdb.connect(str(workspace / "published/analyst.duckdb"), read_only=True) as published:
        return [[_printed(value) for value in row] for row in published.execute(sql).fetchall()]


def _printed(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal | date) else value


def test_an_honest_year_has_no_finding(workspace: Path) -> None:
    ran = mingzhang("check", "--json", workspace=workspace)
    assert ran.document["findings"] == {"reject": 0, "error": 0, "warn": 0, "info": 0}
    assert ran.code == 0


def test_figures_by_source(workspace: Path) -> None:
    """city_pool, 12-31: 生活 4 × 3,000 = 12,000; 送温暖 3 × 1,000 less the failed one = 2,000; county 4,000 + 6,000.
    By 除夕 2024-02-09: − 1,000 returned + 1,000 reissued + 1,000 for the failed one + county 3 × 1,000 = + 4,000.
    省财: three students × 2,000; budget 30,000 + 5,000 − 1,000. The notice gives 10,000 + 3,000 and 6,000.
    """
    found = rows(
        workspace,
        "select project_name, fund_source, cutoff, cutoff_on, budget_yuan, received_yuan, allotted_yuan, "
        "unallocated_yuan, executed_yuan, unspent_yuan, idle_yuan, execution_rate, time_progress "
        "from marts.execution_by_source order by fund_source, cutoff_on",
    )
    pool = [PROJECT, "city_pool"]
    state = [PROVINCIAL, "provincial"]
    assert found == [
        [*pool, "fiscal", "2023-12-31", "100000.00", "100000.00", "13000.00", "87000.00",
         "24000.00", "76000.00", "76000.00", "0.240000", "1.000000"],
        [*pool, "as_of", "2024-02-05", "100000.00", "100000.00", "13000.00", "87000.00",
         "28000.00", "72000.00", "72000.00", "0.280000", "1.000000"],
        [*pool, "extended", "2024-02-09", "100000.00", "100000.00", "13000.00", "87000.00",
         "28000.00", "72000.00", "72000.00", "0.280000", "1.000000"],
        *[[*state, cutoff, day, "34000.00", "34000.00", "6000.00", "28000.00",
           "6000.00", "28000.00", "28000.00", "0.176471", "1.000000"]  # 6/34 = 0.17647058…
          for cutoff, day in (("fiscal", "2023-12-31"), ("as_of", "2024-02-05"), ("extended", "2024-02-09"))],
    ]  # fmt: skip


def test_bridge_from_year_end_to_the_extended_cutoff(workspace: Path) -> None:
    """28,000 − 24,000 = 4,000: the county's three visits, the city's one that had failed, − return + reissue."""
    sql = "select unit_code, cause, payment_count, amount_yuan from marts.execution_bridge order by 1, 2"
    assert rows(workspace, sql) == [
        ["430600", "reissue", 1, "1000.00"],
        ["430600", "return", 1, "-1000.00"],
        ["430600", "two_festivals", 1, "1000.00"],
        ["430623", "two_festivals", 3, "3000.00"],
    ]


def test_persons_and_households(workspace: Path) -> None:
    """助学: three payments, two parents. 送温暖 by 除夕: city 乙11, 乙12 (once), 乙13, county three = six."""
    sql = (
        "select aid_category, sum(payment_count) n, sum(person_count) p, sum(household_count) h "
        "from marts.execution_by_category where cutoff = 'extended' group by 1 order by 1"
    )
    assert [[category, *map(int, counts)] for category, *counts in rows(workspace, sql)] == [
        ["education_aid", 3, 2, 2],
        ["living_aid", 6, 6, 6],
        ["warmth_visit", 6, 6, 6],
    ]


def test_payments_stand_where_the_bank_put_them(workspace: Path) -> None:
    sql = "select batch_no, status, value_on, returned_on, is_reissued from marts.payments"
    found = Counter((("-" if n.startswith("ZB") else n), *rest) for n, *rest in map(tuple, rows(workspace, sql)))
    assert found == Counter(
        {
            ("-", "paid", "2023-06-05", None, False): 4,
            ("W1", "paid", "2023-12-26", None, False): 1,
            ("W1", "returned", "2023-12-26", "2024-01-03", True): 1,
            ("W1", "failed", None, "2023-12-28", False): 1,
            ("W2", "paid", "2024-01-22", None, False): 2,
            ("HR-01", "paid", "2023-06-21", None, False): 2,
            ("HR-02", "paid", "2023-08-21", None, False): 2,
            ("HR-02", "paid", "2023-08-22", None, False): 1,
            ("HR-03", "paid", "2024-01-22", None, False): 3,
        }
    )


def test_every_bank_line_is_one_thing(workspace: Path) -> None:
    """12 lines of the city; 8 of the county, of which three were sent twice and two are equal."""
    sql = (
        "select unit_code, classification, count(*) n, sum(amount_yuan) s from marts.bank_lines "
        "group by 1, 2 order by 1, 2"
    )
    assert rows(workspace, sql) == [
        ["430600", "allotment_out", 1, "19000.00"],
        ["430600", "batch", 2, "15000.00"],  # 12,000 + 3,000 with the line that failed
        ["430600", "fee", 1, "10.00"],
        ["430600", "interest", 2, "124.00"],  # 123.45 + 0.55
        ["430600", "receipt", 2, "94000.00"],
        ["430600", "return", 2, "2000.00"],
        ["430600", "single", 2, "2000.00"],  # one of them to a card that the bank shows as 6217****0093
        ["430623", "allotment_in", 1, "19000.00"],
        ["430623", "batch", 4, "19000.00"],
        ["430623", "fee", 2, "10.00"],
        ["430623", "interest", 1, "0.50"],
    ]


def test_visits(workspace: Path) -> None:
    """丙25: money on list and register, goods three days later: one visit of 1,200. The other five as on the lists; the
    payment that failed is no visit, the one that pays it later is."""
    sql = "select unit_code, visited_on, amount_yuan, window_name, is_repeat from marts.visits order by 1, 2, 3"
    season = "2024.two_festivals"
    assert rows(workspace, sql) == [
        ["430600", "2023-12-25", "1000.00", season, False],
        ["430600", "2023-12-25", "1000.00", season, False],
        ["430600", "2024-01-20", "1000.00", season, False],
        ["430623", "2024-01-18", "1200.00", season, False],
        ["430623", "2024-01-20", "1000.00", season, False],
        ["430623", "2024-01-20", "1000.00", season, False],
    ]


def test_a_reissue_is_walked_back_to_its_lines(workspace: Path) -> None:
    (payment,) = rows(workspace, "select payment_id from marts.payments where reissue_of is not null")
    ran = mingzhang("explain", payment[0], "--json", workspace=workspace)
    places = {(row["file"], row["sheet"], row["row_no"]) for row in ran.document["rows"]}
    assert {(f"{CITY}/两节.xlsx", "重发", 3), (f"{CITY}/建行.xlsx", "明细", 12)} <= places


def test_the_year_closes_at_both_cutoffs(workspace: Path) -> None:
    fiscal, extended = (
        mingzhang("close", "--year", "2023", "--cutoff", cutoff, "--json", workspace=workspace)
        for cutoff in ("fiscal", "extended")
    )
    assert (fiscal.code, extended.code) == (0, 0), fiscal.out + extended.out
    sql = "select cutoff, executed_yuan e from marts.execution_by_source where fund_source = 'city_pool' order by 1"
    assert json.loads(mingzhang("query", sql, "--format", "json", workspace=workspace).out) == [
        {"cutoff": "as_of", "e": "28000.00"},
        {"cutoff": "extended", "e": "28000.00"},
        {"cutoff": "fiscal", "e": "24000.00"},
    ]
