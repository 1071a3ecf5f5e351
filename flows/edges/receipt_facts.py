"""What a 收件回执 tells, read from the warehouse: files, where values were taken from, sums, what is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flows.edges.receipt_filings import filed_documents
from flows.edges.warehouse import Warehouse

Row = dict[str, Any]

_FOLDERS = """
SELECT DISTINCT r.ingest_no, r.received_at, r.sender, COALESCE(u.unit_name, NULLIF(r.sender, ''), p.unit_name) AS unit,
    COALESCE(u.unit_code, CASE WHEN r.sender = '' THEN o.unit_code END) AS unit_code, p.unit_name AS federation
FROM received.receipts AS r
INNER JOIN run.moments AS m ON m.ingest_no = r.ingest_no AND m.closed_at IS NULL
CROSS JOIN run.parameters AS p
LEFT JOIN facts.unit_names AS n ON n.name = r.sender
LEFT JOIN facts.units AS u ON u.unit_code = n.unit_code
LEFT JOIN facts.units AS o ON o.is_own
ORDER BY r.ingest_no, unit, r.sender
"""
_FILES = """
SELECT
    r.receipt_id, r.source_file, r.state, t.receipt_id IS NOT NULL AS is_returned, s.sheet, s.kind, s.taken_from,
    s.unknown_columns, s.header_row_no, s.left_out, COALESCE(s.row_count, 0) AS row_count,
    (SELECT count(*) FROM raw.rows AS w INNER JOIN validated.versions AS v ON v.row_id = w.row_id
     WHERE w.receipt_id = r.receipt_id AND w.sheet = s.sheet) AS typed_count,
    (SELECT count(*) FROM raw.rows AS w INNER JOIN facts.typed_rows AS v ON v.row_id = w.row_id
     WHERE w.receipt_id = r.receipt_id AND w.sheet = s.sheet AND v.is_rejected) AS rejected_count,
    (SELECT count(*) FROM raw.rows AS w INNER JOIN facts.returned_rows AS v ON v.row_id = w.row_id
     WHERE w.receipt_id = r.receipt_id AND w.sheet = s.sheet AND v.is_same)
    + (SELECT count(*) FROM facts.unmarked_rows AS u
       WHERE u.receipt_id = r.receipt_id AND u.sheet = s.sheet AND u.is_same) AS same_count,
    (SELECT count(*) FROM raw.rows AS w
     WHERE w.receipt_id = r.receipt_id AND w.sheet = s.sheet AND w.row_id IN (
        SELECT row_id FROM facts.unknown_units UNION SELECT row_id FROM facts.conflicts
        UNION SELECT row_id FROM facts.held_rows UNION SELECT row_id FROM facts.duplicates
        UNION SELECT row_id FROM facts.returned_rows WHERE is_stale AND NOT is_same
        UNION SELECT row_id FROM facts.unmarked_rows WHERE NOT is_same)) AS held_count,
    (SELECT count(*) FROM raw.rows AS w
     WHERE w.receipt_id = r.receipt_id AND w.sheet = s.sheet AND w.kind IN ('documents', 'decisions')
        AND w.row_id NOT IN (SELECT row_id FROM validated.versions)
        AND NOT EXISTS (SELECT 1 FROM validated.problems AS p
            WHERE p.receipt_id = w.receipt_id AND p.sheet = w.sheet AND p.rule_id = 'S.missing_column'
                AND p.severity = 'reject')) AS repeated_count, -- lines of our own sheets that say nothing
    (SELECT string_agg(f.sentence_zh || '。' || f.way_out_zh, ' ' ORDER BY f.finding_id) FROM judged.findings AS f
     WHERE f.receipt_id = r.receipt_id AND f.status = 'open' AND s.sheet IS NULL
        AND f.severity IN ('reject', 'error')) AS said
FROM received.receipts AS r
LEFT JOIN received.sheets AS s ON s.receipt_id = r.receipt_id
LEFT JOIN received.returned AS t ON t.receipt_id = r.receipt_id
WHERE r.ingest_no = $ingest_no AND list_contains($senders, r.sender)
ORDER BY r.source_file, r.receipt_id, s.sheet
"""
_SUMS = """
SELECT
    v.source_file, v.batch_no, COALESCE(l.label_zh, v.fund_source, '—') AS label_zh, count(*) AS row_count,
    sum(v.amount_yuan) AS amount_yuan,
    sum(CASE WHEN c.row_id IS NULL THEN v.amount_yuan ELSE 0 END) AS held_yuan
