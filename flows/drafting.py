"""`layout draft`: propose a layout for a bank that no layout knows, and show how the file reads with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.edges.documents import document_words
from flows.edges.inbox import list_inbox
from flows.edges.layout_draft import Draft, draft_of
from flows.edges.layout_draft_file import free_name, name_for, told, write_draft
from flows.edges.workspace import open_workspace
from flows.outcome import Outcome
from flows.problems import Exit, Problem, problem, refuse
from flows.words import say

Table = Callable[[Sequence[str], Sequence[Sequence[Any]]], str]
_WORDS = "layout_draft"


def draft_layout(root: Path, *, file: Path, name: str | None = None, table: Table) -> Outcome:
    """Write `layouts/<name>.yaml` for a person to confirm; used by nothing before that. Nothing else is changed.

    Refused with 2 for a name that is taken or cannot be one, with 11 for what is no table of days and amounts.
    `table`: names and rows → text.
    """
    workspace = open_workspace(root)
    words = document_words(workspace, _WORDS)
    if not file.is_file():
        raise refuse(Exit.USAGE, "usage.no_path", value=file)
    new = free_name(workspace, name_for(file.name, name, words))
    [delivered] = list_inbox(workspace.inbox, [file])
    draft = draft_of(workspace, delivered.content(), file.name, new, words)
    written = write_draft(workspace, new, draft, words)
    return Outcome(
        "layout",
        summary=_summary(draft, new),
        outputs=[written],
        problems=list(_doubts(draft, file.name)),
        rows=[_row(row) for row in draft.rows[: words["shown_rows"]]],
        lines=list(_told(draft, new, words, table)),
    )


def _summary(draft: Draft, name: str) -> dict[str, Any]:
    balances = draft.balances
    return {
        "layout": name, "confirmed": False, "direction": draft.entry["direction"], "row_count": len(draft.rows),
        "header_row_no": draft.proposal.header_place + 1, "balance_count": balances.of,
        "balance_good_count": balances.good, "balances_hold": balances.hold, "newest_first": balances.newest_first,
        "totals": {field: {"stated": stated, "listed": listed} for field, (stated, listed) in draft.totals.items()},
        "unread_count": len(draft.unread), "read_by": draft.read_by or None,
    }  # fmt: skip


def _doubts(draft: Draft, file: str) -> Iterator[Problem]:
    """What speaks against the draft, told before anybody confirms it."""
    balances = draft.balances
    if balances.of and not balances.hold:
        yield problem("layout.balances", file, broken=balances.of - balances.good, of=balances.of)
    if any(stated != listed for stated, listed in draft.totals.values()):
        yield problem("layout.totals", file)
    if draft.unread:
        yield problem("layout.unread", file, count=len(draft.unread), first=" ".join(draft.unread[0]["args"][:2]))


def _told(draft: Draft, name: str, words: Mapping[str, Any], table: Table) -> Iterator[str]:
    said = told(draft, words)
    yield say("layout.header", row=draft.proposal.header_place + 1, rows=len(draft.rows), direction=said["direction"])
    columns, sides = words["table"], words["sides_zh"]
    shown = [[_cell(row, name, sides) for name, _ in columns] for row in draft.rows[: words["shown_rows"]]]
    yield table([label for _, label in columns], shown)
    yield say("layout.balances", said=said["balances"])
    yield say("layout.totals", said=said["totals"])
    yield say("layout.account", said=said["account"])
    if draft.read_by:
        yield say("layout.read_by", layout=draft.read_by)
    yield say("layout.next", layout=name)


def _cell(row: Mapping[str, Any], name: str, sides: Mapping[str, str]) -> str:
    value = row[name]
    if name == "direction":
        return sides.get(value, "")
    return "" if value is None else str(value)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    left_out = ("row_id", "receipt_id", "city_code", "occurrence")
    return {name: value for name, value in row.items() if name not in left_out and not name.endswith("_key")}
