"""A small warehouse for tests of judgement: migrated, with a little policy, filled by hand, really settled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from flows.pipeline import BEFORE_JUDGEMENT

ROOT = Path(__file__).resolve().parents[3]
CITY = "430600"
POLICY = f"""
INSERT INTO run.parameters BY NAME SELECT '{CITY}' AS city_code, '岳阳市总工会' AS unit_name, '{CITY}' AS region_code,
    'disbursed' AS execution_basis, 'lunar_new_year_eve' AS extended_cutoff, 'fiscal' AS score_cutoff,
    2 AS rate_decimals, DATE '2022-01-31' AS as_of_on;
INSERT INTO policy.rule_modes VALUES ('R', NULL, 'on', '{CITY}'), ('M', NULL, 'on', '{CITY}'),
    ('S', NULL, 'on', '{CITY}');
INSERT INTO policy.source_rows VALUES ('central', 'central', '{CITY}'), ('provincial', 'provincial', '{CITY}'),
    ('city_fiscal', 'city_pool', '{CITY}'), ('city_pool', 'city_pool', '{CITY}');
INSERT INTO policy.labels VALUES ('fund_source', 'central', '央财', 'default', '{CITY}'),
    ('fund_source', 'provincial', '省财', 'default', '{CITY}'),
    ('fund_source', 'city_pool', '市级帮扶资金', 'default', '{CITY}'),
    ('fund_source', 'city_fiscal', '市财政', 'default', '{CITY}');
INSERT INTO policy.new_year_eves VALUES (2021, DATE '2021-02-11', '{CITY}'), (2022, DATE '2022-01-31', '{CITY}');
INSERT INTO policy.campaign_groups VALUES ('two_festivals', 'two_festivals', 'spring_festival_season', '{CITY}'),
    ('regular_warmth', 'regular_warmth', 'budget_year', '{CITY}');
"""
WINDOWS = (
    "match.receipt_window_days", "match.allotment_window_days", "match.batch_window_days", "match.single_window_days",
    "match.return_window_days", "visits.same_visit_days",
)  # fmt: skip


class Books:
    """An open warehouse. `receive` stands for intake, `settle` for the pipeline up to judgement."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        connection.execute("ATTACH ':memory:' AS warehouse; USE warehouse; CREATE SCHEMA run")
        for path in sorted((ROOT / "flows/edges/migrations").glob("[0-9]*.sql")):
            connection.execute(path.read_text(encoding="utf-8"))
        connection.execute(POLICY)
        for name in WINDOWS:
            self._insert("policy.parameters", {
                "parameter": name, "applies_from": "2000-01-01", "applies_to": "9999-12-31", "number": 30,
                "is_confirmed": True, "city_code": CITY,
            })  # fmt: skip
        self.receive("units", [{"unit_code": "hr", "unit_name": "华容县总工会"}], file="单位表.csv")

    def receive(
        self,
        kind: str,
        rows: Sequence[dict[str, Any]],
        *,
        file: str,
        sender: str = "hr",
        scope: str | None = None,
        taken_from: str | None = None,
    ) -> list[str]:
        """One file of one table, as intake would write it; gives the row ids."""
        moment = self.value("SELECT COUNT(*) FROM received.receipts") + 1
        receipt_id = f"{moment:016x}"
        self._insert("received.receipts", {
            "receipt_id": receipt_id, "sha256": receipt_id * 4, "source_file": f"{sender}/{file}", "sender": sender,
            "byte_count": 1, "ingest_no": moment, "received_at": f"2022-02-{moment:02d} 08:00:00", "state": "accepted",
            "city_code": CITY,
        })  # fmt: skip
        self._insert("received.sheets", {
            "receipt_id": receipt_id, "sheet": "Sheet1", "kind": kind, "row_count": len(rows), "taken_from": taken_from,
            "city_code": CITY,
        })  # fmt: skip
        return [
            self._receive_row(kind, receipt_id, f"{sender}/{file}", sender, n, row, scope)
            for n, row in enumerate(rows, 2)
        ]

    def _receive_row(
        self, kind: str, receipt_id: str, file: str, sender: str, row_no: int, row: dict[str, Any], scope: str | None
    ) -> str:
        row_id = f"{receipt_id}:Sheet1:{row_no}"
        place = {"row_id": row_id, "receipt_id": receipt_id, "source_file": file, "sheet": "Sheet1", "row_no": row_no,
                 "city_code": CITY}  # fmt: skip
        key = str(row.get("fact_key", f"{kind}-{row_no}"))
        self._insert("raw.rows", {**place, "kind": kind, "cells": ""})
        self._insert(f"validated.{kind}", {**place, **{name: row[name] for name in row if name != "fact_key"}})
        self._insert("validated.versions", {
            "row_id": row_id, "kind": kind, "receipt_id": receipt_id, "city_code": CITY, "scope_key": scope or key,
            "fact_key": key, "value_hash": repr(sorted(row.items())), "folder_unit": sender,
            "account_key": row.get("account_key"),
        })  # fmt: skip
        return row_id

    def problem(self, receipt_id: str, rule_id: str, severity: str, **stated: Any) -> None:
        """Something that intake could not read."""
        number = self.value("SELECT COUNT(*) FROM validated.problems")
        self._insert("validated.problems", {
            "problem_id": f"p{number}", "receipt_id": receipt_id, "rule_id": rule_id, "severity": severity,
            "city_code": CITY, **stated,
        })  # fmt: skip

    def settle(self) -> None:
        """All steps before judgement."""
        for step in BEFORE_JUDGEMENT:
            self.connection.execute(f"CREATE OR REPLACE TABLE {step.address} AS\n{step.sql}")

    def value(self, sql: str) -> Any:
        return self.connection.execute(sql).fetchall()[0][0]

    def rows(self, sql: str) -> list[dict[str, Any]]:
        result = self.connection.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, values, strict=True)) for values in result.fetchall()]

    def _insert(self, address: str, row: dict[str, Any]) -> None:
        marks = ", ".join("?" for _ in row)
        self.connection.execute(f"INSERT INTO {address} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def household(name: str, id_number: str, **more: Any) -> dict[str, Any]:
    """A case file row."""
    return {
        "file_no": f"D{id_number[-4:]}", "name": name, "id_number": id_number, "person_key": f"k{id_number}",
        "beneficiary_class": "deep_hardship", "opened_on": "2020-01-01", "fact_key": f"h{id_number}", **more,
    }  # fmt: skip


def visit(name: str, person_key: str, on: str, **more: Any) -> dict[str, Any]:
    """A row of the visit register."""
    return {
        "visited_on": on, "campaign": "two_festivals", "object_type": "person", "name": name, "name_key": f"n{name}",
        "person_key": person_key, "cash_yuan": "1000.00", "fund_source": "provincial", "fact_key": f"v{name}{on}",
        **more,
    }  # fmt: skip
