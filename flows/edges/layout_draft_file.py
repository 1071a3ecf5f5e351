"""A drafted layout as a file for people: every key of it with what to check, in Chinese; never over another file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import yaml

from flows.edges.files import write_whole
from flows.edges.layout_draft import Draft
from flows.edges.layouts import SHIPPED
from flows.edges.outbox import file_name
from flows.edges.workspace import Workspace
from flows.problems import Exit, refuse

_DIGITS = re.compile(r"[\d\-_.~—至年月日号()（）\s]+")


def name_for(file: str, asked: str | None, words: Mapping[str, Any]) -> str:
    """The layout's name: as asked, else what the file is called, without dates, months and account numbers."""
    if asked is not None:
        if not asked or file_name(asked) != asked or asked.startswith("."):
            raise refuse(Exit.USAGE, "usage.layout_name", value=asked)
        return asked
    stem = file_name(_DIGITS.sub(" ", PurePosixPath(file).stem))
    return "_".join(stem.replace("_", " ").split()) or words["fallback_name"]


def free_name(workspace: Workspace, name: str) -> str:
    """The name, if no layout has it. Refused (2) otherwise: what people may have confirmed is never overwritten."""
    for path in (workspace.layouts / f"{name}.yaml", SHIPPED / f"{name}.yaml"):
        if path.exists():
            raise refuse(Exit.USAGE, "usage.layout_exists", value=name)
    return name


def write_draft(workspace: Workspace, name: str, draft: Draft, words: Mapping[str, Any]) -> str:
    """Write the draft; its path relative to the workspace."""
    path = workspace.layouts / f"{name}.yaml"
    write_whole(path, "\n".join(_lines(draft, words)).encode() + b"\n")
    return workspace.relative(path)


def told(draft: Draft, words: Mapping[str, Any]) -> dict[str, str]:
    """What was found out, in words: how the sides are told apart, balances, totals, the own account."""
    columns = {name: headings[0] for name, headings in draft.entry["columns"].items()}
    said, balances = words["said"], draft.balances
    order = said["newest_first" if balances.newest_first else "oldest_first"]
    if balances.of == 0:
        running = said["balances_none"]
    else:
        form = said["balances_hold" if balances.hold else "balances_broken"]
        running = form.format(of=balances.of, broken=balances.of - balances.good, order=order)
    return {
        "direction": words["directions"][draft.entry["direction"]].format(**columns),
        "balances": running, "totals": _totals(draft, said), "account": _account(draft, columns, words["accounts"]),
    }  # fmt: skip


def _totals(draft: Draft, said: Mapping[str, Any]) -> str:
    if not draft.totals:
        return str(said["totals_none"])
    fields = "、".join(f"{said['total_fields'][name]} {stated}" for name, (stated, _) in draft.totals.items())
    agree = all(stated == listed for stated, listed in draft.totals.values())
    return str(said["totals_agree" if agree else "totals_differ"]).format(fields=fields)


def _account(draft: Draft, columns: Mapping[str, str], said: Mapping[str, str]) -> str:
    heading = columns.get("account_no") or columns.get("payer_account_no")
    if heading:
        return said["column"].format(heading=heading)
    keys = draft.proposal.above.get("account_no", ())
    return said["above"].format(keys="、".join(keys)) if keys else said["none"]


def _lines(draft: Draft, words: Mapping[str, Any]) -> Iterator[str]:
    entry, notes = draft.entry, words["notes"]
    yield words["head"].format(file=entry["drafted_from"], **told(draft, words)).rstrip()
    for key, value in entry.items():
        if key == "columns":
            yield f"columns: {notes['columns']}"
            for name, headings in value.items():
                mark = f" {notes['guessed']}" if name in draft.proposal.guessed else ""
                yield f"  {name}: {_flow(headings)}{mark}"
        elif isinstance(value, Mapping):
            yield f"{key}:{_noted(key, notes)}"
            yield from (f"  {_flow(name)}: {_flow(each)}" for name, each in value.items())
        else:
            yield f"{key}: {_flow(value)}{_noted(key, notes)}"


def _noted(key: str, notes: Mapping[str, str]) -> str:
    return f" {notes[key]}" if key in notes else ""


def _flow(value: str | bool | Sequence[str] | Mapping[str, Any]) -> str:
    """A value on one line."""
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")
