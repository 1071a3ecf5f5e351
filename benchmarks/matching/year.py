"""The made-up years of the .sql files beside, in the tables that matching reads."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import duckdb

from flows.pipeline import MATCHED
from tests.spec.harness import build_tables, known_columns
from tests.support.matching import WINDOWS, shipped_modes, shipped_signs, shipped_words

Year = Literal["every shape", "referenced", "referenced, in a statement"]
_ADDRESSES = [step.address for step in MATCHED]
STEPS = MATCHED[_ADDRESSES.index("matched.payment_lines") :]
_FILES: dict[Year, tuple[str, ...]] = {
    "every shape": ("year.sql", "passed_on.sql", "facts.sql"),
    "referenced": ("referenced.sql", "facts.sql"),
    "referenced, in a statement": ("referenced.sql", "facts.sql"),
}
_OTHERS: dict[Year, int] = {"every shape": 4, "referenced": 0, "referenced, in a statement": 4}


def fill(connection: duckdb.DuckDBPyConnection, payments: int, year: Year = "every shape") -> None:
    """Every table that the passes from `payment_lines` on read, filled or empty."""
    made = {step.address for step in STEPS}
    read = sorted({table for step in STEPS for table in step.reads} - made)
    given = {address: [] for address in read if address in known_columns()} | {
        "policy.terms": shipped_words(), "policy.name_signs": shipped_signs(), "policy.arrival_modes": shipped_modes(),
        "matched.windows": [WINDOWS],
    }  # fmt: skip
    build_tables(connection, "SELECT 1 AS one", given)
    connection.execute("CREATE SCHEMA IF NOT EXISTS matched")
    connection.execute(f"SET VARIABLE payments = {payments}")
    connection.execute(f"SET VARIABLE others = {_OTHERS[year]}")
    for name in _FILES[year]:
        connection.execute(Path(__file__).with_name(name).read_text(encoding="utf-8"))
