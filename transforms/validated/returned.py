"""What a workbook that came back says besides its rows: whose it was, which row is which, how findings were handled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from transforms.parsed.cells import Sheet
from transforms.parsed.marks import FileMark, Token, answers, first_of_each, is_list, unmarked
from transforms.parsed.recognised import Recognition, Table
from transforms.validated.draft import Reading, row_ids
from transforms.validated.typed_pieces import TypedPiece

RETURNED: Mapping[str, Mapping[str, Any]] = {
    "received.returned": dict.fromkeys(("receipt_id", "base_receipt_id", "context_file", "city_code"), pl.String),
    "received.returned_sheets": dict.fromkeys(("receipt_id", "sheet", "base_sheet", "city_code"), pl.String),
    "received.answers": dict.fromkeys(
        ("receipt_id", "finding_id", "handling", "note", "root_row_id", "city_code"), pl.String
    ),
    "validated.tokens": dict.fromkeys(("row_id", "receipt_id", "root_row_id", "city_code"), pl.String),
}


def plain_sheets(
    sheets: Sequence[Sheet], mark: FileMark | None, reading: Reading
) -> tuple[list[Sheet], list[Mapping[int, Token]]]:
    """The data sheets without their marks, and the tokens of each by row number. Our own list is none of them."""
    rules = reading.words.rules
    names = {sheet.name for sheet in sheets}
    pairs = [unmarked(sheet, mark, rules, names) for sheet in sheets if not is_list(sheet, rules)]
    return [sheet for sheet, _ in pairs], [tokens for _, tokens in pairs]


def with_tokens(seen: Sequence[Recognition], tokens: Sequence[Mapping[int, Token]]) -> list[Recognition]:
    """The recognised tables, each row with its token; of rows that bear one token, the first in the file."""
    known: set[str] = set()
    made = []
    for each, named in zip(seen, tokens, strict=True):
        tables = [
            replace(table, tokens=first_of_each(map(named.get, table.row_nos.to_list()), known)) if named else table
            for table in each.tables
        ]
        made.append(replace(each, tables=tuple(tables)))
    return made


def returned(
    mark: FileMark | None,
    sheets: Sequence[Sheet],
    tables: Sequence[Table],
    whole: Sequence[TypedPiece],
    reading: Reading,
) -> dict[str, pl.DataFrame]:
    """The rows of the tables in RETURNED, by address; nothing for a file that never went back."""
    tokens = [token for table in tables for token in table.tokens if token]
    if not mark and not tokens:
        return {}
    same = {"receipt_id": reading.receipt_id, "city_code": reading.city_code}
    base = mark or FileMark(tokens[0].receipt_id, "", reading.source_file)
    rules = reading.words.rules
    rows: dict[str, list[dict[str, Any]]] = {
        "received.returned": [{"base_receipt_id": base.receipt_id, "context_file": base.context_file}],
        "received.returned_sheets": [{"sheet": table.sheet, "base_sheet": table.told_sheet} for table in tables],
        "received.answers": [vars(said) for sheet in sheets if is_list(sheet, rules) for said in answers(sheet, rules)],
        "validated.tokens": [
            {"row_id": row_id, "root_row_id": token.root_row_id}
            for piece in whole
            for row_id, token in zip(row_ids(piece.table, reading), piece.table.tokens, strict=False)
            if token
        ],
    }
    return {
        address: pl.DataFrame([row | same for row in rows[address]], schema=dict(schema))
        for address, schema in RETURNED.items()
    }
