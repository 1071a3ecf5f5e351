"""How much memory reading and storing a file takes at most, above what the process has before it begins."""

from __future__ import annotations

import multiprocessing
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.process import highest


def peak(path: Path) -> int:
    """Bytes, measured in a process of its own. Everything is imported, and a small file read, before it counts."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_read, args=(path, theirs))
    child.start()
    taken: int = ours.recv()
    child.join()
    return taken


def _read(path: Path, told: Connection) -> None:
    from benchmarks.intake.files import bank_csv
    from benchmarks.intake.measuring import stored

    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.csv"
        bank_csv(first, 1000)
        stored(first, Path(folder) / "workspace")
        before = highest()
        stored(path, Path(folder) / "workspace")
        told.send(highest() - before)
