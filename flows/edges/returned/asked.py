"""Which received files go back, with what is to be said in each: read from the warehouse, nothing written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from flows.edges.warehouse import Warehouse
from transforms.parsed.marks import KEY_LETTERS, FileMark, Token

PREFIX = "退回修改_"
_AGAIN = re.compile(rf"^{PREFIX}(.+)_[0-9a-f]{{6}}$")
_BANKS_OWN = ("bank_statements", "payouts")  # papers of the bank: nobody may alter them
_COUNTED = ("rosters", "arrivals")  # kinds whose key counts equal rows

_FILES = """
SELECT
    r.receipt_id, r.sha256, r.source_file, r.sender, COALESCE(t.context_file, r.source_file),
    COALESCE(u.unit_name, NULLIF(r.sender, ''), p.unit_name)
FROM received.receipts AS r
CROSS JOIN run.parameters AS p
LEFT JOIN received.returned AS t ON t.receipt_id = r.receipt_id
LEFT JOIN facts.unit_names AS n ON n.name = r.sender
LEFT JOIN facts.units AS u ON u.unit_code = n.unit_code
WHERE r.state = 'accepted' AND list_contains($ids, r.receipt_id)
ORDER BY r.source_file, r.receipt_id
"""
_FINDINGS = """
SELECT
    f.receipt_id, f.finding_id, f.severity, f.sheet, f.row_no, f.row_id, f.column_name, f.sentence_zh, f.way_out_zh
FROM judged.findings AS f
WHERE f.status = 'open' AND f.severity IN ('reject', 'error', 'warn') AND f.receipt_id IS NOT NULL
    AND (f.kind IS NULL OR NOT list_contains($banks_own, f.kind))
ORDER BY list_position(['reject', 'error', 'warn'], f.severity), f.sheet, f.row_no NULLS FIRST, f.column_name,
    f.finding_id
"""
_SHEETS = """
SELECT receipt_id, sheet, header_row_no
FROM received.sheets
WHERE list_contains($ids, receipt_id) AND NOT list_contains($banks_own, kind)
ORDER BY receipt_id, sheet
"""
_ROWS = """
SELECT w.receipt_id, w.sheet, w.row_no, COALESCE(b.root_row_id, w.row_id), o.occurrence, v.fact_key
FROM raw.rows AS w
LEFT JOIN validated.tokens AS b ON b.row_id = w.row_id
LEFT JOIN validated.versions AS v ON v.row_id = w.row_id
LEFT JOIN (
    SELECT row_id, occurrence FROM validated.rosters UNION ALL SELECT row_id, occurrence FROM validated.arrivals
) AS o ON o.row_id = w.row_id
WHERE list_contains($ids, w.receipt_id) AND NOT list_contains($banks_own, w.kind)
ORDER BY w.receipt_id, w.sheet, w.row_no
"""


@dataclass(frozen=True)
class Said:
    """One open finding as the list shows it. Without `row_no` it is on the sheet, without `sheet` on the whole file."""

    finding_id: str
    severity: str
    sheet: str | None
    row_no: int | None
    column_name: str | None
    sentence: str
    way_out: str


@dataclass
class DataSheet:
    """A recognised table: where its header ends, and the token of each data row."""

    header_row_no: int
    tokens: dict[int, Token] = field(default_factory=dict)


@dataclass(frozen=True)
class ReturnedFile:
    """A received file that goes back. `unit`: the folder in the outbox; `sheets`: by name, '' for csv."""

    receipt_id: str
    sha256: str
    source_file: str
    unit: str
    mark: FileMark
    said: Sequence[Said]
    sheets: Mapping[str, DataSheet]

    @property
    def stem(self) -> str:
        """The file's name without its ending, and without what an earlier return added to it."""
        name = PurePosixPath(self.source_file.replace("!", "/")).stem
        again = _AGAIN.match(name)
        return again[1] if again else name


def files_to_return(warehouse: Warehouse) -> list[ReturnedFile]:
    """Every accepted file with open findings of its own, papers of the bank excepted, in the order of their names."""
    banks_own = list(_BANKS_OWN)
    said: dict[str, list[Said]] = defaultdict(list)
    for receipt_id, finding_id, severity, sheet, row_no, _, column, sentence, way_out in warehouse.rows(
        _FINDINGS, {"banks_own": banks_own}
    ):
        said[receipt_id].append(Said(finding_id, severity, sheet, row_no, column, sentence, way_out))
    given = {"ids": list(said), "banks_own": banks_own}
    sheets = _sheets(warehouse, given)
    bank_only = {row[0] for row in warehouse.rows("SELECT DISTINCT receipt_id FROM received.sheets")} - sheets.keys()
    return [
        ReturnedFile(
            receipt_id, sha256, source_file, unit, FileMark(receipt_id, sender, context),
            said[receipt_id], sheets.get(receipt_id, {}),
        )
        for receipt_id, sha256, source_file, sender, context, unit in warehouse.rows(_FILES, {"ids": list(said)})
        if receipt_id not in bank_only
    ]  # fmt: skip


def _sheets(warehouse: Warehouse, given: Mapping[str, object]) -> dict[str, dict[str, DataSheet]]:
    found: dict[str, dict[str, DataSheet]] = defaultdict(dict)
    for receipt_id, sheet, header_row_no in warehouse.rows(_SHEETS, given):
        found[receipt_id][sheet] = DataSheet(header_row_no)
    for receipt_id, sheet, row_no, root_row_id, occurrence, fact_key in warehouse.rows(_ROWS, given):
        key = fact_key[:KEY_LETTERS] if occurrence else ""
        found[receipt_id][sheet].tokens[row_no] = Token(root_row_id, occurrence or 0, key)
    return found
