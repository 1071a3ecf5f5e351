"""Whether everything that stands in a warehouse stands whole, and all of it as text."""

from __future__ import annotations

from pathlib import Path

import duckdb

# The record of runs: a killed run and the one that finishes it are two.
OF_RUNS = {"run.log", "run.validations"}


def dump_warehouse(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Table → its rows, in a fixed order; every table, lineage columns and all."""
    tables = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT internal ORDER BY 1"
    ).fetchall()
    names = [name for (name,) in tables if name not in OF_RUNS]
    return {
        name: [repr(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()]
        for name in names
    }


def whole_receipts(workspace: Path) -> int:
    """How many files stand received: each with all the rows that its sheets state, as text, typed, versioned."""
    if not (workspace / "warehouse.duckdb").exists():
        return 0
    with duckdb.connect(str(workspace / "warehouse.duckdb"), read_only=True) as connection:
        named = connection.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        tables = {f"{schema}.{table}" for schema, table in named}
        if "validated.versions" not in tables:
            return 0
        beside = {"validated.problems", "validated.versions", "validated.tokens"}
        kinds = sorted(name for name in tables - beside if name.startswith("validated."))
        stated = counted(connection, "SELECT receipt_id, sum(row_count) FROM received.sheets GROUP BY 1")
        raw = counted(connection, "SELECT receipt_id, count(*) FROM raw.rows GROUP BY 1")
        typed = " UNION ALL ".join(f"SELECT receipt_id FROM {kind}" for kind in kinds)
        rows = counted(connection, f"SELECT receipt_id, count(*) FROM ({typed}) GROUP BY 1")
        versions = counted(connection, "SELECT receipt_id, count(*) FROM validated.versions GROUP BY 1")
        receipts = counted(connection, "SELECT receipt_id, count(*) FROM received.receipts GROUP BY 1")
    assert {receipt: count for receipt, count in stated.items() if count} == raw
    assert rows == versions == raw
    assert raw.keys() <= receipts.keys()
    return len(receipts)


def counted(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, int]:
    return {receipt: int(count) for receipt, count in connection.execute(sql).fetchall()}
