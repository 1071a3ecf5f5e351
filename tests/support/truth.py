"""Holds a workspace against the truth files that the oracle wrote. Each check gives the differences as text.

`state`: '' after the first delivery, `final` after the second and the waivers.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

Row = Mapping[str, str]


def truth(workspace: Path, name: str, state: str = "") -> list[dict[str, str]]:
    """Rows of a truth file, as text."""
    with (workspace / "truth" / state / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def warehouse_rows(workspace: Path, sql: str) -> list[dict[str, Any]]:
    """Rows of a query on the system of record, read-only."""
    with duckdb.connect(str(workspace / "warehouse.duckdb"), read_only=True) as connection:
        cursor = connection.execute(sql)
        names = [item[0] for item in cursor.description or []]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def finding_differences(workspace: Path, delivery: int) -> list[str]:
    """What is open is what was planted: rule, unit, file, sheet, row, column, no more and no less."""
    columns = ["rule_id", "unit_code", "file", "sheet", "row_no", "column_name"]
    planted = (row for row in truth(workspace, "findings") if row["delivery"] == str(delivery))
    found = warehouse_rows(workspace, "SELECT source_file AS file, * FROM judged.findings WHERE status = 'open'")
    return _counter_differences(
        Counter(_key(row, columns) for row in planted), Counter(_key(row, columns) for row in found)
    )


def payment_differences(workspace: Path, state: str = "") -> list[str]:
    """Every payment has its true unit, person, category, source, notice, year, amount, value date and status."""
    columns = ["unit_code", "id_number", "aid_category", "fund_source", "notice_no", "budget_year", "amount_yuan",
               "value_on", "status"]  # fmt: skip
    expected = Counter(_key(row, columns) for row in truth(workspace, "payments", state))
    found = Counter(_key(row, columns) for row in warehouse_rows(workspace, "SELECT * FROM matched.payments"))
    return _counter_differences(expected, found)


def bank_line_differences(workspace: Path, state: str = "") -> list[str]:
    """Every bank line is there once, with its true classification; equal lines are compared together."""
    columns = ["account", "booked_on", "direction", "amount_yuan", "classification"]
    expected = Counter(_key(row, columns) for row in truth(workspace, "bank_lines", state))
    rows = warehouse_rows(workspace, "SELECT account_no AS account, * FROM matched.bank_lines")
    return _counter_differences(expected, Counter(_key(row, columns) for row in rows))


def household_differences(workspace: Path, year: int, state: str = "") -> list[str]:
    """Two persons are one household for the product exactly when they are for the oracle.

    The oracle also knows people of whom no file speaks; nobody can ask the product about them.
    """
    rows = warehouse_rows(
        workspace,
        "WITH ids AS (SELECT id_number, person_key FROM facts.households UNION SELECT id_number, person_key FROM"
        " facts.members UNION SELECT id_number, person_key FROM facts.rosters UNION SELECT id_number, person_key FROM"
        " facts.visits) SELECT i.id_number,"
        " COALESCE(h.household_id, i.person_key) AS household_id FROM ids AS i LEFT JOIN matched.household_members AS h"
        f" ON h.person_key = i.person_key AND h.year = {year} WHERE i.id_number IS NOT NULL",
    )
    found = {row["id_number"]: row["household_id"] for row in rows}
    expected = {
        r["id_number"]: r["household_no"] for r in truth(workspace, "households", state) if r["id_number"] in found
    }
    assert expected, "the truth speaks of other people"
    return [
        f"household of {sorted(group)[:4]} differs"
        for group in _groups(expected).symmetric_difference(_groups({k: v for k, v in found.items() if k in expected}))
    ]


def figure_differences(workspace: Path, state: str = "") -> list[str]:
    """Executed money at every cut-off and grain, to the fen; what the truth does not name is zero."""
    grain = ["budget_year", "project_name", "fund_source", "unit_code", "aid_category", "cutoff"]
    expected = {_key(row, grain): Decimal(row["executed_yuan"]) for row in truth(workspace, "figures", state)}
    rows = warehouse_rows(workspace, "SELECT * FROM marts.execution_by_category")
    found = {_key(row, grain): Decimal(row["executed_yuan"]) for row in rows}
    return [
        f"{key}: expected {expected.get(key, Decimal(0))}, found {found.get(key, Decimal(0))}"
        for key in sorted(expected.keys() | found.keys())
        if expected.get(key, Decimal(0)) != found.get(key, Decimal(0))
    ]


def source_differences(workspace: Path, state: str = "") -> list[str]:
    """The rows of execution_by_source add up what the oracle says of their categories."""
    grain = ["budget_year", "project_name", "fund_source", "cutoff"]
    expected: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in truth(workspace, "figures", state):
        expected[_key(row, grain)] += Decimal(row["executed_yuan"])
    rows = warehouse_rows(workspace, "SELECT * FROM marts.execution_by_source")
    found = {_key(row, grain): Decimal(row["executed_yuan"]) for row in rows}
    return [
        f"{key}: expected {expected[key]}, found {found.get(key)}"
        for key in sorted(expected)
        if expected[key] != found.get(key)
    ]


def _key(row: Mapping[str, Any], columns: Iterable[str]) -> tuple[str, ...]:
    return tuple("" if row[column] is None else str(row[column]) for column in columns)


def _groups(household_of: Mapping[str, str]) -> set[frozenset[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for person, household in household_of.items():
        members[household].add(person)
    return {frozenset(group) for group in members.values()}


def _counter_differences(expected: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> list[str]:
    missing = [f"missing ×{count}: {key}" for key, count in sorted((expected - found).items())]
    return missing + [f"too many ×{count}: {key}" for key, count in sorted((found - expected).items())]
