"""One year matched, in a process of its own: seconds of the passes, of the engine's join, and the memory taken."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.matching.year import STEPS, fill
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
    """Seconds by step, seconds of the join, bytes at most."""

    steps: dict[str, float]
    join: float
    memory: int

    @property
    def seconds(self) -> float:
        """All passes together."""
        return sum(self.steps.values())


def measured(payments: int) -> Measured:
    """One run. Raises what the process raises."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, payments).result()


def _measure(payments: int) -> Measured:
    with TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "year.duckdb")) as connection:
        fill(connection, payments)
        connection.execute("CHECKPOINT")
        join = _timed(connection, _JOIN)
        steps = {
            step.address: _timed(connection, f"CREATE OR REPLACE TABLE {step.address} AS\n{step.sql}") for step in STEPS
        }
        return Measured(steps, join, highest())


def _timed(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    started = time.perf_counter()
    connection.execute(sql)
    return time.perf_counter() - started
