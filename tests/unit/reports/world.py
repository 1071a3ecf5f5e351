"""A small federation as finished tables: the marts and policy that the figure queries read, written by hand.

The numbers of Yueyang 2021 are the seed report's; their split by unit, category and month is ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from reports.annual import AnnualInputs
from reports.figures import Figures, load_figure_queries

ROOT = Path(__file__).parents[3]
PROJECT = "市财政、市总配套帮扶资金"

UNITS = [  # code, name, type, allotted, executed at 12-31, at the extended cut-off
    ("430600B", "岳阳市困难职工帮扶中心", "city", 760000, 602000, 760000),
    ("430602", "岳阳楼区总工会", "county", 360000, 262000, 360000),
    ("430603", "云溪区总工会", "county", 220000, 171400, 220000),
    ("430611", "君山区总工会", "county", 200000, 143500, 200000),
    ("430621", "岳阳县总工会", "county", 340000, 251000, 340000),
    ("430623", "华容县总工会", "county", 330000, 236800, 330000),
    ("430624", "湘阴县总工会", "county", 320000, 225600, 320000),
    ("430626", "平江县总工会", "county", 410000, 286200, 410000),
    ("430681", "汨罗市总工会", "county", 300000, 214300, 300000),
    ("430682", "临湘市总工会", "county", 250000, 181600, 250000),
    ("430671", "屈原管理区总工会", "county", 120000, 94500, 120000),
    ("430600K", "岳阳经济技术开发区总工会", "zone", 90000, 69000, 90000),
]
CATEGORIES = [  # executed at 12-31, at the extended cut-off, payments at both
    ("living_aid", 1300000, 1307100, 640, 644),
    ("medical_aid", 620000, 620000, 96, 96),
    ("education_aid", 437900, 437900, 150, 150),
    ("warmth_visit", 380000, 1335000, 410, 1372),
]
HOUSEHOLDS = [(0, 612), (0, 96), (100, 147), (473, 1327)]  # first household and how many, per category
MONTHS = [0, 60000, 182000, 356000, 540000, 812000, 1034000, 1490000, 1873000, 2064000, 2365000, 2737900, 3700000]
BRIDGE = [("two_festivals", 955, 955000), ("other", 4, 5100), ("reissue", 2, 6000), ("return", 2, -4000)]
FINDINGS = [("R11", "error", "corrected"), ("R11", "error", "waived"), ("R01.checksum", "error", "corrected")]


@dataclass(frozen=True)
class World:
    """One project and year, amounts in yuan; money that one source of it holds."""

    year: int = 2021
    project: str = PROJECT
    source: str = "city_pool"
    initial: str = "3700000.00"
    budget: str = "3700000.00"
    received: str = "3700000.00"
    carry_in: str = "0.00"
    executed: Mapping[str, str] = field(
        default_factory=lambda: {"fiscal": "2737900.00", "extended": "3700000.00", "as_of": "3700000.00"}
    )
    extended_on: date = date(2022, 1, 31)
    as_of_on: date = date(2022, 1, 31)
    units: Sequence[tuple[Any, ...]] = tuple(UNITS)
    categories: Sequence[tuple[Any, ...]] = tuple(CATEGORIES)
    months: Sequence[int] = tuple(MONTHS)
    bridge: Sequence[tuple[Any, ...]] = tuple(BRIDGE)
    findings: Sequence[tuple[Any, ...]] = tuple(FINDINGS)
    score_cutoff: str = "fiscal"
    rate_decimals: int = 2

    def cutoffs(self) -> list[tuple[str, date]]:
        return [("fiscal", date(self.year, 12, 31)), ("extended", self.extended_on), ("as_of", self.as_of_on)]


YUEYANG = World()

TABLES = """
CREATE SCHEMA marts; CREATE SCHEMA policy; CREATE SCHEMA run;
CREATE TABLE run.parameters (city_code VARCHAR, unit_name VARCHAR, region_code VARCHAR, execution_basis VARCHAR,
    extended_cutoff VARCHAR, score_cutoff VARCHAR, rate_decimals INTEGER, as_of_on DATE, known_at TIMESTAMP);
CREATE TABLE run.report_parameters (project_name VARCHAR, budget_year INTEGER, fund_source VARCHAR, audience VARCHAR);
CREATE TABLE policy.fund_sources (fund_source VARCHAR, label_zh VARCHAR, level VARCHAR, form_row VARCHAR,
    carry_over VARCHAR, sort_order INTEGER);
CREATE TABLE policy.source_rows (fund_source VARCHAR, figure_source VARCHAR);
CREATE TABLE policy.labels (domain VARCHAR, code VARCHAR, label_zh VARCHAR, document_set VARCHAR);
CREATE TABLE policy.parameters (parameter VARCHAR, applies_from DATE, applies_to DATE, number DECIMAL(18,6),
    text VARCHAR, unit VARCHAR, is_confirmed BOOLEAN, reference VARCHAR);
