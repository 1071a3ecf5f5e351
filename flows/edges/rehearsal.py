"""What the books would be, asked without changing them: everything within is rolled back.

Two states are made, one after the other: without a file and all that came after it, then with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flows.edges import clock
from flows.edges.intake import Moment, append_file
from flows.edges.policy import load_policy, replace_policy
from flows.edges.reading import ReadFile
from flows.edges.warehouse import Warehouse
from flows.edges.withdrawals import Word, note

Row = dict[str, Any]

_EARLIER = """
CREATE OR REPLACE TEMP TABLE earlier AS
SELECT
    s.row_id, s.kind, s.key_space, s.fact_key, s.value_hash, s.unit_code, t.scope_key, t.sender,
    COALESCE(t.root_row_id, s.row_id) AS root_row_id
FROM facts.standing AS s
INNER JOIN facts.current AS c ON c.row_id = s.row_id
INNER JOIN facts.typed_rows AS t ON t.row_id = s.row_id
"""
_ROWS = """
WITH rejected AS (
    SELECT row_id, STRING_AGG(DISTINCT rule_id, ' ' ORDER BY rule_id) AS rules
    FROM validated.problems
    WHERE severity = 'reject' AND row_id IS NOT NULL
    GROUP BY row_id
)
SELECT
    v.row_id, v.kind, v.scope_key, o.unit_code, e.row_id AS before_row_id, e.value_hash = v.value_hash AS is_equal,
    CASE
        WHEN w.is_same OR u.is_same THEN 'unchanged'
        WHEN u.row_id IS NOT NULL OR w.is_stale THEN 'set_aside'
        WHEN x.row_id IS NOT NULL THEN 'rejected'
        WHEN o.unit_code IS NULL OR h.row_id IS NOT NULL OR c.row_id IS NOT NULL OR NOT d.is_identical THEN 'held'
        WHEN d.is_identical OR s.row_id IS NULL THEN 'set_aside'
        ELSE 'in_force'
    END AS state,
    CASE
        WHEN w.is_same OR u.is_same THEN NULL
        WHEN u.row_id IS NOT NULL THEN CASE WHEN u.is_banks_own THEN 'S.altered_bank_paper' ELSE 'S.lost_marks' END
        WHEN w.is_stale THEN 'S.stale_return'
        WHEN x.row_id IS NOT NULL THEN x.rules
        WHEN o.unit_code IS NULL THEN 'S.unknown_unit'
        WHEN h.row_id IS NOT NULL THEN 'S.batch_shrunk'
        WHEN c.row_id IS NOT NULL THEN 'S.conflict'
        WHEN d.row_id IS NOT NULL THEN 'S.duplicate_key'
    END AS rule_id
FROM validated.versions AS v
INNER JOIN raw.rows AS n ON n.row_id = v.row_id
LEFT JOIN facts.returned_rows AS w ON w.row_id = v.row_id
LEFT JOIN facts.unmarked_rows AS u ON u.row_id = v.row_id
LEFT JOIN rejected AS x ON x.row_id = v.row_id
LEFT JOIN facts.row_owners AS o ON o.row_id = v.row_id
LEFT JOIN facts.held_rows AS h ON h.row_id = v.row_id
LEFT JOIN facts.conflicts AS c ON c.row_id = v.row_id
LEFT JOIN facts.duplicates AS d ON d.row_id = v.row_id
LEFT JOIN facts.standing AS s ON s.row_id = v.row_id
LEFT JOIN temp.earlier AS e
    ON e.kind = v.kind AND (
        w.root_row_id IS NULL AND e.fact_key = COALESCE(s.fact_key, v.fact_key)
        AND e.key_space = COALESCE(s.key_space, o.unit_code) OR e.root_row_id = w.root_row_id)
