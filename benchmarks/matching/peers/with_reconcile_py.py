"""reconcile-py at its work, in its own environment: payments and lines as csv in, seconds and matches as JSON out.

One pass a unit, for no payment is paid by another unit: a pass looks at every pair. References are compared as they
stand, which is quicker than its own scorer and right here.
"""

import csv
import json
import sys
import time
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from reconcile import FieldRule, ReconcileConfig, Record, reconcile

# To the fen, and the window that we have.
CONFIG = ReconcileConfig(
    rules=(FieldRule("amount", "gate"), FieldRule("date", "gate", day_tol=15), FieldRule("reference", "grade")),
    scorer=lambda left, right: 1.0 if left == right else 0.0,
)


def main() -> None:
    """Every unit's pass, timed together."""
    payments, lines = records(sys.argv[1]), records(sys.argv[2])
    started = time.perf_counter()
    matched = sum(len(reconcile(payments[unit], lines[unit], CONFIG).matches) for unit in payments)
    print(json.dumps({"seconds": {"call": time.perf_counter() - started}, "matched": matched}))


def records(path: str) -> dict[str, list[Record]]:
    """By unit."""
    found: dict[str, list[Record]] = defaultdict(list)
    with Path(path).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            on_day = date.fromisoformat(row["on_day"])
            found[row["unit"]].append(Record(Decimal(row["amount"]), on_day, row["reference"], row["payee"], row["id"]))
    return found


if __name__ == "__main__":
    main()