CREATE TABLE marts.units (unit_code VARCHAR, unit_name VARCHAR, region_code VARCHAR, parent_unit_code VARCHAR,
    unit_type VARCHAR);
CREATE TABLE marts.budgets (budget_year INTEGER, project_name VARCHAR, dept_name VARCHAR, fund_source VARCHAR,
    quota_no VARCHAR, initial_yuan DECIMAL(18,2), adjustment_yuan DECIMAL(18,2), withdrawn_yuan DECIMAL(18,2));
CREATE TABLE marts.execution_by_source (budget_year INTEGER, project_name VARCHAR, fund_source VARCHAR, cutoff VARCHAR,
    cutoff_on DATE, budget_yuan DECIMAL(18,2), carry_in_yuan DECIMAL(18,2), received_yuan DECIMAL(18,2),
    allotted_yuan DECIMAL(18,2), unallocated_yuan DECIMAL(18,2), executed_yuan DECIMAL(18,2),
    unspent_yuan DECIMAL(18,2), idle_yuan DECIMAL(18,2), execution_rate DECIMAL(9,6), arrival_rate DECIMAL(9,6),
    time_progress DECIMAL(9,6));
CREATE TABLE marts.execution_by_unit (budget_year INTEGER, project_name VARCHAR, fund_source VARCHAR,
    unit_code VARCHAR, unit_name VARCHAR, cutoff VARCHAR, cutoff_on DATE, allotted_yuan DECIMAL(18,2),
    executed_yuan DECIMAL(18,2), unspent_yuan DECIMAL(18,2), use_rate DECIMAL(9,6));
CREATE TABLE marts.execution_by_category (budget_year INTEGER, project_name VARCHAR, fund_source VARCHAR,
    unit_code VARCHAR, aid_category VARCHAR, cutoff VARCHAR, cutoff_on DATE, executed_yuan DECIMAL(18,2),
    payment_count BIGINT, person_count BIGINT, household_count BIGINT);
CREATE TABLE marts.execution_monthly (budget_year INTEGER, project_name VARCHAR, fund_source VARCHAR,
    month_end_on DATE, cumulative_executed_yuan DECIMAL(18,2), execution_rate DECIMAL(9,6),
    time_progress DECIMAL(9,6));
CREATE TABLE marts.execution_bridge (budget_year INTEGER, project_name VARCHAR, fund_source VARCHAR,
    unit_code VARCHAR, aid_category VARCHAR, cause VARCHAR, payment_count BIGINT, amount_yuan DECIMAL(18,2));
CREATE TABLE marts.payments (payment_id VARCHAR, project_name VARCHAR, budget_year INTEGER, fund_source VARCHAR,
    figure_source VARCHAR, unit_code VARCHAR, aid_category VARCHAR, household_id VARCHAR,
    status VARCHAR, value_on DATE, returned_on DATE);
