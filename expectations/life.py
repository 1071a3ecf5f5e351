"""The life of a finding: open, waived by people, corrected by a newer file, or gone (docs/decisions/0009).

Two records that settling reads and adds to, both insert only: `decisions.bindings`, what a decision was made about,
and `judged.history`, how each finding stood. Beside them two tables of this run: `judged.waivers`, every decision and
what has come of it, and `judged.deciders`, who decided.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from expectations.connection import Connection, fill, rows, value
from expectations.rulebook import RULES
from expectations.sentences import Finding

SHARED = RULES / "shared"
WAIVED, OPEN, CORRECTED = "waived", "open", "corrected"
_RAISED = {
    "finding_id": "VARCHAR", "group_id": "VARCHAR", "rule_id": "VARCHAR", "severity": "VARCHAR",
    "unit_code": "VARCHAR", "fact_hash": "VARCHAR", "status": "VARCHAR",
}  # fmt: skip
_REMEMBERED = (
    "finding_id", "group_id", "rule_id", "severity", "unit_code", "kind", "source_file", "sha256", "sheet", "row_no",
    "column_name", "value_masked", "message_zh", "article", "first_seen_on", "rule", "detail", "receipt_id", "row_id",
    "field", "subject_key", "batch_no", "notice_no", "fact_hash", "message_en", "sentence_zh", "sentence_en",
    "way_out_zh", "way_out_en", "city_code",
)  # fmt: skip
_LATEST = """
SELECT * FROM (
    SELECT h.*, ROW_NUMBER() OVER (PARTITION BY h.finding_id ORDER BY h.history_no DESC) AS nth FROM judged.history AS h
) WHERE nth = 1"""
_BIND = """
INSERT INTO decisions.bindings BY NAME
SELECT waiver_id, finding_id, rule_id, fact_hash, until_on, as_of_on AS bound_on, city_code
FROM judged.waivers WHERE state = 'pending'"""


def decide(connection: Connection, found: Sequence[Finding]) -> tuple[list[Finding], frozenset[str]]:
    """The findings as the decisions leave them, `waived` where one holds; and the rules about which a decision is new.

    A decision is bound, once and for good, to the findings that are open when it first meets any.
    """
    raised = [{name: getattr(finding, name) for name in _RAISED} for finding in found]
    fill(connection, "judged.raised", _RAISED, raised)
    connection.execute(f"CREATE OR REPLACE TABLE judged.deciders AS\n{_sql('deciders')}")
    _weigh(connection)
    new = rows(connection, "SELECT DISTINCT rule_id FROM judged.waivers WHERE state = 'pending'")
    if new:
        connection.execute(_BIND)
        _weigh(connection)
    held = rows(connection, "SELECT DISTINCT finding_id FROM judged.waivers WHERE state = 'holds'")
    waived = _waived(found, {row["finding_id"] for row in held})
    return waived, frozenset(row["rule_id"] for row in new)


def deciders(connection: Connection, prepared_by: str, approved_by: str) -> dict[str, Any]:
    """Units and names of two persons who are not on record yet, read as on every form (shared/deciders.sql)."""
    said = "(SELECT '' AS row_id, CAST($1 AS VARCHAR) AS prepared_by, CAST($2 AS VARCHAR) AS approved_by)"
    asked = _sql("deciders").replace("FROM facts.said_waivers", f"FROM {said}")
    return rows(connection, asked, (prepared_by, approved_by))[0]


def _weigh(connection: Connection) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE judged.waivers AS\n{_sql('waivers')}")


def _waived(found: Sequence[Finding], held: Collection[str]) -> list[Finding]:
    return [replace(each, status=WAIVED) if each.status == OPEN and each.finding_id in held else each for each in found]


def remember(connection: Connection) -> None:
    """Note how the findings of this run stand, and add to judged.findings those that a newer file has corrected.

    A finding that comes back is open again; one that closed by itself is no longer anywhere but in the history, nor is
    one whose file was withdrawn.
    """
    number = 1 + int(value(connection, "SELECT COALESCE(MAX(history_no), 0) FROM judged.history"))
    columns = ", ".join(_REMEMBERED)
    given = f"{number} AS history_no, (SELECT MAX(ingest_no) FROM received.receipts) AS ingest_no"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE closings AS\n{_sql('closings')}")
    connection.execute(
        f"INSERT INTO judged.history BY NAME SELECT {given}, 'raised' AS event, * FROM ("
        f"SELECT {columns} FROM judged.findings WHERE status IN ('{OPEN}', '{WAIVED}') EXCEPT "
        f"SELECT {columns} FROM ({_LATEST}) WHERE event = 'raised')"
    )
    remembered = ", ".join(f"l.{name}" for name in _REMEMBERED)
    connection.execute(
        f"INSERT INTO judged.history BY NAME SELECT {given}, c.event, c.corrected_by, {remembered} "
        f"FROM temp.closings AS c INNER JOIN ({_LATEST}) AS l ON l.finding_id = c.finding_id"
    )
    connection.execute("DROP TABLE temp.closings")
    connection.execute(
        f"INSERT INTO judged.findings BY NAME SELECT '{CORRECTED}' AS status, corrected_by, {columns} FROM ({_LATEST}) "
        f"WHERE event = '{CORRECTED}' AND finding_id NOT IN (SELECT finding_id FROM judged.findings) "
        "AND corrected_by IN (SELECT receipt_id FROM facts.receipts) "
        "AND (receipt_id IS NULL OR receipt_id IN (SELECT receipt_id FROM facts.receipts)) "
        "ORDER BY finding_id"
    )


def _sql(name: str) -> str:
    return Path(SHARED / f"{name}.sql").read_text(encoding="utf-8")
