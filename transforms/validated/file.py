"""The sheets of one file → its typed rows, versions, problems: everything that intake inserts, in one pure function."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import polars as pl

from transforms.parsed.cells import Sheet
from transforms.parsed.context import Place
from transforms.parsed.headers import Shape
from transforms.parsed.marks import FileMark, is_list
from transforms.parsed.periods import stated_period
from transforms.parsed.recognised import Recognition, SheetProblem, Table, recognised
from transforms.pieces import Pieces, spans
from transforms.validated.bank_statements import named_account
from transforms.validated.control_totals import CONTROL_TOTALS, control_totals
from transforms.validated.draft import Reading, row_ids
from transforms.validated.problems import PROBLEMS, Problem, cell_problems, problems, sheet_problem
from transforms.validated.returned import plain_sheets, returned, with_tokens
from transforms.validated.typed_pieces import STATEMENTS, TypedPiece, typed_pieces
from transforms.validated.versions import Facts, facts

_NO_KIND = ("S.unknown_kind", "S.ambiguous_kind")
CELL_BREAK = "\x1f"  # between the cells of a row in raw.rows
SHEETS: Mapping[str, Any] = {
    "receipt_id": pl.String, "sheet": pl.String, "kind": pl.String, "layout": pl.String, "header_row_no": pl.Int32,
    "row_count": pl.Int64, "taken_from": pl.String, "unknown_columns": pl.List(pl.String), "left_out": pl.String,
    "runner_up": pl.String, "city_code": pl.String,
}  # fmt: skip
RAW_ROWS: Mapping[str, Any] = {
    "row_id": pl.String, "receipt_id": pl.String, "source_file": pl.String, "sheet": pl.String, "row_no": pl.Int32,
    "kind": pl.String, "cells": pl.String, "city_code": pl.String,
}  # fmt: skip
PERIODS: Mapping[str, Any] = {
    "receipt_id": pl.String, "sheet": pl.String, "account_key": pl.String, "account_text": pl.String,
    "starts_on": pl.Date, "ends_on": pl.Date, "city_code": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Contents:
    """What a file holds, as the rows of received.*, raw.rows and validated.*: what is long comes in pieces."""

    sheets: pl.DataFrame
    raw_rows: Pieces
    facts: Mapping[str, Facts]  # by kind
    problems: pl.DataFrame
    statement_periods: pl.DataFrame
    control_totals: pl.DataFrame
    further: Mapping[str, pl.DataFrame] = field(default_factory=dict)  # of a returned workbook, a document; by address


def contents(
    sheets: Sequence[Sheet], every: Sequence[Shape], place: Place, reading: Reading, mark: FileMark | None = None
) -> Contents:
    """Recognise and type all sheets of a file. Grains as in docs/architecture.md; rows in file order."""
    visible, tokens = plain_sheets([sheet for sheet in sheets if not sheet.is_hidden], mark, reading)
    seen = with_tokens([recognised(sheet, every, place, reading.words) for sheet in visible], tokens)
    pairs = [(sheet, table) for sheet, each in zip(visible, seen, strict=True) for table in each.tables]
    whole = [(table, typed_pieces(table, reading)) for each in seen if each.is_complete for table in each.tables]
    every_piece = [piece for _, pieces in whole for piece in pieces]
    data = [sheet for sheet in sheets if not is_list(sheet, reading.words.rules)]
    found = [sheet_problem(problem, reading) for problem in _sheet_problems(data, seen)]
    made, typed_problems = _by_kind(every_piece, reading)
    return Contents(
        sheets=pl.DataFrame([_sheet_row(sheet, table, reading) for sheet, table in pairs], schema=SHEETS),
        raw_rows=_raw_rows(pairs, reading),
        facts=made,
        problems=problems([*found, *typed_problems], reading),
        statement_periods=pl.DataFrame(
            [
                row
                for table, pieces in whole
                if table.kind == STATEMENTS
                for row in _periods(table, pieces, place, reading)
            ],
            schema=PERIODS,
        ),
        control_totals=pl.DataFrame(
            [
                row
                for sheet, table in pairs
                if table.kind == STATEMENTS
                for row in control_totals(sheet, table, reading)
            ],
            schema=CONTROL_TOTALS,
        ),
        further=returned(mark, sheets, [table for _, table in pairs], every_piece, reading),
    )


def nothing(problem: SheetProblem | None, reading: Reading) -> Contents:
    """The contents of a file that holds no rows, with the problem that says why, if it is one."""
    rows = [sheet_problem(problem, reading)] if problem else []
    return Contents(
        pl.DataFrame(schema=SHEETS), Pieces(RAW_ROWS, 0), {},
        problems(rows, reading), pl.DataFrame(schema=PERIODS), pl.DataFrame(schema=CONTROL_TOTALS),
    )  # fmt: skip


def _by_kind(every: Sequence[TypedPiece], reading: Reading) -> tuple[dict[str, Facts], list[Problem]]:
    """The tables of a kind are one: equal rows of two sheets are counted together."""
    made: dict[str, Facts] = {}
    found: list[Problem] = []
    for kind in dict.fromkeys(piece.table.kind for piece in every):
        same = [piece for piece in every if piece.table.kind == kind]
        made[kind] = facts(same)
        found += cell_problems(same, made[kind].key, reading)
    return made, found


def _sheet_problems(sheets: Sequence[Sheet], seen: Sequence[Recognition]) -> list[SheetProblem]:
    """The problems of whole sheets. Beside a recognised table, a sheet without any header is a remark, no fault."""
    any_table = any(each.tables for each in seen)
    found = [
        SheetProblem("S.hidden_sheet", "info", "", sheet.name, (sheet.name,)) for sheet in sheets if sheet.is_hidden
    ]
    for problem in (problem for each in seen for problem in each.problems):
        is_remark = problem.rule_id == "S.unknown_kind" and any_table and not problem.args[1]
        found.append(SheetProblem(**{**vars(problem), "severity": "info"}) if is_remark else problem)
    if not any_table and not any(problem.rule_id in _NO_KIND for problem in found):
        found.append(SheetProblem("S.unknown_kind", "reject", "", sheets[0].name if sheets else "", ("", "", "")))
    return found


def _sheet_row(sheet: Sheet, table: Table, reading: Reading) -> dict[str, Any]:
    return {
        "receipt_id": reading.receipt_id,
        "sheet": table.sheet,
        "kind": table.kind,
        "layout": table.shape.name or None,
        "header_row_no": table.header_row_no,
        "row_count": table.row_nos.len(),
        "taken_from": json.dumps(table.taken_from, ensure_ascii=False, sort_keys=True),
        "unknown_columns": list(table.unknown_columns),
        "runner_up": table.runner_up or None,
        "left_out": json.dumps([[sheet.row_nos[place], reason] for place, reason in table.left_out]),
        "city_code": reading.city_code,
    }


def _raw_rows(pairs: Sequence[tuple[Sheet, Table]], reading: Reading) -> Pieces:
    """The data rows of the tables as they stand in their sheets: every cell as text, in column order."""
    makers = [
        partial(_raw_piece, sheet, table.piece(*span), reading)
        for sheet, table in pairs
        for span in spans(table.row_nos.len())
    ]
    return Pieces(RAW_ROWS, sum(table.row_nos.len() for _, table in pairs), makers)


def _raw_piece(sheet: Sheet, table: Table, reading: Reading) -> pl.DataFrame:
    same = {"source_file": reading.source_file, "sheet": table.sheet, "kind": table.kind}
    same |= {"receipt_id": reading.receipt_id, "city_code": reading.city_code}
    cells = sheet.texts[table.index].select(
        pl.concat_str(pl.all().fill_null(""), separator=CELL_BREAK).alias("cells"), table.row_nos.alias("row_no")
    )
    made = cells.with_columns(row_ids(table, reading), *(pl.lit(value).alias(name) for name, value in same.items()))
    return made.select(*RAW_ROWS)


def _periods(table: Table, pieces: Sequence[TypedPiece], place: Place, reading: Reading) -> list[dict[str, Any]]:
    """What each account's statement covers: the stated period, else its first to its last line."""
    keys = table.layout.above.get("period", ()) if table.layout else ()
    stated = stated_period(table.above, keys, table.sheet, place)
    lines = pl.concat([piece.covered for piece in pieces if piece.covered is not None])
    lines = lines.group_by("account_no", "account_key").agg(pl.col("starts_on").min(), pl.col("ends_on").max())
    rows = lines.sort("account_no", nulls_last=True).to_dicts()
    if not rows:
        number = named_account(table, reading)
        rows = [{"account_no": number, "account_key": reading.keys.digits(number), "starts_on": None, "ends_on": None}]
    return [
        {
            "receipt_id": reading.receipt_id,
            "sheet": table.sheet,
            "account_key": row["account_key"],
            "account_text": row["account_no"],
            "starts_on": stated[0] if stated else row["starts_on"],
            "ends_on": stated[1] if stated else row["ends_on"],
            "city_code": reading.city_code,
        }
        for row in rows
        if stated or row["starts_on"]
    ]


__all__ = ["PROBLEMS", "Contents", "contents", "nothing"]
