"""The page of a flow run: what came, what was returned, what is open, where the files are, what to do next.

Everything an operator needs who sees nothing but the server's page. A message may be read there, a person may not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flows.outcome import SEVERITIES, Outcome
from flows.page_tables import Seen, Table, Words, look, page_words, tables_of
from flows.problems import Exit, Problem
from flows.words import speaking

ROWS_IN_NOTE = 20


@dataclass(frozen=True)
class Page:
    """What is left of a run on the server: one sentence, a note in markdown, the full tables."""

    summary: str
    note: str
    tables: tuple[Table, ...]


def page_of(root: Path, outcome: Outcome, *, tried_again: Sequence[str] = ()) -> Page:
    """The page of a run that ended with this outcome, in Chinese whatever the command speaks."""
    words = page_words()
    with speaking("zh"):
        seen = look(root, outcome)
    tables = tuple(tables_of(seen, words))
    told = [seen.text(line) for line in outcome.lines]
    ours = [each for each in outcome.problems if not _is_finding(each)]
    summary = " ".join(told[:1]) or "；".join(seen.text(each.message) for each in ours) or words["none"]
    parts = [_section(words, "told", [*told, *_reasons(ours, seen)])]
    if seen.statuses is not None:
        parts.append(_counts(seen, words))
    parts += [_in_note(table, words) for table in tables]
    parts += [_section(words, "retried", [f"`{step}`" for step in tried_again])] if tried_again else []
    parts.append(_section(words, "next", _next_steps(seen, words)))
    return Page(summary, "\n\n".join(part for part in parts if part), tables)


def _is_finding(said: Problem) -> bool:
    """Findings are told by their tables; what is left are the reasons of the command itself."""
    return said.code[:1].isupper()


def _reasons(ours: Sequence[Problem], seen: Seen) -> list[str]:
    """Each kind of reason once, with its way out: where it stands is for the command to say."""
    counted: dict[str, list[Problem]] = {}
    for each in ours:
        counted.setdefault(each.code, []).append(each)
    told = []
    for first, *others in counted.values():
        more = page_words()["same"].format(count=1 + len(others)) if others else ""
        told.append(f"{seen.text(first.message)}{more}  \n  {seen.text(first.way_out)}")
    return told


def _counts(seen: Seen, words: Words) -> str:
    levels = dict.fromkeys(SEVERITIES, 0)
    for row in seen.open:
        levels[row["severity"]] += row["finding_count"]
    statuses = {status: (seen.statuses or {}).get(status, 0) for status in ("open", "corrected", "waived")}
    said: str = words["counts"].format(**levels, **statuses)
    return said


def _in_note(table: Table, words: Words) -> str:
    """As much of a table as a note takes; what is to be read in sentences stands as sentences."""
    rows, left = table.rows[:ROWS_IN_NOTE], len(table.rows) - ROWS_IN_NOTE
    more = f"\n\n{words['shown_below'].format(left=left, title=table.title)}" if left > 0 else ""
    lines = _as_sentences(rows, words) if table.key == "returned" else _as_table(rows)
    return f"### {table.title}\n\n" + "\n".join(lines) + more


def _as_table(rows: Sequence[Mapping[str, object]]) -> list[str]:
    heads = list(rows[0])
    lines = [f"| {' | '.join(_cell(row[head]) for head in heads)} |" for row in rows]
    return [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *lines]


def _as_sentences(rows: Sequence[Mapping[str, object]], words: Words) -> list[str]:
    heads = words["columns"]["returned"]
    cells = [{name: _cell(row[head]) for name, head in heads.items()} for row in rows]
    return [f"- {words['returned_line'].format(**each)}" for each in cells]


def _cell(value: object) -> str:
    """A value inside a markdown table; what came from a file name or a cell must not write markdown."""
    text = " ".join(str(value).split())
    return "".join(f"\\{char}" if char in "\\|`*_[]<>#" else char for char in text)


def _section(words: Words, key: str, lines: Sequence[str]) -> str:
    return f"### {words['headings'][key]}\n\n" + "\n".join(f"- {line}" for line in lines) if lines else ""


def _next_steps(seen: Seen, words: Words) -> list[str]:
    rows, outcome = seen.outcome.rows, seen.outcome
    is_refused = outcome.exit_code in (Exit.USAGE, Exit.SEALED, Exit.IN_USE, Exit.REFUSED)
    must = any(row["severity"] in ("reject", "error") for row in seen.open)
    holds = {
        "unread": any(row.get("state") == "unread" for row in rows),
        "refused": is_refused,
        "returned": any(PurePosixPath(path).name.startswith(words["returned_prefix"]) for path in outcome.outputs),
        "open": bool(seen.open),
        "clear": seen.statuses is not None and not must and not is_refused,
    }
    return [said for key, said in words["next_steps"].items() if holds[key]]
