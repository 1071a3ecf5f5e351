"""datacompy at its work, in its own environment: payments and lines as csv in, seconds and matches as JSON out.

It joins two frames on equal keys and compares the other columns that both have: the reference is the key, the amount is
compared. A day must be equal or is not compared: there is no window.
"""

import json
import sys
import time

import polars as pl
from datacompy import PolarsCompare


def main() -> None:
    """The comparison with all that it finds; its report in words is not asked for."""
    payments, lines = (pl.read_csv(path, columns=["reference", "amount"]) for path in sys.argv[1:3])
    started = time.perf_counter()
    compared = PolarsCompare(payments, lines, join_columns=["reference"], df1_name="payments", df2_name="lines")
    matched = compared.count_matching_rows()
    print(json.dumps({"seconds": {"call": time.perf_counter() - started}, "matched": matched}))


if __name__ == "__main__":
    main()
