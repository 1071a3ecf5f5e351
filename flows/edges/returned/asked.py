"""Which received files go back, with what is to be said in each: read from the warehouse, nothing written."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from expectations.masking import mask_text
from flows.edges.names import known_names, masked
from flows.edges.warehouse import Warehouse
from transforms.parsed.marks import KEY_LETTERS, FileMark, Token

PREFIX = "退回修改_"
_AGAIN = re.compile(rf"^{PREFIX}(.+)_[0-9a-f]{{6}}$")
_FILE = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)  # a sentence quotes a file by its name
# Papers of the bank: nobody may alter them. 对账待办: what is open in it is asked in the next one.
_NOT_RETURNED = ("bank_statements", "payouts", "decisions")

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
    f.receipt_id, f.args, f.finding_id, f.severity, f.sheet, f.row_no, f.column_name, f.field, f.value_text,
    f.sentence_zh, f.way_out_zh, f.detail
FROM judged.findings AS f
WHERE f.status = 'open' AND f.severity IN ('reject', 'error', 'warn') AND f.receipt_id IS NOT NULL
    AND (f.kind IS NULL OR NOT list_contains($not_returned, f.kind))
    AND f.rule <> 'S.lost_marks' -- what to correct is the workbook that still lies in the outbox
ORDER BY list_position(['reject', 'error', 'warn'], f.severity), f.sheet, f.row_no NULLS FIRST, f.column_name,
    f.finding_id
"""
_UNITS = """
SELECT f.finding_id, w.sheet, w.row_no, u.unit_text
FROM judged.findings AS f
INNER JOIN (
    SELECT row_id, unit_text AS said, unit_text FROM facts.unknown_units
    UNION ALL
    SELECT c.row_id, COALESCE(n.unit_name, c.stated), COALESCE(v.stated_unit, v.sheet_unit)
    FROM facts.unit_conflicts AS c
    INNER JOIN validated.versions AS v ON v.row_id = c.row_id
    LEFT JOIN facts.units AS n ON n.unit_code = c.stated
) AS u ON u.said = f.args[1]
INNER JOIN raw.rows AS w ON w.row_id = u.row_id AND w.receipt_id = f.receipt_id AND w.kind = f.kind
WHERE f.status = 'open' AND f.rule IN ('S.unknown_unit', 'S.unit_conflict') AND f.row_no IS NULL
ORDER BY f.finding_id, w.sheet, w.row_no
"""
_SHEETS = """
SELECT receipt_id, sheet, header_row_no, taken_from
FROM received.sheets
WHERE list_contains($ids, receipt_id) AND NOT list_contains($not_returned, kind)
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
LEFT JOIN facts.unmarked_rows AS u ON u.row_id = w.row_id
WHERE list_contains($ids, w.receipt_id) AND NOT list_contains($not_returned, w.kind) AND u.row_id IS NULL
ORDER BY w.receipt_id, w.sheet, w.row_no
"""


@dataclass(frozen=True)
class Said:
    """One open finding as the list shows it. Without `row_no` it is on the sheet, without `sheet` on the whole file.

    `field`, `value_text`: what is wrong, as received; `stated`: sheet, row and text of what a finding on a whole file
    quotes. `detail`: what it is found by (`R03.same_head`).
    """

    finding_id: str
    severity: str
    sheet: str | None
    row_no: int | None
    column_name: str | None
    field: str | None
    value_text: str | None
    sentence: str
    way_out: str
    detail: str = ""
    stated: tuple[tuple[str, int, str], ...] = ()


@dataclass
class DataSheet:
    """A recognised table: where its header ends, what lines above it say (by field), each data row's token.

    `columns`: field → the header of its column.
    """

    header_row_no: int
    said_above: Mapping[str, str]
    tokens: dict[int, Token] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


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
    not_returned = list(_NOT_RETURNED)
    said: dict[str, list[Said]] = defaultdict(list)
    stated = defaultdict(list)
    for finding_id, *place in warehouse.rows(_UNITS):
        stated[finding_id].append(tuple(place))
    findings = warehouse.rows(_FINDINGS, {"not_returned": not_returned})
    quotes_files = any(_FILE.search(arg) for _, args, *_ in findings for arg in args)
    names = known_names(warehouse) if quotes_files else frozenset()
    for receipt_id, args, finding_id, *told in findings:
        found = replace(Said(finding_id, *told), stated=tuple(stated[finding_id]))
        said[receipt_id].append(_without_names(found, args, names))
    given = {"ids": list(said), "not_returned": not_returned}
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
    for receipt_id, sheet, header_row_no, taken_from in warehouse.rows(_SHEETS, given):
        origins = {name: str(origin).partition(":") for name, origin in json.loads(taken_from or "{}").items()}
        said_above = {name: text for name, (how, _, text) in origins.items() if how in ("line", "title")}
        columns = {name: text for name, (how, _, text) in origins.items() if how == "column"}
        found[receipt_id][sheet] = DataSheet(header_row_no, said_above, columns=columns)
    for receipt_id, sheet, row_no, root_row_id, occurrence, fact_key in warehouse.rows(_ROWS, given):
        key = fact_key[:KEY_LETTERS] if occurrence else ""
        found[receipt_id][sheet].tokens[row_no] = Token(root_row_id, occurrence or 0, key)
    return found


def _without_names(said: Said, args: Sequence[str], names: frozenset[str]) -> Said:
    """A sentence may quote the name of another unit's file, and that somebody's: nobody's name goes out with it."""
    for arg in args:
        text, hidden = mask_text(arg), masked(arg, "text", names)
        if text != hidden and _FILE.search(arg):
            said = replace(
                said, sentence=said.sentence.replace(text, hidden), way_out=said.way_out.replace(text, hidden)
            )
    return said
