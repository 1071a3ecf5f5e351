"""An unknown bank's file → a proposed layout and what the reader itself makes of the file with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from expectations.contracts import load_contracts
from flows.edges.layouts import layout_of, load_layouts
from flows.edges.lexicon import load_enums
from flows.edges.reading import ReadFile, read_file
from flows.edges.workspace import Workspace
from flows.problems import Exit, refuse
from transforms.columns import Layout, Vocabulary
from transforms.parsed.cells import Sheet
from transforms.parsed.delimited import delimited, unwrapped
from transforms.parsed.drafted import Grid, Known, Proposal, proposed
from transforms.parsed.drafted_money import Balances, running
from transforms.parsed.magic import file_type
from transforms.parsed.workbook import WorkbookError, workbook
from transforms.words import joined, squeezed, tidy

STATEMENTS = "bank_statements"
_SAMPLE_ROWS = 1000
_TOTALS = ("in_yuan", "out_yuan", "in_count", "out_count", "line_count")
Row = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A proposal, tried. `rows`: every line as the reader understands it; `totals`: field → (stated, of the lines);
    `unread`: cells that could not be read; `read_by`: the layout in use that reads this file already, else ''.
    """

    entry: Mapping[str, Any]
    proposal: Proposal
    rows: Sequence[Row]
    balances: Balances
    totals: Mapping[str, tuple[str, str]]
    unread: Sequence[Row]
    read_by: str


def draft_of(workspace: Workspace, content: bytes, file: str, name: str, words: Mapping[str, Any]) -> Draft:
    """Propose a layout `name` for a file. Refused (11) for what is no table, or none of days and amounts."""
    layouts, enums = load_layouts(workspace.root), load_enums(workspace.root)
    known = _known(layouts, enums, words)
    found = [proposal for grid in _grids(content, file) if (proposal := proposed(grid, known))]
    if not found:
        raise refuse(Exit.UNREADABLE, "layout.no_table", file)
    best = max(found, key=lambda proposal: (proposal.balances.good, len(proposal.columns)))
    entry = _entry(best, name, file, words)
    made = _read(workspace, content, file, [layout_of(entry)], enums)
    rows = made.validated.get(STATEMENTS)
    lines = rows.to_dicts() if rows is not None else []
    unread = [row for row in made.problems.to_dicts() if row["severity"] in ("reject", "error")]
    by = _read(workspace, content, file, layouts, enums).sheets["layout"].drop_nulls().to_list()
    return Draft(entry, best, lines, _balances(lines), _compared(made, lines), unread, by[0] if by else "")


def _grids(content: bytes, file: str) -> list[Grid]:
    """The first rows of every visible sheet, as text."""
    kind = file_type(content)
    if kind not in ("workbook", "text"):
        raise refuse(Exit.UNREADABLE, "layout.no_text", file)
    try:
        sheets: list[Sheet] = workbook(content) if kind == "workbook" else [delimited(content)]
    except (WorkbookError, ValueError) as error:
        raise refuse(Exit.UNREADABLE, "layout.unreadable", file, detail=str(error)) from error
    shown = [unwrapped(sheet) for sheet in sheets if not sheet.is_hidden]
    return [[[tidy(cell.text) for cell in row.cells] for row in sheet.head(_SAMPLE_ROWS)] for sheet in shown]


def _known(layouts: Sequence[Layout], enums: Vocabulary, words: Mapping[str, Any]) -> Known:
    """What all statement layouts together know, and the words of the draft."""
    own = [layout for layout in layouts if layout.kind == STATEMENTS]
    headers: dict[str, set[str]] = {}
    keys = {name: set(map(squeezed, said)) for name, said in words["keys"].items()}
    total_keys, rows = dict[str, str](), set(map(squeezed, words["sum_rows"]))
    flags = {**words["flags"], **enums.domains["direction"].words}
    for layout in own:
        for name, texts in {**layout.columns, "memo": layout.memo, "ignored": layout.ignored}.items():
            headers.setdefault(name, set()).update(map(squeezed, texts))
        for name, texts in layout.above.items():
            keys.setdefault(name, set()).update(map(squeezed, texts))
        flags |= layout.words
        if layout.totals:
            total_keys |= layout.totals.keys
            rows |= layout.totals.rows
    return Known(
        {name: frozenset(texts) for name, texts in headers.items()}, _tuples(words["hints"]), _tuples(words["unlike"]),
        flags, {name: frozenset(texts) for name, texts in keys.items()}, total_keys, frozenset(rows),
        _tuples(words["sides"]), enums.rules.header_rows,
    )  # fmt: skip


def _tuples(lists: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(texts) for name, texts in lists.items()}


def _entry(proposal: Proposal, name: str, file: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """The layout file as a mapping, in the order in which it is written."""
    needed = ("transacted_on", "booked_on", "direction_text", "in_yuan", "out_yuan", "amount_yuan", "balance_yuan")
    columns = {column: [heading] for column, heading in proposal.columns.items()}
    entry: dict[str, Any] = {
        "layout": name, "kind": STATEMENTS, "title_zh": name, "reference": file, "drafted_from": file,
        "confirmed": False, "channel": "bank", "columns": columns,
    }  # fmt: skip
    if proposal.split:
        heading, sign = proposal.split
        columns["counterparty_text"] = [heading]
        both = ["counterparty_account_no", "counterparty_name"]
        entry["split"] = {"counterparty_text": {"into": both, "by": sign}}
    above = {key: [*proposal.above.get(key, ()), *usual] for key, usual in words["keys"].items()}
    entry |= {
        "memo": list(proposal.memo), "required": [each for each in needed if each in columns],
        "direction": proposal.direction, "words": {joined(word): code for word, code in proposal.words.items()},
        "ignored": list(proposal.ignored), "above": {key: list(dict.fromkeys(texts)) for key, texts in above.items()},
        "totals": dict(proposal.totals),
    }  # fmt: skip
    return {key: value for key, value in entry.items() if value not in ([], {})}


def _read(workspace: Workspace, content: bytes, file: str, layouts: Sequence[Layout], enums: Vocabulary) -> ReadFile:
    """As `ingest` would read it, as a statement and nothing else."""
    return read_file(
        content=content, source_file=file, sender="", layouts=[each for each in layouts if each.kind == STATEMENTS],
        contracts={STATEMENTS: load_contracts()[STATEMENTS]}, enums=enums,
        household_key=workspace.household_key(), city_code=workspace.settings.region,
    )  # fmt: skip


def _balances(rows: Sequence[Row]) -> Balances:
    lines = [
        (row["account_no"] or "", _signed(row), None if row["balance_yuan"] is None else Decimal(row["balance_yuan"]))
        for row in rows
    ]
    return running(lines)


def _signed(row: Row) -> Decimal | None:
    if row["amount_yuan"] is None or row["direction"] is None:
        return None
    return Decimal(row["amount_yuan"]) if row["direction"] == "in" else -Decimal(row["amount_yuan"])


def _compared(made: ReadFile, rows: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """What the file states, beside what its lines add up to; nothing when it states nothing, or for several sheets."""
    stated = made.control_totals.to_dicts()
    if len(stated) != 1:
        return {}
    listed: dict[str, Any] = {"line_count": len(rows)}
    for side in ("in", "out"):
        amounts = [Decimal(row["amount_yuan"]) for row in rows if row["direction"] == side and row["amount_yuan"]]
        listed |= {f"{side}_count": len(amounts), f"{side}_yuan": f"{sum(amounts, Decimal()):.2f}"}
    return {name: (str(stated[0][name]), str(listed[name])) for name in _TOTALS if stated[0][name] is not None}
