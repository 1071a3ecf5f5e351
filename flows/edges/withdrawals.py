"""What people said about received files after they came: taken back, or put back in force. Insert only."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flows.edges import clock
from flows.edges.closes import Cutoff, Difference, differences, manifest_path
from flows.edges.warehouse import Warehouse

_LAST_WORDS = """
SELECT receipt_id FROM (
    SELECT receipt_id, is_withdrawn, row_number() OVER (PARTITION BY receipt_id ORDER BY withdrawal_no DESC) AS nth
    FROM received.withdrawals
) WHERE nth = 1 AND is_withdrawn
"""
_IN_BOOKS = """
SELECT r.receipt_id, count(c.row_id)
FROM facts.receipts AS r
LEFT JOIN facts.standing AS s ON s.receipt_id = r.receipt_id
LEFT JOIN facts.current AS c ON c.row_id = s.row_id
GROUP BY r.receipt_id
"""


@dataclass(frozen=True)
class Word:
    """What is said about files: withdrawn, or put back in force; why and by whom, where it was stated."""

    is_withdrawn: bool
    reason: str = ""
    prepared_by: str = ""


def withdrawn(warehouse: Warehouse) -> set[str]:
    """The receipts of the files about which the last word is that they are withdrawn."""
    return {receipt_id for (receipt_id,) in warehouse.rows(_LAST_WORDS)}


def withdrawn_hashes(warehouse: Warehouse) -> set[str]:
    """The SHA-256 of the same files."""
    found = warehouse.rows(f"SELECT sha256 FROM received.receipts WHERE receipt_id IN ({_LAST_WORDS})")
    return {sha256 for (sha256,) in found}


def note(warehouse: Warehouse, receipt_ids: Sequence[str], word: Word) -> None:
    """Say this about these files, within the caller's transaction."""
    settings = warehouse.workspace.settings
    columns = (
        "withdrawal_no", "receipt_id", "is_withdrawn", "ingest_no", "said_at", "prepared_by", "reason", "city_code",
    )  # fmt: skip
    number = 1 + (warehouse.value("SELECT max(withdrawal_no) FROM received.withdrawals") or 0)
    moment = warehouse.value("SELECT max(ingest_no) FROM received.receipts")
    said = (moment, clock.now(settings.time_zone), word.prepared_by or None, word.reason or None, settings.region)
    rows = [(number, receipt_id, word.is_withdrawn, *said) for receipt_id in receipt_ids]
    warehouse.append_rows("received.withdrawals", columns, rows)


def rows_in_books(warehouse: Warehouse) -> dict[str, int]:
    """The files that count, by receipt: how many of their rows are in the books."""
    return {receipt_id: int(count) for receipt_id, count in warehouse.rows(_IN_BOOKS)}


def sealed_differences(warehouse: Warehouse, sha256s: Collection[str]) -> set[tuple[Cutoff, Difference]]:
    """Where the figures of today are not the sealed ones, for every seal that one of these files stands in.

    A file that came after the seal is in none: taking it back changes nothing that is sealed.
    """
    seals = warehouse.rows(
        "SELECT budget_year, cutoff, cutoff_on, seal_id FROM closes.seals WHERE NOT is_lifted ORDER BY seal_id"
    )
    return {
        (at, difference)
        for at, seal_id in ((Cutoff(*stated), seal_id) for *stated, seal_id in seals)
        if _stands_in(warehouse, seal_id, sha256s)
        for difference in differences(warehouse, at, seal_id)
    }


def _stands_in(warehouse: Warehouse, seal_id: str, sha256s: Collection[str]) -> bool:
    """Whether the seal was made of one of these files; so it is taken where its manifest is not at hand."""
    path = manifest_path(warehouse.workspace, seal_id)
    if not path.is_file():
        return True
    return any(each["sha256"] in sha256s for each in json.loads(path.read_text(encoding="utf-8"))["inputs"])
