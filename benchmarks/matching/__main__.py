"""Times the matching passes, certificates written, beside DuckDB's join of the two tables: medians and ratios."""

from __future__ import annotations

import argparse
import statistics

from benchmarks.matching.measuring import measured

_SHOWN = 5


def main() -> None:
    """Each size as often as asked, each run in a process of its own."""
    asked = argparse.ArgumentParser(prog="benchmarks.matching")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--payments", type=int, nargs="+", default=[100_000, 1_000_000])
    given = asked.parse_args()
    for payments in given.payments:
        runs = [measured(payments) for _ in range(given.runs)]
        ours, join = statistics.median(run.seconds for run in runs), statistics.median(run.join for run in runs)
        memory = max(run.memory for run in runs) / 2**30
        print(f"{payments:,} payments, medians of {given.runs}")
        print(f"  matched {ours:8.2f} s  {ours / join:6.1f} × join {join:.2f} s  {memory:.1f} GiB")
        slowest = sorted(runs[0].steps, key=lambda address: -runs[0].steps[address])[:_SHOWN]
        print("  slowest: " + ", ".join(f"{address} {runs[0].steps[address]:.2f} s" for address in slowest))


if __name__ == "__main__":
    main()
