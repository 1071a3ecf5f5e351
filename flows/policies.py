"""`policy show` and `policy check`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flows.edges.policy import Row, load_policy
from flows.edges.workspace import open_workspace
from flows.outcome import Outcome
from flows.words import say


def show_policy(root: Path, *, on: date | None = None) -> Outcome:
    """The parameters that apply on a day, or all with their dates. Refused (2) when a policy file is wrong."""
    rows = _applying(root, on)
    return Outcome("policy", summary={"on": on}, rows=rows, lines=[_line(row) for row in rows])


def check_policy(root: Path, *, on: date | None = None) -> Outcome:
    """Whether the settings and policy files can be used, and what nobody has confirmed yet."""
    rows = [row for row in _applying(root, on) if not row["is_confirmed"]]
    lines = [*(_line(row) for row in rows), say("policy.valid", unconfirmed=len(rows))]
    return Outcome("policy", summary={"on": on, "unconfirmed": len(rows)}, rows=rows, lines=lines)


def _applying(root: Path, on: date | None) -> list[Row]:
    rows = load_policy(open_workspace(root)).tables["policy.parameters"]
    return [row for row in rows if on is None or row["applies_from"] <= on < row["applies_to"]]


def _line(row: Row) -> str:
    value = row["text"] if row["number"] is None else f"{row['number'].normalize():f}"
    confirmed = "" if row["is_confirmed"] else say("policy.unconfirmed")
    span = say("policy.span", since=row["applies_from"])
    if row["applies_to"] < date(9999, 12, 31):
        span = say("policy.span_ended", since=row["applies_from"], until=row["applies_to"])
    return f"{row['parameter']} = {value} {row['unit'] or ''}  {span}{confirmed}  {row['reference']}"
