"""`ingest`: new files become facts. Per file, whole or not at all; then everything is settled and published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.contracts import load_contracts
from flows import stopping
from flows.edges.evidence import keep, sha256_of
from flows.edges.inbox import GrowingError, InboxFile, UnreadError, list_inbox
from flows.edges.intake import Moment, close_moments, insert_file, open_moments, received_hashes
from flows.edges.lexicon import load_enums, load_layouts
from flows.edges.reading import ReadFile, read_file
from flows.edges.waiting import Waiting, read_again, waiting
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.withdrawals import withdrawn_hashes
from flows.edges.workspace import open_workspace
from flows.outcome import SEVERITIES, Outcome, count_by_severity, told
from flows.problems import Exit, problem
from flows.progress import working_on
from flows.returning import answer
from flows.settling import bring_up_to_date
from flows.steps import Runner, plainly
from flows.words import say

if TYPE_CHECKING:
    from expectations.gate import Verdict

SHOWN_FINDINGS = 20
NAMED_ALWAYS = ("S.unreadable", "S.refused_format")  # a file that brought nothing is never one of “and more”
GROWING = "growing"  # somebody still writes it: taken by the next run
UNREAD = "unread"  # delivered, and its bytes could not be had: not received, tried again by the next run
WITHDRAWN = "withdrawn"  # received before and taken back: the same bytes again change nothing


@dataclass(frozen=True)
class Received:
    """A file that this run has taken in, in numbers; or has not (`unread`, `growing`, `withdrawn`: without receipt).

    `reason`: why it could not be read, a problem of flows/words.yaml.
    """

    receipt_id: str
    sha256: str
    file: str
    sender: str
    state: str
    kinds: tuple[str, ...]
    row_count: int
    reason: str = ""


def ingest(root: Path, *, paths: Sequence[Path] = (), unit: str | None = None, runner: Runner = plainly) -> Outcome:
    """Receive what is new in the inbox, or at the given paths, and bring everything up to date.

    10 when `reject` or `error` is open among the files handled, 11 when one of them could not be read, 12 when policy
    has nothing for a date; with nothing new, 0.
    """
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="ingest") as warehouse:
        files = runner("list", lambda: list_inbox(workspace.inbox, paths, unit=unit))
        again = _read_waiting(warehouse, runner)
        received = [*again, *ingest_files(warehouse, files, runner=runner)]
        if stopping.is_asked():
            return _stopped(received)
        verdict = bring_up_to_date(warehouse, command="ingest", runner=runner)
        outputs = runner("outbox", lambda: answer(warehouse))
        close_moments(warehouse)
        return _outcome(warehouse, received, verdict, outputs, again=len(again))


def ingest_files(warehouse: Warehouse, files: Sequence[InboxFile], *, runner: Runner = plainly) -> list[Received]:
    """Take in every file whose bytes are new, each in a transaction of its own; gives what was taken in.

    Nothing here depends on another file, so their order changes nothing; a killed run leaves whole files only. A file
    that cannot be read, also when tried again, holds up no other.
    """
    known = received_hashes(warehouse)
    fresh, received = _new_ones(files, known, withdrawn_hashes(warehouse), runner)
    if not fresh:
        return received
    moments, read = open_moments(warehouse, list(fresh)), reader(warehouse)
    for number, (sha256, file) in enumerate(fresh.items(), start=1):
        if stopping.is_asked():
            break
        working_on("progress.reading", file=file.source_file)
        work = partial(_receive, warehouse, file, read, moments[sha256], known, received)
        try:
            runner(f"read {number:03} {sha256[:6]}", work)
        except UnreadError as error:
            received.append(_unread(file, error))
    return received


def _read_waiting(warehouse: Warehouse, runner: Runner) -> list[Received]:
    """Read again what waited for a layout or a contract, if these have changed; gives what could be read now."""
    taken: list[Received] = []
    files = waiting(warehouse)
    if not files:
        return taken
    read = reader(warehouse)
    for number, file in enumerate(files, start=1):
        working_on("progress.reading", file=file.source_file)
        runner(f"again {number:03} {file.sha256[:6]}", partial(_take_again, warehouse, file, read, taken))
    return taken


def _take_again(
    warehouse: Warehouse, file: Waiting, read: Callable[[InboxFile, bytes], ReadFile], taken: list[Received]
) -> None:
    if made := read_again(warehouse, file, read):
        taken.append(_in_numbers(made))


def _new_ones(
    files: Sequence[InboxFile], known: set[str], withdrawn: set[str], runner: Runner
) -> tuple[dict[str, InboxFile], list[Received]]:
    """SHA-256 → file, for bytes not received before, of equal files the one whose path comes first; and what is not
    received: the unread and the withdrawn.
    """
    fresh: dict[str, InboxFile] = {}
    left: list[Received] = []
    for number, file in enumerate(files, start=1):
        try:
            sha256 = _hashed(file, number, runner)
        except UnreadError as error:
            left.append(_unread(file, error))
            continue
        if sha256 in withdrawn:
            left.append(Received("", sha256, file.source_file, file.sender, WITHDRAWN, (), 0))
        if sha256 not in known:
            fresh[sha256] = min(fresh.get(sha256, file), file, key=lambda each: each.source_file)
    return fresh, left


def _hashed(file: InboxFile, number: int, runner: Runner) -> str:
    """The SHA-256 of a file; only one that cannot be read at once is a step of its own."""
    try:
        return sha256_of(file.content())
    except UnreadError:
        return runner(f"open {number:03}", lambda: sha256_of(file.content()))


def _unread(file: InboxFile, error: UnreadError) -> Received:
    state = GROWING if isinstance(error, GrowingError) else UNREAD
    return Received("", "", file.source_file, file.sender, state, (), 0, error.code)


def reader(warehouse: Warehouse) -> Callable[[InboxFile, bytes], ReadFile]:
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
    received: list[Received],
) -> None:
    """One delivered file; an archive is received after everything in it, so that a killed run opens it again."""
    content = file.content()
    keep(warehouse.workspace.evidence, content)
    for part in parts(read(file, content)):
        if part.sha256 not in known:
            insert_file(warehouse, part, moment)
            known.add(part.sha256)
            received.append(_in_numbers(part))


def parts(file: ReadFile) -> Iterator[ReadFile]:
    """A file with all that is in it, what is inside an archive first."""
    for inner in file.inner:
        yield from parts(inner)
    yield file


def _in_numbers(file: ReadFile) -> Received:
    kinds = tuple(sorted(kind for kind, facts in file.contents.facts.items() if facts.height))
    rows = sum(facts.height for facts in file.contents.facts.values())
    return Received(file.receipt_id, file.sha256, file.source_file, file.sender, file.state, kinds, rows)


def _stopped(received: Sequence[Received]) -> Outcome:
    """What was received is whole; the next run receives the rest, as of the same moment, and computes."""
    taken = [file for file in received if file.receipt_id]
    summary = {"file_count": len(taken), "row_count": sum(file.row_count for file in taken)}
    lines = [say("ingest.stopped", files=len(taken))]
    return Outcome("ingest", summary=summary, rows=[_row(file) for file in received], lines=lines)


def _outcome(
    warehouse: Warehouse, received: Sequence[Received], verdict: Verdict | None, outputs: Sequence[str], *, again: int
) -> Outcome:
    unread = [problem(file.reason, file.file) for file in received if file.state == UNREAD]
    growing = [file for file in received if file.state == GROWING]
    withdrawn = [file for file in received if file.state == WITHDRAWN]
    taken = [file for file in received if file.receipt_id]
    found = _findings_of(warehouse, [file.receipt_id for file in taken]) if taken else []
    counted = count_by_severity(finding["severity"] for finding in found)
    codes = {Exit.FINDINGS_OPEN} if counted["reject"] or counted["error"] else set()
    codes |= {Exit.UNREADABLE for file in received if file.state in ("unreadable", "refused", UNREAD)}
    codes |= {Exit.NOT_JUDGED} if taken and verdict and verdict.judgement.policy_gaps else set()
    summary = {"file_count": len(taken), "row_count": sum(file.row_count for file in taken)}
    problems = [told(finding) for finding in found if finding["severity"] in SEVERITIES[:2]]
    problems.sort(key=lambda each: each.code not in NAMED_ALWAYS)
    shown = max(SHOWN_FINDINGS, sum(each.code in NAMED_ALWAYS for each in problems))
    done = say("ingest.done", files=summary["file_count"], rows=summary["row_count"])
    lines = [done if taken else say("nothing_new")]
    if again:
        lines.append(say("ingest.read_again", count=again))
    if growing:
        lines.append(say("ingest.growing", files="、".join(file.file for file in growing)))
    if withdrawn:
        lines.append(say("ingest.withdrawn", count=len(withdrawn), sha6=withdrawn[0].sha256[:6]))
    return Outcome(
        "ingest",
        frozenset(codes),
        summary=summary,
        findings=counted if taken else {},
        outputs=outputs,
        problems=[*unread, *problems[:shown]],
        rows=[_row(file) for file in received],
        lines=lines,
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
    """Open findings on these files, on those that they return, and on the payment lists in them, worst first."""
    columns = ("rule_id", "severity", "source_file", "sheet", "row_no", "column_name", "sentence", "way_out")
    spoken = {"sentence": say("finding.sentence"), "way_out": say("finding.way_out")}
    names = ", ".join(spoken.get(column, column) for column in columns)
    found = warehouse.rows(
        "WITH files AS (SELECT receipt_id FROM received.receipts WHERE list_contains($files, receipt_id) "
        "UNION SELECT base_receipt_id FROM received.returned WHERE list_contains($files, receipt_id)) "
        f"SELECT {names} FROM judged.findings AS f WHERE status = 'open' AND (receipt_id IN (FROM files) "
        "OR receipt_id IS NULL AND batch_no IN "
        "(SELECT p.batch_no FROM matched.payments AS p WHERE p.receipt_id IN (FROM files))) "
        "ORDER BY list_position($worst_first, severity), rule_id, source_file, sheet, row_no, finding_id",
        {"files": list(receipt_ids), "worst_first": list(SEVERITIES)},
    )
    return [dict(zip(columns, row, strict=True)) for row in found]
