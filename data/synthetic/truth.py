"""The oracle's answers as csv. The product never opens them."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from data.synthetic import oracle, oracle_figures
from data.synthetic.scene import FINAL, FIRST, Scene

COLUMNS = {
    "payments": ["unit_code", "batch_no", "id_number", "aid_category", "fund_source", "notice_no", "budget_year",
                 "amount_yuan", "value_on", "status"],
    "bank_lines": ["account", "booked_on", "direction", "amount_yuan", "n", "classification", "batch_no"],
    "households": ["id_number", "household_no"],
    "figures": ["budget_year", "project_name", "fund_source", "unit_code", "aid_category", "cutoff", "executed_yuan"],
    "findings": ["delivery", "rule_id", "unit_code", "file", "sheet", "row_no", "column_name"],
}  # fmt: skip


def write_truth(scene: Scene, folder: Path) -> None:
    """Write `truth/`: the state after the first delivery; `final/`: after the second and the waivers.

    `findings.csv` lists for both what is open then.
    """
    for delivery, place in ((FIRST, folder), (FINAL, folder / "final")):
        place.mkdir()
        books = scene.books[delivery]
        _write(place, "payments", oracle.payments(scene.federation, books))
        _write(place, "bank_lines", oracle.bank_lines(scene.federation, books))
        _write(place, "households", oracle.households(scene.federation, books))
        _write(place, "figures", oracle_figures.figures(scene.federation, books))
    _write(folder, "findings", sorted(_findings(scene), key=lambda row: tuple(row.values())))


def _findings(scene: Scene) -> Iterator[oracle.Row]:
    """One row a finding and delivery."""
    for one, address in scene.findings():
        yield {
            "delivery": str(one.delivery),
            "rule_id": one.rule_id,
            "unit_code": one.unit_code,
            "file": address.file,
            "sheet": address.sheet,
            "row_no": address.row_no,
            "column_name": address.column_name,
        }


def _write(folder: Path, name: str, rows: Iterable[oracle.Row]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
