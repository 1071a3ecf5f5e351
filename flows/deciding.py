"""`decide`: people's decisions on open items, in a filled 对账待办. Received like any other file, its rows decide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from flows.edges.published import open_published
from flows.edges.workspace import open_workspace
from flows.ingesting import ingest
from flows.outcome import Outcome
from flows.steps import Runner, plainly
from flows.words import say

_SAID = """
SELECT DISTINCT bank_line_id, payment_id, choice, decided_on, void_code, source_file AS file, sheet, row_no
FROM checks.choices
WHERE list_contains($files, sha256)
ORDER BY ALL
"""


def decide(root: Path, *, file: Path, runner: Runner = plainly) -> Outcome:
    """Take in the workbook and bring everything up to date; says which choices hold. Codes as for `ingest`."""
    received = ingest(root, paths=[file], runner=runner)
    files = [row["sha256"] for row in received.rows if row["sha256"]]
    with open_published(open_workspace(root)) as published:
        said = published.rows(_SAID, {"files": files})
    places = {(row["file"], row["sheet"], row["row_no"]): row["void_code"] is None for row in said}
    summary: dict[str, Any] = {"said": len(places), "holds": sum(places.values())}
    summary["void"] = summary["said"] - summary["holds"]
    if not received.summary["file_count"]:
        line = say("decide.before")
    else:
        line = say("decide.done", **summary) if said else say("decide.nothing")
    return replace(received, command="decide", summary={**received.summary, **summary}, rows=said, lines=[line])
