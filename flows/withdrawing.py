"""`withdraw`: a received file's rows are taken back out, or put back; what it had replaced is in force again.

Nothing is deleted (docs/decisions/0013): a withdrawal is one more fact. The word and the books as they are without the
file come about in one transaction, so a refusal or a killed run leaves both as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.closing import adjustment
from flows.edges.named_files import KnownFile, known_files, received_file, with_members
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.withdrawals import Word, note, rows_in_books, sealed_differences, withdrawn
from flows.edges.workspace import open_workspace
from flows.outcome import Outcome
from flows.problems import Exit, Refusal
from flows.settling import bring_up_to_date, settle
from flows.steps import Runner, plainly
from flows.words import say

Row = dict[str, Any]


def withdraw(root: Path, *, file: str, word: Word, runner: Runner = plainly) -> Outcome:
    """Take a file back, an archive with all that came in it, or put it back in force; bring everything up to date.

    Refused: 2 where no received file is meant, or several; 14 where sealed figures rest on it. Said once more: 0.
    """
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="withdraw") as warehouse:
        bring_up_to_date(warehouse, command="withdraw", runner=runner)
        meant = with_members(warehouse, received_file(warehouse, file))
        gone = withdrawn(warehouse)
        changed = [each for each in meant if (each.receipt_id in gone) != word.is_withdrawn]
        if not changed:
            return _as_it_was(warehouse, meant, word)
        before = rows_in_books(warehouse)
        settle(warehouse, command="withdraw", runner=runner, within=_said(warehouse, changed, word))
        return _outcome(warehouse, changed, word, before)


@contextmanager
def _said(warehouse: Warehouse, files: Sequence[KnownFile], word: Word) -> Iterator[None]:
    """Say it, let the books be made anew, and see that no sealed figure has moved. What is put back came later."""
    hashes = {each.sha256 for each in files} if word.is_withdrawn else set()
    before = sealed_differences(warehouse, hashes)
    note(warehouse, [each.receipt_id for each in files], word)
    yield
    moved = sealed_differences(warehouse, hashes) - before
    if moved:
        told = sorted(moved, key=lambda each: (each[0].budget_year, each[0].cutoff, each[1].table, each[1].key))
        raise Refusal(Exit.SEALED, [adjustment(at, each, "withdraw.sealed") for at, each in told])


def _as_it_was(warehouse: Warehouse, files: Sequence[KnownFile], word: Word) -> Outcome:
    phrase = "withdraw.before" if word.is_withdrawn else "withdraw.never"
    lines = [say(phrase, file=files[0].source_file, sha6=files[0].sha256[:6])]
    if not word.is_withdrawn and files[0].receipt_id not in rows_in_books(warehouse):
        lines = [say("withdraw.base_first", file=files[0].source_file)]
    rows = [_row(each, "unchanged", 0) for each in files]
    return Outcome("withdraw", summary={"file_count": 0, "row_count": 0}, rows=rows, lines=lines)


def _outcome(warehouse: Warehouse, changed: Sequence[KnownFile], word: Word, before: Mapping[str, int]) -> Outcome:
    after = rows_in_books(warehouse)
    moved = {each: after.get(each, 0) - before.get(each, 0) for each in before.keys() | after.keys()}
    named = {each.receipt_id for each in changed}
    along = before.keys() ^ after.keys()
    others = known_files(warehouse, _others(moved, named, along))
    state = "withdrawn" if word.is_withdrawn else "restored"
    rows = [_row(each, state, abs(moved.get(each.receipt_id, 0))) for each in changed]
    for each in others:
        count = moved[each.receipt_id]
        other = f"{state}_with_it" if each.receipt_id in along else "in_force_again" if count > 0 else "replaced_again"
        rows.append(_row(each, other, abs(count)))
    total = sum(row["row_count"] for row in rows if row["state"].startswith(state))
    done = say(f"withdraw.{state}", files=len(changed), rows=total, sha6=changed[0].sha256[:6])
    lines = [
        done,
        *(say(f"withdraw.{row['state']}", file=row["file"], rows=row["row_count"]) for row in rows[len(changed) :]),
    ]
    summary = {"file_count": len(changed), "row_count": total}
    return Outcome("withdraw", summary=summary, rows=rows, lines=lines)


def _others(moved: Mapping[str, int], named: Collection[str], along: Collection[str]) -> list[str]:
    """Files that nobody named and whose rows in the books are others now."""
    return [each for each, count in moved.items() if each not in named and (count or each in along)]


def _row(file: KnownFile, state: str, row_count: int) -> Row:
    return {
        "file": file.source_file,
        "sha256": file.sha256,
        "sender": file.sender,
        "state": state,
        "kinds": [],
        "row_count": row_count,
    }
