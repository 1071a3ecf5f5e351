"""Numbered changes of the warehouse's schema: `NNNN_name.sql`, each applied once, in a transaction of its own."""

from __future__ import annotations

from pathlib import Path

import duckdb

from flows.edges import clock
from flows.problems import Exit, refuse

FOLDER = Path(__file__).parent

_REGISTER = """
CREATE SCHEMA IF NOT EXISTS run;
CREATE TABLE IF NOT EXISTS run.migrations (
    migration_no INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL,
    city_code VARCHAR NOT NULL
)
"""


def migrate(connection: duckdb.DuckDBPyConnection, *, city_code: str) -> None:
    """Bring the warehouse to this version. Refused (16) when a newer version of the program has made it."""
    connection.execute(_REGISTER)
    known = {number_of(path): path for path in sorted(FOLDER.glob("[0-9]*.sql"))}
    applied = {number for (number,) in connection.execute("SELECT migration_no FROM run.migrations").fetchall()}
    if newer := applied - set(known):
        raise refuse(Exit.REFUSED, "warehouse.newer", "warehouse.duckdb", found=max(newer), known=max(known))
    for number in sorted(set(known) - applied):
        _apply(connection, number, known[number], city_code)


def number_of(path: Path) -> int:
    """0002_validated.sql → 2."""
    return int(path.name.partition("_")[0])


def _apply(connection: duckdb.DuckDBPyConnection, number: int, path: Path, city_code: str) -> None:
    connection.execute("BEGIN")
    try:
        connection.execute(path.read_text(encoding="utf-8"))
        connection.execute(
            "INSERT INTO run.migrations VALUES (?, ?, ?, ?)", (number, path.stem, clock.now(), city_code)
        )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