WHERE list_contains($files, v.receipt_id)
ORDER BY n.source_file, n.sheet, n.row_no
"""
_GONE = """
SELECT e.row_id, e.kind, e.scope_key, e.unit_code, h.row_id IS NOT NULL AS is_held
FROM temp.earlier AS e
LEFT JOIN facts.current AS c ON c.row_id = e.row_id
LEFT JOIN (
    SELECT t.sender, t.scope_key, h.unit_code, MIN(t.row_id) AS row_id
    FROM facts.held_rows AS h
    INNER JOIN facts.typed_rows AS t ON t.row_id = h.row_id
    WHERE list_contains($files, t.receipt_id)
    GROUP BY t.sender, t.scope_key, h.unit_code
) AS h ON e.kind = 'rosters' AND h.sender = e.sender AND h.scope_key = e.scope_key AND h.unit_code = e.unit_code
WHERE c.row_id IS NULL OR h.row_id IS NOT NULL
ORDER BY e.row_id
"""
_KEPT = """
SELECT e.kind, e.row_id
FROM temp.earlier AS e
INNER JOIN facts.current AS c ON c.row_id = e.row_id
WHERE EXISTS (
    SELECT 1 FROM validated.versions AS v
    INNER JOIN received.receipts AS r ON r.receipt_id = v.receipt_id
    WHERE list_contains($files, v.receipt_id) AND v.kind = e.kind AND r.sender = e.sender
)
"""


@contextmanager
def rehearsal(warehouse: Warehouse) -> Iterator[None]:
    """Whatever is done within is undone at its end."""
    warehouse.execute("BEGIN")
    try:
        replace_policy(warehouse, load_policy(warehouse.workspace))
        yield
    finally:
        warehouse.execute("ROLLBACK")


def as_if_sent_now(warehouse: Warehouse, files: Sequence[ReadFile], make: Callable[[], None]) -> None:
    """The books as they are, then as they would be with these files."""
    _remember(warehouse, make)
    number = 1 + (warehouse.value("SELECT max(ingest_no) FROM received.receipts") or 0)
    for file in files:
        append_file(warehouse, file, Moment(number, clock.now(warehouse.workspace.settings.time_zone)))
    make()


def as_it_came(warehouse: Warehouse, receipt_ids: Collection[str], make: Callable[[], None]) -> None:
    """The books as they would be had these received files, and what came later, never come; then with the files."""
    ids = sorted(receipt_ids)
    later = warehouse.rows(
        "SELECT receipt_id FROM received.receipts WHERE list_contains($ids, receipt_id) OR ingest_no > "
        "(SELECT max(ingest_no) FROM received.receipts WHERE list_contains($ids, receipt_id))",
        {"ids": ids},
    )
    note(warehouse, [receipt_id for (receipt_id,) in later], Word(is_withdrawn=True))
    _remember(warehouse, make)
    note(warehouse, ids, Word(is_withdrawn=False))
    make()


def _remember(warehouse: Warehouse, make: Callable[[], None]) -> None:
    make()
    warehouse.execute(_EARLIER)


def rows_now(warehouse: Warehouse, receipt_ids: Collection[str]) -> list[Row]:
    """The typed rows of the files: state, the rule that keeps a row out, the row that stood before under its key."""
    return warehouse.records(_ROWS, {"files": list(receipt_ids)})


def rows_gone(warehouse: Warehouse, receipt_ids: Collection[str]) -> list[Row]:
    """Rows that stood and stand no longer, or would not if a held list were taken (`is_held`)."""
    return warehouse.records(_GONE, {"files": list(receipt_ids)})


def rows_kept(warehouse: Warehouse, receipt_ids: Collection[str]) -> list[Row]:
    """Rows of the same senders and kinds that stand as before."""
    return warehouse.records(_KEPT, {"files": list(receipt_ids)})


def values_of(warehouse: Warehouse, kind: str, row_ids: Collection[str]) -> Mapping[str, Row]:
    """The typed rows of a kind by row_id, unmasked."""
    found = warehouse.records(
        f"SELECT * FROM validated.{kind} WHERE list_contains($ids, row_id)", {"ids": list(row_ids)}
    )
    return {row["row_id"]: row for row in found}


def problems_of(warehouse: Warehouse, receipt_ids: Collection[str]) -> list[tuple[str, str]]:
    """File and reason of what could not be read as a whole."""
    return [
        (file, reason)
        for file, reason in warehouse.rows(
            "SELECT r.source_file, p.args[2] FROM validated.problems AS p "
            "INNER JOIN received.receipts AS r ON r.receipt_id = p.receipt_id "
            "WHERE r.state IN ('unreadable', 'refused') AND list_contains($files, p.receipt_id) ORDER BY r.source_file",
            {"files": list(receipt_ids)},
        )
    ]
