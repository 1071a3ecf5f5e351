"""The commands that ask, on a year that was received: figures, lineage, agreement, and that nobody can be seen."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.reporting import annual_report
from reports.annual import AnnualInputs
from tests.support.command import mingzhang

pytestmark = pytest.mark.slow
PERSONAL = {
    "households": ("name", "id_number", "card_no", "phone"),
    "members": ("name", "id_number"),
    "rosters": ("name", "id_number", "card_no", "student_name", "student_id_number"),
    "visits": ("id_number",),
    "payouts": ("payee_name", "card_no"),
}
Copy = Callable[[Path], Path]


def asked(workspace: Path, sql: str) -> list[dict[str, Any]]:
    """The rows of a query, as the command prints them."""
    ran = mingzhang("query", sql, "--format", "json", workspace=workspace)
    assert ran.code == 0, ran.err
    rows: list[dict[str, Any]] = json.loads(ran.out)
    return rows


def test_query_json_keeps_scale_order_and_dates(received: Path) -> None:
    sql = "select cast(2 as decimal(18,2)) b, date '2021-12-31' a, null c, true d, 3 e, ['x'] f"
    ran = mingzhang("query", sql, "--format", "json", workspace=received)
    assert ran.out == '[{"b":"2.00","a":"2021-12-31","c":null,"d":true,"e":3,"f":["x"]}]\n'


def test_query_csv(received: Path) -> None:
    sql = "select '甲,乙' a, cast(1000 as decimal(18,2)) b, null c"
    ran = mingzhang("query", sql, "--format", "csv", workspace=received)
    assert list(csv.reader(io.StringIO(ran.out))) == [["a", "b", "c"], ["甲,乙", "1000.00", ""]]


def test_query_table_shows_chinese(received: Path) -> None:
    ran = mingzhang("query", "select unit_name from marts.units order by 1", workspace=received)
    assert "岳阳市总工会" in ran.out


def test_figures_of_the_pool_are_those_of_the_truth(received: Path) -> None:
    with (received / "truth/figures.csv").open(encoding="utf-8", newline="") as file:
        truth = [
            row for row in csv.DictReader(file) if (row["fund_source"], row["budget_year"]) == ("city_pool", "2021")
        ]
    assert truth
    expected = {
        cutoff: sum(Decimal(row["executed_yuan"]) for row in truth if row["cutoff"] == cutoff)
        for cutoff in ("extended", "fiscal")
    }
    sql = (
        "select cutoff, sum(executed_yuan) e from marts.execution_by_source "
        "where fund_source = 'city_pool' and budget_year = 2021 and cutoff <> 'as_of' group by 1 order by 1"
    )
    assert {row["cutoff"]: Decimal(row["e"]) for row in asked(received, sql)} == expected


def test_check_gives_findings_as_the_analyst_table_has_them(received: Path) -> None:
    ran = mingzhang("check", "--json", workspace=received)
    columns = asked(
        received,
        "select column_name c from duckdb_columns() "
        "where schema_name = 'marts' and table_name = 'findings' order by column_index",
    )
    counted = ran.document["findings"]
    assert ran.code == (10 if counted["reject"] or counted["error"] else 0)
    for row in ran.document["rows"]:
        assert list(row) == [column["c"] for column in columns]


def test_explain_leads_back_to_the_line_of_the_file(received: Path) -> None:
    payment = asked(
        received,
        "select payment_id, source_file, sheet, row_no, bank_line_id "
        "from marts.payments p join marts.matches m using (payment_id) where p.status = 'paid' order by 1 limit 1",
    )[0]
    ran = mingzhang("explain", payment["payment_id"], "--json", workspace=received)
    assert ran.code == 0
    first, *others = ran.document["rows"]
    assert list(first) == ["file", "sha256", "sheet", "row_no", "role"]
    assert (first["file"], first["sheet"], first["row_no"]) == (
        payment["source_file"], payment["sheet"], payment["row_no"],
    )  # fmt: skip
    assert (received / "evidence" / first["sha256"][:2] / first["sha256"]).is_file()
    assert [row["role"] for row in others] == ["paying_line"]
    line = mingzhang("explain", payment["bank_line_id"], "--json", workspace=received).document
    assert line["rows"][0]["role"] == "bank_line"
    assert line["rows"][0]["file"] == others[0]["file"]


def test_reconcile_draws_up_the_agreement(received: Path, copy_of: Copy) -> None:
    workspace = copy_of(received)
    ran = mingzhang("reconcile", "--month", "2021-11", "--json", workspace=workspace)
    assert ran.code in (0, 10), ran.err
    assert len(ran.document["rows"]) > 10
    for row in ran.document["rows"]:
        amount = {name: Decimal(value) for name, value in row.items() if name.endswith("_yuan")}
        for side in ("bank", "books"):
            assert amount[f"{side}_matched_yuan"] + amount[f"{side}_open_yuan"] == amount[f"{side}_total_yuan"]
        assert amount["bank_matched_yuan"] - amount["bank_without_entry_yuan"] == amount["books_matched_yuan"]
    assert all((workspace / path).is_file() for path in ran.document["outputs"])
    assert any(path.startswith("outbox/岳阳市总工会/") for path in ran.document["outputs"])


def test_published_copy_shows_nobody(received: Path) -> None:
    """No ID, no card and no name that is long enough to be nobody else's stands in any published table."""
    with duckdb.connect(str(received / "warehouse.duckdb"), read_only=True) as warehouse:
        columns = [(kind, column) for kind, columns in PERSONAL.items() for column in columns]
        sql = " UNION ".join(f"SELECT {column} FROM validated.{kind}" for kind, column in columns)
        personal = {text for (text,) in warehouse.execute(sql).fetchall() if text and len(text) >= 3}
    assert len(personal) > 200
    with duckdb.connect(str(received / "published/analyst.duckdb"), read_only=True) as published:
        tables = published.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        shown = "\n".join(repr(published.execute(f"SELECT * FROM {a}.{b}").fetchall()) for a, b in tables)
    assert len(tables) > len(PERSONAL)
    assert [text for text in sorted(personal) if text in shown] == []


def test_as_of_is_the_last_day_on_a_statement(received: Path) -> None:
    sql = "select distinct cutoff_on d from marts.execution_by_source where cutoff = 'as_of'"
    last = "select max(booked_on) d from marts.bank_lines"
    as_of, booked = (mingzhang("query", each, "--format", "json", workspace=received).out for each in (sql, last))
    assert as_of == booked
    assert date.fromisoformat(json.loads(as_of)[0]["d"]) >= date(2022, 1, 31)


def test_policy_show_on_a_day(empty: Path) -> None:
    ran = mingzhang("policy", "show", "--on", "2021-12-31", "--json", workspace=empty)
    named = {row["parameter"]: row["number"] for row in ran.document["rows"]}
    assert named["alerts.red_gap"] == "0.25"


def test_the_report_knows_how_far_the_statements_reach(received: Path, copy_of: Copy, monkeypatch: Any) -> None:
    """A cut-off is reached when the statements cover it, though nothing was booked on its day."""
    given: list[AnnualInputs] = []

    def made(inputs: AnnualInputs) -> bytes:
        given.append(inputs)
        return b""

    monkeypatch.setattr("reports.annual.annual_report", made)
    project = asked(received, "select min(project_name) p from marts.budgets where budget_year = 2021")[0]["p"]
    annual_report(copy_of(received), project=project, year=2021)
    until = asked(received, "select max(covered_to) u from checks.coverage")[0]["u"]
    assert [str(inputs.known_until) for inputs in given] == [until]
