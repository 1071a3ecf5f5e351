"""Files that wait whole, because no layout or contract knew them: read again when those have changed (decision 0012).

A file that has brought any row is never read again: its facts stand. Its receipt, and with it its place among the
versions, stays what it was, so that it makes no difference whether the layout or the file came first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.edges import clock
from flows.edges.evidence import kept
from flows.edges.inbox import InboxFile
from flows.edges.intake import Moment, append_file
from flows.edges.layouts import lexicon_mark
from flows.edges.reading import ReadFile
from flows.edges.warehouse import Warehouse

Read = Callable[[InboxFile, bytes], ReadFile]
_WAITING = """
SELECT r.receipt_id, r.sha256, r.source_file, r.sender, r.ingest_no, r.received_at
FROM received.receipts AS r
WHERE EXISTS (
    SELECT 1 FROM validated.problems AS p
    WHERE p.receipt_id = r.receipt_id AND p.severity = 'reject' AND p.row_id IS NULL
        AND p.rule_id IN ('S.unknown_kind', 'S.ambiguous_kind', 'S.missing_column'))
    AND NOT EXISTS (SELECT 1 FROM validated.versions AS v WHERE v.receipt_id = r.receipt_id)
    AND NOT EXISTS (SELECT 1 FROM received.returned AS t WHERE t.receipt_id = r.receipt_id)
    AND NOT EXISTS (SELECT 1 FROM received.readings AS g WHERE g.receipt_id = r.receipt_id AND g.read_with = $mark)
ORDER BY r.receipt_id
"""
_OF_A_FILE = (
    "received.receipts", "received.sheets", "received.statement_periods", "received.control_totals", "raw.rows",
    "validated.problems",
)  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """A received file that brought nothing, and the state of layouts and contracts with which it is to be read."""

    receipt_id: str
    sha256: str
    source_file: str
    sender: str
    moment: Moment
    mark: str


def waiting(warehouse: Warehouse) -> list[Waiting]:
    """The files that wait and were not yet read with the layouts, contracts and words of now."""
    mark = lexicon_mark(warehouse.workspace.root)
    rows = warehouse.rows(_WAITING, {"mark": mark})
    return [
        Waiting(receipt, sha256, file, sender, Moment(no, at), mark) for receipt, sha256, file, sender, no, at in rows
    ]


def read_again(warehouse: Warehouse, file: Waiting, read: Read) -> ReadFile | None:
    """Read one of them; what it brings takes the place of what was said of it, whole or not at all.

    None: it waits on.
    """
    made = next((part for part in _parts_of(warehouse, file, read) if part.sha256 == file.sha256), None)
    is_taken = made is not None and any(facts.height for facts in made.contents.facts.values())
    settings = warehouse.workspace.settings
    row = (file.receipt_id, file.mark, is_taken, clock.now(settings.time_zone), settings.region)
    with warehouse.transaction():
        if made is not None and is_taken:
            for address in _OF_A_FILE:
                warehouse.execute(f"DELETE FROM {address} WHERE receipt_id = ?", (file.receipt_id,))
            append_file(warehouse, made, file.moment)
        columns = ("receipt_id", "read_with", "is_taken", "read_at", "city_code")
        warehouse.append_rows("received.readings", columns, [row])
    return made if is_taken else None


def _parts_of(warehouse: Warehouse, file: Waiting, read: Read) -> Iterator[ReadFile]:
    """The file, from the evidence; of a file in an archive, everything that is in the archives of that name."""
    delivered = file.source_file.partition("!")[0]
    for sha256 in [file.sha256, *_archives(warehouse, file, delivered)]:
        content = kept(warehouse.workspace.evidence, sha256)
        if content is not None:
            source_file = file.source_file if sha256 == file.sha256 else delivered
            yield from _with_inner(read(InboxFile(Path(source_file), source_file, file.sender), content))


def _archives(warehouse: Warehouse, file: Waiting, delivered: str) -> Sequence[str]:
    if delivered == file.source_file:
        return []
    sql = "SELECT sha256 FROM received.receipts WHERE source_file = ? AND sender = ? ORDER BY ingest_no, sha256"
    return [sha256 for (sha256,) in warehouse.rows(sql, (delivered, file.sender))]


def _with_inner(file: ReadFile) -> Iterator[ReadFile]:
    for inner in file.inner:
        yield from _with_inner(inner)
    yield file
