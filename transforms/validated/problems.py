"""What could not be read, as rows of `validated.problems`. The sentences are in expectations/rules/S_*.yaml.

`args`, by rule:

| rule | severity | args |
|---|---|---|
| S.type | reject if the column is required, else error | column header, value as read, what it is not (金额, 日期, …) |
| S.lost_digits | the same | column header, value as read, 文本格式，末几位已丢失 |
| S.enum | as the column says (fund_source, aid_category: reject) | column header, value as read, what it should name |
| S.missing_value | reject; error for columns marked (e) | column header, '', the column's name in the contract |
| S.ambiguous_kind | reject | cells seen, one kind, the other |
| S.missing_column | reject: no row enters; error for (e): rows stay | kind's title, missing header, headers seen |
| S.unknown_kind | reject; info for a sheet without table beside one | cells seen, nearest kind, what it lacks |
| S.unknown_column | info | headers, kind's title |
| S.hidden_sheet | info | name of the sheet, which is not read |
| S.unreadable | reject | file, reason |
| S.refused_format | reject | file, what to do instead |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from transforms.parsed.recognised import SheetProblem, Table
from transforms.validated.draft import Failure, Reading, row_ids
from transforms.validated.typed_pieces import TypedPiece

PROBLEMS: Mapping[str, Any] = {
    "problem_id": pl.String, "receipt_id": pl.String, "row_id": pl.String, "city_code": pl.String, "kind": pl.String,
    "sheet": pl.String, "row_no": pl.Int32, "column_name": pl.String, "field": pl.String, "value_text": pl.String,
    "rule_id": pl.String, "severity": pl.String, "args": pl.List(pl.String),
}  # fmt: skip
_PART = "\x1f"

Problem = dict[str, Any]


def cell_problems(pieces: Sequence[TypedPiece], key: Callable[[int], str], reading: Reading) -> list[Problem]:
    """One problem per failing cell, in the order of rows. The id is made of the rule, the fact and the field.

    `key`: the fact key of the n-th row of all pieces.
    """
    found: list[Problem] = []
    start = 0
    for piece in pieces:
        ids, row_nos = row_ids(piece.table, reading), piece.table.row_nos
        for failure in sorted(piece.failures, key=lambda failure: (failure.place, failure.field)):
            subject = (failure.rule_id, key(start + failure.place), failure.field)
            place = {"row_id": ids[failure.place], "row_no": row_nos[failure.place]}
            found.append(_cell_problem(failure, piece.table, reading, subject) | place)
        start += piece.height
    return found


def _cell_problem(failure: Failure, table: Table, reading: Reading, subject: tuple[str, ...]) -> Problem:
    return {
        "subject": subject,
        "receipt_id": reading.receipt_id,
        "city_code": reading.city_code,
        "kind": table.kind,
        "sheet": table.sheet,
        "column_name": failure.column_name,
        "field": failure.field,
        "value_text": failure.value_text,
        "rule_id": failure.rule_id,
        "severity": failure.severity,
        "args": list(failure.args),
    }


def sheet_problem(problem: SheetProblem, reading: Reading) -> Problem:
    """A problem of a whole sheet or file: its subject is that place, for no fact came out of it."""
    return {
        "subject": (problem.rule_id, reading.source_file, problem.sheet, problem.kind, problem.field or ""),
        "receipt_id": reading.receipt_id,
        "row_id": None,
        "city_code": reading.city_code,
        "kind": problem.kind,
        "sheet": problem.sheet,
        "row_no": problem.row_no,
        "column_name": problem.column_name,
        "field": problem.field,
        "value_text": None,
        "rule_id": problem.rule_id,
        "severity": problem.severity,
        "args": list(problem.args),
    }


def problems(found: Iterable[Problem], reading: Reading) -> pl.DataFrame:
    """Problems with their ids: of the file, the rule, the fact and the field; what agrees in these has a count.

    The same fault in two files is two problems, of which the newer file mends one or neither.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    rows = []
    for problem in found:
        subject = problem["subject"]
        counts[subject] += 1
        text = _PART.join((reading.receipt_id, *subject, str(counts[subject]) if counts[subject] > 1 else ""))
        rows.append({**problem, "problem_id": reading.keys.of(text)})
    return pl.DataFrame([{name: row[name] for name in PROBLEMS} for row in rows], schema=PROBLEMS)
