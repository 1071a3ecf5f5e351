"""civicpay at its work, in its own environment: payments and lines as csv in, seconds and matches as JSON out.

Its matching call takes two frames as its store gives them; its pipeline reads them from the store and writes results
and a hash-chained log of every decision, as we write certificates. Both are timed, the store is filled before.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from civicpay.recon.matcher import ReconConfig, reconcile
from civicpay.recon.pipeline import ReconciliationPipeline
from civicpay.storage.duckdb import DuckDBStore

# To the fen, and the window that we have.
CONFIG = ReconConfig(amount_tolerance=0.0, date_window_days=15)


def main() -> None:
    """Both ways, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        store = DuckDBStore(Path(folder) / "civicpay.duckdb")
        store.write_many({"payment_records": payments(sys.argv[1]), "transactions": lines(sys.argv[2])})
        frames = store.read_table("payment_records"), store.read_table("transactions")
        started = time.perf_counter()
        _, _, summary = reconcile(*frames, CONFIG, batch_id="call")
        call = time.perf_counter() - started
        started = time.perf_counter()
        ReconciliationPipeline(store, CONFIG).run(batch_id="pipeline")
        pipeline = time.perf_counter() - started
        store.close()
    print(json.dumps({"seconds": {"call": call, "written": pipeline}, "matched": summary["matched_total"]}))


def payments(path: str) -> pd.DataFrame:
    """Its payment_records, columns in its order."""
    read = pd.read_csv(path, dtype={"reference": "string", "payee": "string"}, parse_dates=["on_day"])
    return pd.DataFrame({
        "payment_id": read["id"], "file_id": "year", "reference_id": read["reference"], "amount": read["amount"],
        "currency": "CNY", "direction": "outbound", "counterparty": read["payee"], "payment_date": read["on_day"],
        "expected_posting_date": read["on_day"], "status": "unmatched",
    })  # fmt: skip


def lines(path: str) -> pd.DataFrame:
    """Its transactions, columns in its order."""
    read = pd.read_csv(path, dtype={"reference": "string", "payee": "string"}, parse_dates=["on_day"])
    return pd.DataFrame({
        "transaction_id": read["id"], "account_id": read["unit"], "transaction_type": "debit", "amount": read["amount"],
        "currency": "CNY", "posting_date": read["on_day"], "value_date": read["on_day"], "description": read["payee"],
        "reference_id": read["reference"], "created_at": read["on_day"], "status": "posted",
    })  # fmt: skip


if __name__ == "__main__":
    main()
