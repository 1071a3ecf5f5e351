"""The oracle's answers as csv. The product never opens them."""

import csv
from collections.abc import Iterable
from pathlib import Path

from data.synthetic import oracle, oracle_figures
from data.synthetic.records import Federation

COLUMNS = {
    "payments": ["unit_code", "batch_no", "id_number", "aid_category", "fund_source", "notice_no", "budget_year",
                 "amount_yuan", "value_on", "status"],
    "bank_lines": ["account", "booked_on", "direction", "amount_yuan", "n", "classification", "batch_no"],
    "households": ["id_number", "household_no"],
    "figures": ["budget_year", "project_name", "fund_source", "unit_code", "aid_category", "cutoff", "executed_yuan"],
    "findings": ["delivery", "rule_id", "unit_code", "file", "sheet", "row_no", "column_name"],
}  # fmt: skip


def write_truth(federation: Federation, folder: Path) -> None:
    """Write `truth/`; findings has no rows as long as no faults are planted."""
    folder.mkdir()
    _write(folder, "payments", oracle.payments(federation))
    _write(folder, "bank_lines", oracle.bank_lines(federation))
    _write(folder, "households", oracle.households(federation))
    _write(folder, "figures", oracle_figures.figures(federation))
    _write(folder, "findings", ())


def _write(folder: Path, name: str, rows: Iterable[oracle.Row]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
