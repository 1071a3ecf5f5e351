"""`diff`: what a file says otherwise than the version before it, row by row. Nothing is received or changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from expectations.contracts import load_contracts
from flows.comparing import changes, counted, pairs, subject
from flows.edges.evidence import sha256_of
from flows.edges.inbox import list_inbox
from flows.edges.intake import received_hashes
from flows.edges.named_files import path_of, received_file, with_members
from flows.edges.names import known_names, masked
from flows.edges.rehearsal import (
    as_if_sent_now,
    as_it_came,
    problems_of,
    rehearsal,
    rows_gone,
    rows_kept,
    rows_now,
    values_of,
)
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.workspace import open_workspace
from flows.ingesting import parts, reader
from flows.outcome import Outcome, place
from flows.pipeline import VERSIONS
from flows.problems import Exit, problem
from flows.progress import working_on
from flows.steps import run_step
from flows.words import say

Row = dict[str, Any]
CHANGES = ("new", "changed", "gone", "held", "rejected", "set_aside", "unchanged")
SHOWN_ROWS = 60
_LABELS = "SELECT domain || '.' || code, label_zh FROM policy.labels WHERE document_set = 'default'"


def diff(root: Path, *, file: str, unit: str | None = None) -> Outcome:
    """Compare a received file with what stood before it, or one that was not received with what stands now.

    2 where no file is meant, or several; 11 where one of them cannot be read.
    """
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="diff") as warehouse, rehearsal(warehouse):
        receipt_ids = _prepared(warehouse, file, unit)
        rows = _compared(warehouse, receipt_ids)
        unread = [problem("diff.unreadable", name, reason=why) for name, why in problems_of(warehouse, receipt_ids)]
    counts = counted(rows, CHANGES)
    kept = sum(row["change"] == "kept" for row in rows)
    told = [row for row in rows if row["change"] != "kept"]
    return Outcome(
        "diff",
        frozenset({Exit.UNREADABLE} if unread else ()),
        summary={**counts, "kept": kept},
        problems=unread,
        rows=told,
        lines=_lines(told, counts, kept),
    )


def _prepared(warehouse: Warehouse, file: str, unit: str | None) -> list[str]:
    """Make the state before and the state after; gives the receipts that are compared."""
    path = path_of(file, warehouse.workspace.inbox)
    known = received_hashes(warehouse)
    if path is None or sha256_of(path.read_bytes()) in known:
        meant = [each.receipt_id for each in with_members(warehouse, received_file(warehouse, file))]
        as_it_came(warehouse, meant, lambda: _make(warehouse))
        return meant
    [delivered] = list_inbox(warehouse.workspace.inbox, [path.resolve()], unit=unit)
    read = reader(warehouse)(delivered, delivered.content())
    fresh = {each.sha256: each for each in parts(read) if each.sha256 not in known}
    as_if_sent_now(warehouse, list(fresh.values()), lambda: _make(warehouse))
    return [each.receipt_id for each in fresh.values()]


def _make(warehouse: Warehouse) -> None:
    for step in VERSIONS:
        working_on("progress.settling", step=step.address)
        run_step(warehouse, step)


def _compared(warehouse: Warehouse, receipt_ids: Collection[str]) -> list[Row]:
    now, gone, kept = (ask(warehouse, receipt_ids) for ask in (rows_now, rows_gone, rows_kept))
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for row in (*now, *gone):
        ids[row["kind"]] |= {row["row_id"], row.get("before_row_id")} - {None}
    values = {row_id: row for kind in ids for row_id, row in values_of(warehouse, kind, ids[kind]).items()}
    before = {row["row_id"]: row["before_row_id"] for row in now if row["before_row_id"]}
    before |= _paired(now, gone, before, values)
    met = set(before.values())
    tell = _Teller(warehouse, values)
    rows = [tell.now(row, before.get(row["row_id"])) for row in now]
    rows += [tell.gone(row) for row in gone if row["row_id"] not in met]
    return rows + [{"change": "kept"} for row in kept if row["row_id"] not in met]


def _paired(
    now: Sequence[Row], gone: Sequence[Row], before: Mapping[str, str], values: Mapping[str, Row]
) -> dict[str, str]:
    """New rows of a list, notice or case file that are rows of its version before under another key."""
    met, contracts = set(before.values()), load_contracts()
    places: dict[tuple[str, ...], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for row in now:
        if row["row_id"] not in before and row["state"] in ("in_force", "held") and row["row_id"] in values:
            places[row["kind"], row["unit_code"], row["scope_key"]][0].append(row["row_id"])
    for row in gone:
        if row["row_id"] not in met:
            places[row["kind"], row["unit_code"], row["scope_key"]][1].append(row["row_id"])
    found: dict[str, str] = {}
    for (kind, *_), (new, old) in places.items():
        found |= pairs(new, old, values, contracts[kind])
    return found


class _Teller:
    """Rows as they are shown: masked, codes by their labels, each with its place."""

    def __init__(self, warehouse: Warehouse, values: Mapping[str, Row]) -> None:
        self.values = values
        self.names = known_names(warehouse)
        self.labels = dict(warehouse.rows(_LABELS))
        self.contracts = load_contracts()

    def now(self, row: Row, before: str | None) -> Row:
        """A row of the file."""
        contract, after = self.contracts[row["kind"]], self.values[row["row_id"]]
        fields = changes(after, self.values[before], contract, self.names, self.labels) if before else []
        change = row["state"]
        if change == "in_force":
            change = "new" if before is None else "changed" if fields else "unchanged"
        shown = fields if change in ("changed", "held") else []
        return self._told(row, change, row["rule_id"], shown) | {"before": self._place(before)}

    def gone(self, row: Row) -> Row:
        """A row of the version before that is in the file no longer; of a held list it still stands."""
        told = self._told(row, "gone", "S.batch_shrunk" if row["is_held"] else None, [])
        return told | {"before": self._place(row["row_id"])}

    def _told(self, row: Row, change: str, rule_id: str | None, fields: list[Row]) -> Row:
        contract, values = self.contracts[row["kind"]], self.values[row["row_id"]]
        return {
            "change": change,
            "kind": row["kind"],
            **self._at(values),
            "subject": subject(values, contract, self.names, self.labels),
            "rule_id": rule_id,
            "fields": fields,
        }

    def _at(self, values: Row) -> Row:
        hidden = {name: masked(values[name], "text", self.names) for name in ("source_file", "sheet")}
        return {"file": hidden["source_file"], "sheet": hidden["sheet"], "row_no": values["row_no"]}

    def _place(self, row_id: str | None) -> Row | None:
        return self._at(self.values[row_id]) if row_id else None


def _lines(rows: Sequence[Row], counts: Mapping[str, int], kept: int) -> list[str]:
    """Counts first, then every row that is not as it was."""
    if not rows:
        return [say("diff.nothing")]
    lines = [say("diff.counts", **counts)]
    if kept:
        lines.append(say("diff.kept", count=kept))
    told = sorted((row for row in rows if row["change"] != "unchanged"), key=lambda row: CHANGES.index(row["change"]))
    lines += [_line(row) for row in told[:SHOWN_ROWS]]
    return [*lines, say("diff.more", count=len(told) - SHOWN_ROWS)] if len(told) > SHOWN_ROWS else lines


def _line(row: Row) -> str:
    fields = "；".join(say("diff.field", **_stated(field)) for field in row["fields"])
    rule = f"（{row['rule_id']}）" if row["rule_id"] else ""
    where = place(row["file"], row["sheet"], row["row_no"])
    change = say(f"diff.{row['change']}")
    return f"{change}{rule}  {where}  {row['subject']}{'：' if fields else ''}{fields}"


def _stated(field: Row) -> Row:
    return {name: "—" if value is None else value for name, value in field.items()}
