"""One year matched, in a process of its own: seconds of the passes, of the engine's join, and the memory taken."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.matching.year import STEPS, Year, fill
from benchmarks.process import highest

# The engine's own: each payment beside the line of its unit, payee and amount, all columns, written to a table.
_JOIN = """
CREATE OR REPLACE TABLE joined AS
SELECT r.*, b.* EXCLUDE (city_code)
FROM validated.rosters AS r
INNER JOIN facts.current AS c ON c.row_id = r.row_id
INNER JOIN facts.bank_lines AS b
    ON b.unit_code = c.unit_code AND b.amount_yuan = r.amount_yuan AND b.counterparty_key = r.card_key
"""


@dataclass(frozen=True)
class Measured:
    """Seconds by step, seconds of the join, bytes at most, and how many payments were answered by a debit."""

    steps: dict[str, float]
    join: float
    memory: int
    matched: int

    @property
    def seconds(self) -> float:
        """All passes together."""
        return sum(self.steps.values())


def measured(payments: int, year: Year = "every shape") -> Measured:
    """One run. Raises what the process raises."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, payments, year).result()


def _measure(payments: int, year: Year) -> Measured:
    with TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "year.duckdb")) as connection:
        connection.execute("SET enable_progress_bar = false")
        fill(connection, payments, year)
        connection.execute("CHECKPOINT")
        join = _timed(connection, _JOIN)
        connection.execute("DROP TABLE joined")
        steps = run_passes(connection)
        found = connection.execute("SELECT COUNT(*) FROM matched.paid").fetchone()
        return Measured(steps, join, highest(), found[0] if found else 0)


def run_passes(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Every pass to the last certificate, in one transaction as in a run; seconds by address, and of the commit."""
    connection.execute("BEGIN")
    steps = {
        step.address: _timed(connection, f"CREATE OR REPLACE TABLE {step.address} AS\n{step.sql}") for step in STEPS
    }
    return steps | {"commit": _timed(connection, "COMMIT")}


def _timed(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    started = time.perf_counter()
    connection.execute(sql)
    return time.perf_counter() - started
