"""Times intake and its peers in turn, so that what else the machine does falls on all alike: medians and ratios."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.intake.files import bank_csv, roster
from benchmarks.intake.judging import judged
from benchmarks.intake.measuring import (
    Seconds,
    stored,
    with_fastexcel,
    with_openpyxl,
    with_polars_excel,
    with_read_csv,
    with_the_same_rows,
)
from benchmarks.intake.memory import peak

Readers = Mapping[str, Callable[[Path, Path], Seconds]]
_TEXT = 50 * 2**20
SAME_ROWS = "polars.read_csv + DuckDB"


def main() -> None:
    """Both files, all readers, in one run."""
    asked = argparse.ArgumentParser(prog="benchmarks.intake")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--lines", type=int, default=1_000_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        workbook, statement = home / "实名制汇总表.xlsx", home / "交易明细.csv"
        roster(workbook, given.rows)
        bank_csv(statement, given.lines)
        readers = {"明账": stored, "fastexcel": with_fastexcel, "polars.read_excel": with_polars_excel,
                   "openpyxl": with_openpyxl}  # fmt: skip
        _compare(f"{given.rows} × 14 .xlsx", workbook, readers, home, given.runs, peer="fastexcel")
        print(f"  {'judged':<28}{statistics.median(judged(workbook, home / 'judged', given.runs)):8.2f} s")
        readers = {"明账": stored, SAME_ROWS: with_the_same_rows, "its text alone": with_read_csv}
        _compare(f"{given.lines} lines csv", statement, readers, home, given.runs, peer=SAME_ROWS)
        small = home / "50MiB.csv"
        bank_csv(small, given.lines * _TEXT // statement.stat().st_size)
        size = small.stat().st_size
        print(f"memory of {size / 2**20:.0f} MiB csv: {peak(small) / size:.1f} × its text above the process's own")


def _compare(title: str, path: Path, readers: Readers, home: Path, runs: int, *, peer: str) -> None:
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(runs):
        for name, read in readers.items():
            seconds[name].append(read(path, home / "workspace"))
    medians = {name: statistics.median(each) for name, each in seconds.items()}
    print(f"{title}, medians of {runs}")
    for name, median in medians.items():
        print(f"  {name:<28}{median:8.2f} s  {median / medians[peer]:6.2f} × {peer}")


if __name__ == "__main__":
    main()
