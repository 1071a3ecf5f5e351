"""The made-up year of `year.sql`, in the tables that matching reads."""

from __future__ import annotations

from pathlib import Path

import duckdb

from flows.pipeline import MATCHED
from tests.spec.harness import build_tables, known_columns
from tests.support.matching import WINDOWS

_ADDRESSES = [step.address for step in MATCHED]
STEPS = MATCHED[_ADDRESSES.index("matched.payment_lines") :]
_YEAR = Path(__file__).with_name("year.sql")


def fill(connection: duckdb.DuckDBPyConnection, payments: int) -> None:
    """Every table that the passes from `payment_lines` on read, filled or empty."""
    made = {step.address for step in STEPS}
    read = sorted({table for step in STEPS for table in step.reads} - made)
    build_tables(connection, "SELECT 1 AS one", {address: [] for address in read if address in known_columns()})
    connection.execute("CREATE SCHEMA IF NOT EXISTS matched")
    windows = ", ".join(f"{value} AS {name}" for name, value in WINDOWS.items())
    connection.execute(f"INSERT INTO matched.windows BY NAME SELECT {windows}")
    connection.execute(f"SET VARIABLE payments = {payments}")
    connection.execute(_YEAR.read_text(encoding="utf-8"))
