"""What judging the rows of a file takes, beside reading them: both judges, all suites and rules.

Importing Great Expectations belongs to the start of a process, as importing Polars does to that of reading.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from benchmarks.intake.files import register
from expectations.gate import pass_gate
from flows.edges.warehouse import open_warehouse
from flows.edges.workspace import open_workspace
from flows.ingesting import ingest
from flows.installing import install


def judged(path: Path, folder: Path, runs: int) -> list[float]:
    """Seconds of each judgement of everything in this file, which is received once."""
    install(folder, unit="岳阳市总工会", region="430600")
    inbox = folder / "inbox" / "岳阳市总工会"
    inbox.mkdir(parents=True)
    shutil.copy(path, inbox)
    register(inbox / "预算指标.xlsx")
    ingest(folder)
    seconds = []
    with open_warehouse(open_workspace(folder), command="benchmark") as warehouse:
        for _ in range(runs):
            warehouse.execute("BEGIN")
            started = time.perf_counter()
            pass_gate(warehouse.connection)
            seconds.append(time.perf_counter() - started)
            warehouse.execute("ROLLBACK")
    return seconds
