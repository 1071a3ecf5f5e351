"""What makes a row the same fact in another file: keys, value hash, n-th of equal rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from transforms.columns import Kind
from transforms.validated.draft import LINEAGE, Reading, Typed

_NAMES = (
    "row_id", "kind", "receipt_id", "city_code", "scope_key", "fact_key", "value_hash", "stated_unit", "sheet_unit",
    "folder_unit", "account_key",
)  # fmt: skip
VERSIONS: Mapping[str, Any] = dict.fromkeys(_NAMES, pl.String)
OCCURRENCE = "occurrence"
_PART = "\x1f"

Row = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """All rows of one kind in one file: the frame (with `occurrence` where the kind has it) and their versions."""

    frame: pl.DataFrame
    versions: pl.DataFrame


def facts(kind: Kind, tables: Sequence[Typed], reading: Reading) -> Facts:
    """Put the tables of one kind of one file together. Grain of both frames: one row per typed row."""
    frame = pl.concat([table.frame for table in tables])
    rows = frame.to_dicts()
    raw = _unreadable_texts(tables)
    parts = [_key_parts(kind, row, raw.get(place, {})) for place, row in enumerate(rows)]
    own = [name for name, _ in kind.frame if name != OCCURRENCE]
    others = [tuple(_text(row[name]) for name in own) for row in rows]
    if any(name == OCCURRENCE for name, _ in kind.frame):
        counted = _occurrences(parts, others, _kept_numbers(kind, tables, parts, reading))
        parts = [(*part, str(n)) for part, n in zip(parts, counted, strict=True)]
        frame = _in_order(frame.with_columns(pl.Series(OCCURRENCE, counted, dtype=pl.Int32)), kind)
    of = reading.keys.of
    fact_keys = [of(_PART.join((kind.kind, *part))) for part in parts]
    columns = {
        "row_id": [row["row_id"] for row in rows],
        "kind": [kind.kind] * len(rows),
        "receipt_id": [reading.receipt_id] * len(rows),
        "city_code": [reading.city_code] * len(rows),
        "scope_key": [_scope(kind, row, key, reading) for row, key in zip(rows, fact_keys, strict=True)],
        "fact_key": fact_keys,
        "value_hash": [of(_PART.join(other)) for other in others],
        "stated_unit": [unit for table in tables for unit in table.stated_units],
        "sheet_unit": [
            table.table.said_unit(reading.folder_unit) for table in tables for _ in range(table.frame.height)
        ],
        "folder_unit": [reading.folder_unit] * len(rows),
        "account_key": [row.get("account_key") if kind.kind == "bank_statements" else None for row in rows],
    }
    return Facts(frame, pl.DataFrame(columns, schema=VERSIONS))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _unreadable_texts(tables: Sequence[Typed]) -> dict[int, dict[str, str]]:
    """Of key cells that could not be read, the text itself tells rows apart."""
    texts: dict[int, dict[str, str]] = {}
    start = 0
    for table in tables:
        for failure in table.failures:
            if failure.value_text:
                texts.setdefault(start + failure.place, {})[failure.field] = f"?{failure.value_text}"
        start += table.frame.height
    return texts


def _key_parts(kind: Kind, row: Row, raw: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_term(term, row, raw) for term in kind.key if term != OCCURRENCE)


def _term(term: str, row: Row, raw: Mapping[str, str]) -> str:
    """A term of the key: `a | b` the first that is there, `a & b` both together."""
    for alternative in term.split("|"):
        names = [name.strip() for name in alternative.split("&")]
        values = [_text(row[name]) or raw.get(name, "") for name in names]
        if any(values):
            return "&".join(values)
    return ""


def _kept_numbers(
    kind: Kind, tables: Sequence[Typed], parts: Sequence[tuple[str, ...]], reading: Reading
) -> dict[int, int]:
    """Of rows that came back with an unchanged key, the number they had: rows that did not come back count, too."""
    tokens = [token for table in tables for token in (table.table.tokens or [None] * table.frame.height)]
    kept = {}
    for place, (token, part) in enumerate(zip(tokens, parts, strict=True)):
        if token and token.key:
            key = reading.keys.of(_PART.join((kind.kind, *part, str(token.occurrence))))
            if key.startswith(token.key):
                kept[place] = token.occurrence
    return kept


def _occurrences(
    parts: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]], kept: Mapping[int, int]
) -> list[int]:
    """n-th among the file's rows that agree in the rest of the key, ordered by their other values, never by row.

    `kept`: place → the number that a row has already; the others take what is free.
    """
    taken: dict[tuple[str, ...], set[int]] = {}
    for place, number in kept.items():
        taken.setdefault(parts[place], set()).add(number)
    counts: dict[tuple[str, ...], int] = {}
    numbers = [kept.get(place, 0) for place in range(len(parts))]
    for place in sorted(set(range(len(parts))) - kept.keys(), key=lambda place: others[place]):
        number = counts.get(parts[place], 0) + 1
        while number in taken.get(parts[place], ()):
            number += 1
        counts[parts[place]] = numbers[place] = number
    return numbers


def _in_order(frame: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    return frame.select(*LINEAGE, *(name for name, _ in kind.frame))


def _scope(kind: Kind, row: Row, fact_key: str, reading: Reading) -> str:
    """What a later file replaces as a whole: batch, notice, case file; else the row alone."""
    values = [_text(row[name]) for name in kind.replaces]
    return reading.keys.of(_PART.join(("scope", kind.kind, *values))) if values and all(values) else fact_key