FROM validated.rosters AS v
INNER JOIN received.receipts AS r ON r.receipt_id = v.receipt_id
INNER JOIN facts.typed_rows AS t ON t.row_id = v.row_id
LEFT JOIN facts.current AS c ON c.row_id = v.row_id
LEFT JOIN policy.labels AS l ON l.document_set = 'default' AND l.domain = 'fund_source' AND l.code = v.fund_source
WHERE r.ingest_no = $ingest_no AND list_contains($senders, r.sender)
GROUP BY v.source_file, v.batch_no, COALESCE(l.label_zh, v.fund_source, '—')
ORDER BY v.source_file, v.batch_no, label_zh
"""
_OPEN = """
SELECT
    f.finding_id, f.severity, f.sentence_zh, f.way_out_zh, f.batch_no, f.notice_no, f.source_file, f.sheet, f.row_no,
    f.kind, f.receipt_id,
    (SELECT string_agg(a.note, '；' ORDER BY a.receipt_id) FROM received.answers AS a
     WHERE a.finding_id = f.finding_id AND a.note <> '') AS note
FROM judged.findings AS f
LEFT JOIN received.receipts AS r ON r.receipt_id = f.receipt_id
WHERE f.status = 'open' AND f.severity IN ('reject', 'error', 'warn')
    AND (f.unit_code = $unit_code OR list_contains($senders, r.sender))
ORDER BY list_position(['reject', 'error', 'warn'], f.severity), f.rule_id, f.source_file, f.sheet, f.row_no,
    f.finding_id
"""


@dataclass(frozen=True)
class Addressee:
    """Who gets a receipt: a unit (its folder in the outbox) in one moment, with the folders that it sent from."""

    unit: str
    unit_code: str | None
    ingest_no: int
    received_at: datetime
    federation: str
    senders: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """Everything in one receipt. `opened`, `closed`: findings more and fewer than the last one told."""

    to: Addressee
    files: list[Row]
    sums: list[Row]
    open: list[Row]
    opened: int
    closed: int
    filed: list[Row] = field(default_factory=list)


def addressees(warehouse: Warehouse) -> list[Addressee]:
    """The senders of the moments still open: those of this ingest, and of one that was killed before it told."""
    found: dict[tuple[int, str], Addressee] = {}
    for row in warehouse.records(_FOLDERS):
        key = (row["ingest_no"], row["unit"])
        senders = (*(found[key].senders if key in found else ()), row["sender"])
        found[key] = Addressee(
            row["unit"], row["unit_code"], row["ingest_no"], row["received_at"], row["federation"], senders
        )
    return list(found.values())


def told(warehouse: Warehouse, to: Addressee) -> Told:
    """What this receipt tells."""
    given = {"ingest_no": to.ingest_no, "senders": list(to.senders)}
    about = {"unit_code": to.unit_code, "senders": list(to.senders)}
    still_open = warehouse.records(_OPEN, about)
    now = {row["finding_id"] for row in still_open}
    before = told_before(warehouse, to, "finding")
    return Told(
        to, warehouse.records(_FILES, given), warehouse.records(_SUMS, given), still_open,
        opened=len(now - before), closed=len(before - now),
        filed=filed_documents(warehouse, to.ingest_no, to.senders, to.unit_code),
    )  # fmt: skip


def told_before(warehouse: Warehouse, to: Addressee, kind: str) -> set[str]:
    """What the receipt before this one told the unit."""
    rows = warehouse.rows(
        "SELECT told_id FROM run.told AS t WHERE folder = $folder AND told_kind = $kind AND ingest_no = "
        "(SELECT max(ingest_no) FROM run.told WHERE folder = $folder AND ingest_no < $ingest_no)",
        {"folder": to.unit, "kind": kind, "ingest_no": to.ingest_no},
    )
    return {told_id for (told_id,) in rows}


def remember(warehouse: Warehouse, to: Addressee, told_ids: Mapping[str, set[str]]) -> None:
    """Keep what was told, by kind; telling it again in the same moment replaces it."""
    city_code = warehouse.workspace.settings.region
    rows = [(to.ingest_no, to.unit, kind, each, city_code) for kind, ids in told_ids.items() for each in sorted(ids)]
    with warehouse.transaction():
        warehouse.execute("DELETE FROM run.told WHERE ingest_no = ? AND folder = ?", (to.ingest_no, to.unit))
        warehouse.append_rows("run.told", ("ingest_no", "folder", "told_kind", "told_id", "city_code"), rows)
