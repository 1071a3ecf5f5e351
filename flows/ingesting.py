"""`ingest`: new files become facts. Per file, whole or not at all; then everything is settled and published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.contracts import load_contracts
from flows.edges.evidence import keep, sha256_of
from flows.edges.inbox import InboxFile, list_inbox
from flows.edges.intake import Moment, close_moments, insert_file, open_moments, received_hashes
from flows.edges.lexicon import load_enums, load_layouts
from flows.edges.reading import ReadFile, read_file
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.workspace import open_workspace
from flows.outcome import SEVERITIES, Outcome, count_by_severity, told
from flows.problems import Exit
from flows.progress import working_on
from flows.settling import bring_up_to_date
from flows.steps import Runner, plainly
from flows.words import say

if TYPE_CHECKING:
    from expectations.gate import Verdict

SHOWN_FINDINGS = 20


@dataclass(frozen=True)
class Received:
    """A file that this run has taken in, in numbers."""

    receipt_id: str
    sha256: str
    file: str
    sender: str
    state: str
    kinds: tuple[str, ...]
    row_count: int


def ingest(root: Path, *, paths: Sequence[Path] = (), unit: str | None = None, runner: Runner = plainly) -> Outcome:
    """Receive what is new in the inbox, or at the given paths, and bring everything up to date.

    10 when `reject` or `error` is open among the files handled, 11 when one of them could not be read, 12 when policy
    has nothing for a date; with nothing new, 0.
    """
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="ingest") as warehouse:
        received = ingest_files(warehouse, list_inbox(workspace.inbox, paths, unit=unit), runner=runner)
        verdict = bring_up_to_date(warehouse, command="ingest", runner=runner)
        close_moments(warehouse)
        return _outcome(warehouse, received, verdict)


def ingest_files(warehouse: Warehouse, files: Sequence[InboxFile], *, runner: Runner = plainly) -> list[Received]:
    """Take in every file whose bytes are new, each in a transaction of its own; gives what was taken in.

    Nothing here depends on another file, so their order changes nothing; a killed run leaves whole files only.
    """
    known = received_hashes(warehouse)
    fresh = _new_ones(files, known)
    if not fresh:
        return []
    moments, read = open_moments(warehouse, list(fresh)), _reader(warehouse)
    received: list[Received] = []
    for sha256, file in fresh.items():
        working_on("progress.reading", file=file.source_file)
        work = partial(_receive, warehouse, file, read, moments[sha256], known)
        received += runner(f"read {file.source_file}", work)
    return received


def _new_ones(files: Sequence[InboxFile], known: set[str]) -> dict[str, InboxFile]:
    """SHA-256 → file, for bytes not received before; of equal files the one whose path comes first."""
    fresh: dict[str, InboxFile] = {}
    for file in files:
        sha256 = sha256_of(file.content())
        if sha256 not in known:
            fresh[sha256] = min(fresh.get(sha256, file), file, key=lambda each: each.source_file)
    return fresh


def _reader(warehouse: Warehouse) -> Callable[[InboxFile, bytes], ReadFile]:
    """How this run reads a file: the contracts, words, layouts and key, looked up once."""
    workspace = warehouse.workspace
    contracts, layouts, enums = load_contracts(), load_layouts(workspace.root), load_enums(workspace.root)
    key = workspace.household_key()

    def read(file: InboxFile, content: bytes) -> ReadFile:
        return read_file(
            content=content,
            source_file=file.source_file,
            sender=file.sender,
            layouts=layouts,
            contracts=contracts,
            enums=enums,
            household_key=key,
            city_code=workspace.settings.region,
        )

    return read


def _receive(
    warehouse: Warehouse,
    file: InboxFile,
    read: Callable[[InboxFile, bytes], ReadFile],
    moment: Moment,
    known: set[str],
) -> list[Received]:
    """One delivered file; an archive is received after everything in it, so that a killed run opens it again."""
    content = file.content()
    keep(warehouse.workspace.evidence, content)
    received = []
    for part in _parts(read(file, content)):
        if part.sha256 not in known:
            insert_file(warehouse, part, moment)
            known.add(part.sha256)
            received.append(_in_numbers(part))
    return received


def _parts(file: ReadFile) -> Iterator[ReadFile]:
    for inner in file.inner:
        yield from _parts(inner)
    yield file


def _in_numbers(file: ReadFile) -> Received:
    kinds = tuple(sorted(kind for kind, rows in file.validated.items() if rows.height))
    rows = sum(frame.height for frame in file.validated.values())
    return Received(file.receipt_id, file.sha256, file.source_file, file.sender, file.state, kinds, rows)


def _outcome(warehouse: Warehouse, received: Sequence[Received], verdict: Verdict | None) -> Outcome:
    if not received:
        return Outcome("ingest", summary={"file_count": 0, "row_count": 0}, lines=[say("nothing_new")])
    found = _findings_of(warehouse, [file.receipt_id for file in received])
    counted = count_by_severity(finding["severity"] for finding in found)
    codes = {Exit.FINDINGS_OPEN} if counted["reject"] or counted["error"] else set()
    codes |= {Exit.UNREADABLE for file in received if file.state in ("unreadable", "refused")}
    codes |= {Exit.NOT_JUDGED} if verdict and verdict.judgement.policy_gaps else set()
    summary = {"file_count": len(received), "row_count": sum(file.row_count for file in received)}
    problems = [told(finding) for finding in found if finding["severity"] in SEVERITIES[:2]]
    return Outcome(
        "ingest",
        frozenset(codes),
        summary=summary,
        findings=counted,
        problems=problems[:SHOWN_FINDINGS],
        rows=[_row(file) for file in received],
        lines=[say("ingest.done", files=summary["file_count"], rows=summary["row_count"])],
    )


def _row(file: Received) -> dict[str, Any]:
    return {
        "file": file.file,
        "sha256": file.sha256,
        "sender": file.sender,
        "state": file.state,
        "kinds": list(file.kinds),
        "row_count": file.row_count,
    }


def _findings_of(warehouse: Warehouse, receipt_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Open findings on these files and on the payment lists in them, worst first."""
    columns = ("rule_id", "severity", "source_file", "sheet", "row_no", "column_name", "sentence", "way_out")
    spoken = {"sentence": say("finding.sentence"), "way_out": say("finding.way_out")}
    names = ", ".join(spoken.get(column, column) for column in columns)
    found = warehouse.rows(
        f"SELECT {names} FROM judged.findings AS f WHERE status = 'open' AND (list_contains($files, receipt_id) "
        "OR receipt_id IS NULL AND batch_no IN "
        "(SELECT p.batch_no FROM matched.payments AS p WHERE list_contains($files, p.receipt_id))) "
        "ORDER BY list_position($worst_first, severity), rule_id, source_file, sheet, row_no, finding_id",
        {"files": list(receipt_ids), "worst_first": list(SEVERITIES)},
    )
    return [dict(zip(columns, row, strict=True)) for row in found]
