"""What one received file brings, inserted as a whole or not at all; and the moment in which it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from flows.edges import clock
from flows.edges.reading import ReadFile
from flows.edges.warehouse import Warehouse
from transforms.ahead import ahead
from transforms.validated.file import Contents


@dataclass(frozen=True)
class Moment:
    """One `ingest`, however often it had to be started again."""

    ingest_no: int
    opened_at: datetime


def received_hashes(warehouse: Warehouse) -> set[str]:
    """The SHA-256 of everything received so far."""
    return {sha256 for (sha256,) in warehouse.rows("SELECT sha256 FROM received.receipts")}


def open_moments(warehouse: Warehouse, listing: Sequence[str]) -> Mapping[str, Moment]:
    """The moment of each new file: that of a run which had it in hand and was killed, else a new one, left open."""
    still_open = warehouse.rows(
        "SELECT ingest_no, opened_at, listing FROM run.moments WHERE closed_at IS NULL ORDER BY ingest_no"
    )
    moments = {
        sha256: Moment(number, at) for number, at, listed in still_open for sha256 in listed if sha256 in listing
    }
    fresh = sorted(set(listing) - moments.keys())
    if fresh:
        number = 1 + (warehouse.value("SELECT max(ingest_no) FROM run.moments") or 0)
        moment = Moment(number, clock.now(warehouse.workspace.settings.time_zone))
        columns = ("ingest_no", "opened_at", "listing", "city_code")
        row = (number, moment.opened_at, fresh, warehouse.workspace.settings.region)
        warehouse.append_rows("run.moments", columns, [row])
        moments |= dict.fromkeys(fresh, moment)
    return moments


def close_moments(warehouse: Warehouse) -> None:
    """The ingest has ended: what comes from now on is another moment."""
    closed_at = clock.now(warehouse.workspace.settings.time_zone)
    warehouse.execute("UPDATE run.moments SET closed_at = ? WHERE closed_at IS NULL", (closed_at,))


def insert_file(warehouse: Warehouse, file: ReadFile, moment: Moment) -> None:
    """Receipt, sheets, text rows, typed rows, versions and problems of one file, in one transaction."""
    with warehouse.transaction():
        append_file(warehouse, file, moment)


def append_file(warehouse: Warehouse, file: ReadFile, moment: Moment) -> None:
    """The same within the caller's transaction."""
    receipt = {
        "receipt_id": file.receipt_id,
        "sha256": file.sha256,
        "source_file": file.source_file,
        "sender": file.sender,
        "byte_count": file.byte_count,
        "ingest_no": moment.ingest_no,
        "received_at": moment.opened_at,
        "state": file.state,
        "city_code": file.city_code,
    }
    warehouse.append_rows("received.receipts", list(receipt), [list(receipt.values())])
    warehouse.append("received.sheets", file.sheets)
    warehouse.append("received.statement_periods", file.statement_periods)
    warehouse.append("received.control_totals", file.control_totals)
    for address, piece in ahead(_pieces(file.contents), 3):
        warehouse.append(address, piece)
    warehouse.append("validated.problems", file.problems)
    for address, frame in file.contents.further.items():
        warehouse.append(address, frame)


def _pieces(contents: Contents) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of a file, piece by piece, each with the table that it belongs to."""
    yield from (("raw.rows", piece) for piece in contents.raw_rows)
    for kind, facts in contents.facts.items():
        for frame, versions in facts:
            yield f"validated.{kind}", frame
            yield "validated.versions", versions