CREATE TABLE marts.findings (finding_id VARCHAR, rule_id VARCHAR, severity VARCHAR, status VARCHAR);
"""


def database(*worlds: World, **narrowed: Any) -> duckdb.DuckDBPyConnection:
    """The worlds in one warehouse; `narrowed` is the row of run.report_parameters."""
    connection = duckdb.connect()
    connection.execute(TABLES)
    first = worlds[0]
    connection.execute(
        "INSERT INTO run.parameters VALUES ('4306', '岳阳市总工会', '430600', 'disbursed', ?, ?, ?, NULL, NULL)",
        ["lunar_new_year_eve", first.score_cutoff, first.rate_decimals],
    )
    connection.execute(
        "INSERT INTO run.report_parameters VALUES (?, ?, ?, ?)",
        [narrowed.get(name) for name in ("project_name", "budget_year", "fund_source", "audience")],
    )
    _policy(connection)
    units = {row[0]: row for world in worlds for row in world.units}
    _insert(connection, "marts.units", [(c, n, c[:6], "430600", kind) for c, n, kind, *_ in units.values()])
    for world in worlds:
        _world(connection, world)
    return connection


def _policy(connection: duckdb.DuckDBPyConnection) -> None:
    for table, rows in _shipped_policy().items():
        _insert(connection, table, rows)


@cache
def _shipped_policy() -> dict[str, list[tuple[Any, ...]]]:
    shipped = ROOT / "data/policy"
    read = [yaml.safe_load((shipped / f"{name}.yaml").read_text("utf-8")) for name in ("fund_sources", "pools")]
    sources = [entry for document in read for entry in document["entries"]]
    rows = [
        (s["fund_source"], s["label_zh"], s["level"], s["form_row"], s["carry_over"], n)
        for n, s in enumerate(sources, 1)
    ]
    pooled = {member: s["fund_source"] for s in sources for member in s.get("members", [])}
    labels = [
        (domain, code, words, path.stem)
        for path in sorted((shipped / "labels").glob("*.yaml"))
        for domain, codes in yaml.safe_load(path.read_text("utf-8"))["labels"].items()
        for code, words in codes.items()
    ]
    points = ("self_evaluation.execution_points", "2000-01-01", "9999-12-31", "10", None, "分", False, "")
    return {
        "policy.fund_sources": rows,
        "policy.source_rows": [(code, pooled.get(code, code)) for code, *_ in rows],
        "policy.labels": labels,
        "policy.parameters": [points],
    }


def _world(connection: duckdb.DuckDBPyConnection, w: World) -> None:
    key = (w.year, w.project)
    _insert(connection, "marts.budgets", [(*key, "权益保障部", w.source, "1号", w.initial, "0", "0")])
    for cutoff, on in w.cutoffs():
        connection.execute(
            """INSERT INTO marts.execution_by_source SELECT ?, ?, ?, ?, ?, b, c, r, r, 0, e, b - e, r + c - e,
                NULL, NULL, ?
            FROM (SELECT ?::DECIMAL(18,2) b, ?::DECIMAL(18,2) c, ?::DECIMAL(18,2) r, ?::DECIMAL(18,2) e)""",
            [*key, w.source, cutoff, on, _progress(w, on), w.budget, w.carry_in, w.received, w.executed[cutoff]],
        )
        column = 0 if cutoff == "fiscal" else 1
        units = [
            (*key, w.source, code, name, cutoff, on, allotted, spent[column], allotted - spent[column], None)
            for code, name, _, allotted, *spent in w.units
        ]
        _insert(connection, "marts.execution_by_unit", units)
        categories = [
            (*key, w.source, "430602", c[0], cutoff, on, c[1 + column], c[3 + column], 0, 0) for c in w.categories
        ]
        _insert(connection, "marts.execution_by_category", categories)
    _insert(
        connection,
        "marts.execution_monthly",
        [
            (*key, w.source, on, amount, None, _progress(w, on))
            for on, amount in zip(_month_ends(w), w.months, strict=True)
        ],
    )
    _insert(connection, "marts.execution_bridge", [(*key, w.source, "430602", "living_aid", *b) for b in w.bridge])
    _insert(connection, "marts.findings", [(f"f{n}", *finding) for n, finding in enumerate(w.findings)])
    # Households: living 612, medical 96, education 147, warmth 1,327; 1,800 different ones in all.
    for (category, *_, payments), (first, count) in zip(w.categories, HOUSEHOLDS, strict=False):
        connection.execute(
            """INSERT INTO marts.payments SELECT concat(?, n), ?, ?, ?, ?, '430602', ?, concat('h', ? + n % ?), 'paid',
                ?, NULL FROM range(?) t(n)""",
            [category, w.project, w.year, w.source, w.source, category, first, count, date(w.year, 6, 1), payments],
        )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        line = f"({', '.join('?' * len(rows[0]))})"
        values = ", ".join([line] * len(rows))
        connection.execute(f"INSERT INTO {table} VALUES {values}", [cell for row in rows for cell in row])


def _month_ends(w: World) -> list[date]:
    ends = [date.fromordinal(date(w.year + n // 12, n % 12 + 1, 1).toordinal() - 1) for n in range(1, 13)]
    return [*ends, w.extended_on][: len(w.months)]


def _progress(w: World, on: date) -> str:
    days = (date(w.year, 12, 31) - date(w.year, 1, 1)).days + 1
    return f"{min(1, ((on - date(w.year, 1, 1)).days + 1) / days):.6f}"


def figures(*worlds: World, **narrowed: Any) -> Figures:
    """Rows of every real figure query over these worlds, as the flow hands them on."""
    connection = database(*(worlds or (YUEYANG,)), **narrowed)
    return {name: rows(connection, sql) for name, sql in load_figure_queries().items()}


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    result = connection.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@cache
def documents() -> dict[str, Any]:
    """Shipped words, file stem → content."""
    folder = ROOT / "data/policy/documents"
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("*.yaml"))}


def annual_inputs(world: World = YUEYANG, **changed: Any) -> AnnualInputs:
    """The annual report of one world, external unless said otherwise."""
    audience = changed.pop("audience", "external")
    given = AnnualInputs(
        unit_name="岳阳市总工会",
        region_code="430600",
        project_name=world.project,
        budget_year=world.year,
        audience=audience,
        execution_basis="disbursed",
        figures=figures(world, project_name=world.project, budget_year=world.year, audience=audience),
        documents=documents(),
    )
    return replace(given, **changed)
