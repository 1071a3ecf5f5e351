"""Ingests that are killed: a process that imports everything once and forks, so that an instant costs no start.

`python -m tests.flows.killing FRESH OUT SEED FIRST LAST`. FRESH: a workspace whose files are not received yet. For each
instant a copy is ingested by a child that dies by kill -9, at a moment drawn over the length of an undisturbed run or
at one of its writes; then it is ingested again. What came of it is said on stdout, a line of JSON for each.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb

import expectations.gx_duckdb  # noqa: F401  seconds, paid once, here
from expectations.contracts import load_contracts
from expectations.rulebook import load_rules
from flows import ingesting
from flows.edges import clock
from flows.edges.marts import load_marts
from flows.edges.transforms import hash_of_house
from flows.edges.warehouse import Warehouse
from tests.support.dump import dump_marts
from tests.support.whole import dump_warehouse, whole_receipts

NOON = dt.datetime(2024, 3, 1, 12)
WRITES = ((Warehouse, "execute"), (Warehouse, "append"), (os, "replace"), (os, "fsync"))


class Writes:
    """Counts what a run writes; at its `last` write the process dies."""

    def __init__(self, last: int | None) -> None:
        self.count, self.last, self.receiving = 0, last, 0
        computing = ingesting.bring_up_to_date

        def noted(*arguments: Any, **named: Any) -> Any:
            self.receiving = self.count
            return computing(*arguments, **named)

        ingesting.bring_up_to_date = noted
        for owner, name in WRITES:
            setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self.last:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        return counted


def forked(work: Callable[[], object]) -> int:
    """The process that does it. Only what it fails of is told, on stderr."""
    pid = os.fork()
    if pid == 0:
        told = os.dup(2)
        for shown in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), shown)
        try:
            work()
        except BaseException:
            os.write(told, traceback.format_exc().encode())
            os._exit(1)
        os._exit(0)
    return pid


def ended(pid: int) -> bool:
    """Whether it ended by itself, and well."""
    return os.waitpid(pid, 0)[1] == 0


def run(workspace: Path, *, last: int | None = None, told: Path | None = None) -> None:
    """One ingest, at a fixed time of day."""
    clock.now = lambda *_: NOON
    writes = Writes(last)
    ingesting.ingest(workspace)
    if told:
        told.write_text(json.dumps([writes.receiving, writes.count]))


def undisturbed(fresh: Path, out: Path) -> tuple[float, list[int], dict[str, Any]]:
    """How long a run takes that nobody kills, how often it writes while it receives and in all, and what it leaves."""
    workspace, told = out / "undisturbed", out / "writes"
    shutil.copytree(fresh, workspace)
    began = time.monotonic()
    assert ended(forked(lambda: run(workspace, told=told)))
    return time.monotonic() - began, json.loads(told.read_text()), left(workspace)


def left(workspace: Path) -> dict[str, Any]:
    """Everything that a run leaves, by kind; read in a process of its own, for DuckDB must not be forked."""
    path = workspace / "left.json"

    def look() -> None:
        with duckdb.connect(str(workspace / "warehouse.duckdb"), read_only=True) as connection:
            made: dict[str, Any] = dict(dump_warehouse(connection))
        path.write_text(json.dumps({**made, "published": dump_marts(workspace)}))

    assert ended(forked(look)), workspace
    said: dict[str, Any] = json.loads(path.read_text())
    return said


def receipts(workspace: Path) -> int:
    """How many files stand received, each whole; -1 where one is not."""
    path = workspace / "receipts"

    def look() -> None:
        path.write_text(str(whole_receipts(workspace)))

    return int(path.read_text()) if ended(forked(look)) else -1


def killed_and_finished(
    fresh: Path, workspace: Path, number: int, seed: int, length: float, writes: Sequence[int]
) -> dict[str, Any]:
    """Of four instants one is drawn over the writes of receiving, one over all writes, two over the time."""
    shutil.copytree(fresh, workspace)
    chance = random.Random(seed + number)
    at_write = chance.randint(1, writes[number % 4]) if number % 4 < len(writes) else None
    seconds = chance.uniform(0, length)
    pid = forked(lambda: run(workspace, last=at_write))
    if at_write is None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    was_killed = not ended(pid)
    stood = receipts(workspace)
    finished = ended(forked(lambda: run(workspace)))
    instant = f"write {at_write} of {writes[-1]}" if at_write else f"{seconds:.2f} of {length:.2f} s"
    return {"instant": instant, "was_killed": was_killed, "stood": stood, "finished": finished}


def main(fresh: Path, out: Path, seed: int, first: int, last: int) -> None:
    out.mkdir()
    for read in (load_contracts, load_rules, load_marts, hash_of_house):  # kept by whoever reads them first
        read()
    length, writes, expected = undisturbed(fresh, out)
    for number in range(first, last):
        workspace = out / f"{number:03}"
        said = killed_and_finished(fresh, workspace, number, seed, length, writes)
        made = left(workspace)
        said["differs"] = sorted(name for name in expected.keys() | made.keys() if expected.get(name) != made.get(name))
        print(json.dumps(said), flush=True)
        shutil.rmtree(workspace)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:6]))
