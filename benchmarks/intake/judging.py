"""What judging the rows of a file takes, beside reading them: the step `judged` of the run log."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.intake.files import register
from flows.edges.warehouse import open_warehouse
from flows.edges.workspace import open_workspace
from flows.ingesting import ingest
from flows.installing import install


def judged(path: Path, folder: Path) -> float:
    """Seconds of one judgement of everything in this file, by all suites and rules."""
    install(folder, unit="岳阳市总工会", region="430600")
    inbox = folder / "inbox" / "岳阳市总工会"
    inbox.mkdir(parents=True)
    shutil.copy(path, inbox)
    register(inbox / "预算指标.xlsx")
    ingest(folder)
    with open_warehouse(open_workspace(folder), command="benchmark") as warehouse:
        seconds: float = warehouse.value("SELECT seconds FROM run.log WHERE step = 'judged' ORDER BY run_no LIMIT 1")
        return seconds
