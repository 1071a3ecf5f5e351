"""The analyst tables of a workspace as text, ordered: two equal books give the same bytes."""

from __future__ import annotations

from pathlib import Path

import duckdb


def dump_marts(workspace: Path) -> str:
    """Every table of schema marts in the published copy: its columns with types, then its rows, in a fixed order."""
    connection = duckdb.connect(str(workspace / "published" / "analyst.duckdb"), read_only=True)
    try:
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' ORDER BY table_name"
        ).fetchall()
        assert tables, "no analyst table was published"
        return "\n".join(_dumped(connection, name) for (name,) in tables)
    finally:
        connection.close()


def _dumped(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    result = connection.execute(f"SELECT * FROM marts.{table} ORDER BY ALL")
    head = ", ".join(f"{column[0]} {column[1]}" for column in result.description or ())
    return "\n".join([f"## {table}: {head}", *(repr(row) for row in result.fetchall())])


def stored_order(workspace: Path) -> str:
    """The same rows in the order in which they lie in the file: publishing itself is deterministic, too."""
    connection = duckdb.connect(str(workspace / "published" / "analyst.duckdb"), read_only=True)
    try:
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' ORDER BY table_name"
        ).fetchall()
        return "\n".join(repr(connection.execute(f"SELECT * FROM marts.{name}").fetchall()) for (name,) in tables)
    finally:
        connection.close()
