"""What makes a row the same fact in another file: keys, value hash, n-th of equal rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import polars as pl

from transforms.columns import Kind
from transforms.pieces import Pieces
from transforms.validated.draft import LINEAGE, Reading, Typed

_NAMES = (
    "row_id", "kind", "receipt_id", "city_code", "scope_key", "fact_key", "value_hash", "stated_unit", "sheet_unit",
    "folder_unit", "account_key",
)  # fmt: skip
VERSIONS: Mapping[str, Any] = dict.fromkeys(_NAMES, pl.String)
OCCURRENCE = "occurrence"
_PART = "\x1f"


@dataclass(frozen=True)
class Facts:
    """All rows of one kind in one file, in pieces: the frames (with `occurrence` where it has that), their versions.

    `key`: the fact key of the n-th row.
    """

    frames: Pieces
    versions: Pieces
    key: Callable[[int], str]


def facts(kind: Kind, tables: Sequence[Typed], reading: Reading) -> Facts:
    """Put the tables of one kind of one file together. Grain of both: one row per typed row."""
    unread = _unreadable_texts(tables)
    parts = [_key_parts(kind, table.frame, unread[place]) for place, table in enumerate(tables)]
    own = [name for name, _ in kind.frame if name != OCCURRENCE]
    numbers: Sequence[pl.Series | None] = [None] * len(tables)
    if any(name == OCCURRENCE for name, _ in kind.frame):
        numbers = _occurrences(parts, tables, own, _kept_numbers(kind, tables, parts, reading))
    made = [_Piece(kind, *each, reading) for each in zip(tables, parts, numbers, strict=True)]
    height = sum(table.frame.height for table in tables)
    starts = list(accumulate((table.frame.height for table in tables), initial=0))

    def key(place: int) -> str:
        piece = bisect_right(starts, place) - 1
        return made[piece].fact_key(place - starts[piece])

    schema = made[0].frame().clear().schema
    return Facts(
        Pieces(schema, height, [piece.frame for piece in made]),
        Pieces(VERSIONS, height, [piece.versions for piece in made]),
        key,
    )


@dataclass(frozen=True)
class _Piece:
    """Some rows of one kind, with the key of each but for its number among equals (`numbers`, None: there is none)."""

    kind: Kind
    typed: Typed
    parts: pl.Series
    numbers: pl.Series | None
    reading: Reading

    def frame(self) -> pl.DataFrame:
        if self.numbers is None:
            return self.typed.frame
        counted = self.typed.frame.with_columns(self.numbers.alias(OCCURRENCE))
        return counted.select(*LINEAGE, *(name for name, _ in self.kind.frame))

    def key_texts(self) -> pl.Series:
        """What the fact keys are made of."""
        texts = self.kind.kind + _PART + self.parts
        return texts if self.numbers is None else texts + _PART + self.numbers.cast(pl.String)

    def fact_key(self, place: int) -> str:
        number = "" if self.numbers is None else f"{_PART}{self.numbers[place]}"
        return self.reading.keys.of(f"{self.kind.kind}{_PART}{self.parts[place]}{number}")

    def versions(self) -> pl.DataFrame:
        frame, keys = self.typed.frame, self.reading.keys
        own = [name for name, _ in self.kind.frame if name != OCCURRENCE]
        written = frame.select(_written(frame.schema, name) for name in own)
        values = written.select(pl.concat_str(pl.all(), separator=_PART).alias("text"))["text"]
        fact_keys = pl.Series("fact_key", keys.of_each(self.key_texts().to_list()), dtype=pl.String)
        is_bank = self.kind.kind == "bank_statements"
        made = pl.DataFrame(
            {
                "row_id": frame["row_id"],
                "fact_key": fact_keys,
                "scope_key": _scopes(self.kind, written, fact_keys, self.reading),
                "value_hash": keys.of_each(values.to_list()),
                "stated_unit": self.typed.stated_units,
                "account_key": frame["account_key"] if is_bank else None,
            }
        )
        same = {
            "kind": self.kind.kind, "receipt_id": self.reading.receipt_id, "city_code": self.reading.city_code,
            "folder_unit": self.reading.folder_unit,
            "sheet_unit": self.typed.table.said_unit(self.reading.folder_unit),
        }  # fmt: skip
        made = made.with_columns(pl.lit(value, pl.String).alias(name) for name, value in same.items())
        return made.select(pl.col(name).cast(type_) for name, type_ in VERSIONS.items())


def _written(schema: pl.Schema, name: str) -> pl.Expr:
    """A value as text, '' where nothing is known."""
    column = pl.col(name)
    if schema[name] == pl.Boolean:
        column = pl.when(column).then(pl.lit("True")).otherwise(pl.lit("False"))
    return column.cast(pl.String).fill_null("")


def _unreadable_texts(tables: Sequence[Typed]) -> list[dict[str, dict[int, str]]]:
    """Of key cells that could not be read, the text itself tells rows apart. For each table: field → place → text."""
    found: list[dict[str, dict[int, str]]] = []
    for table in tables:
        texts: dict[str, dict[int, str]] = {}
        for failure in table.failures:
            if failure.value_text:
                texts.setdefault(failure.field, {})[failure.place] = f"?{failure.value_text}"
        found.append(texts)
    return found


def _key_parts(kind: Kind, frame: pl.DataFrame, unread: Mapping[str, Mapping[int, str]]) -> pl.Series:
    """The key of each row but for the occurrence, its terms joined."""
    terms = [term for term in kind.key if term != OCCURRENCE]
    names = dict.fromkeys(name for term in terms for name in _fields(term))
    texts = frame.select(_written(frame.schema, name) for name in names)
    for name in unread.keys() & names:
        places = [place for place in unread[name] if not texts[name][place]]
        texts = texts.with_columns(texts[name].scatter(places, [unread[name][place] for place in places]))
    return texts.select(pl.concat_str([_term(term) for term in terms], separator=_PART).alias("key"))["key"]


def _fields(term: str) -> list[str]:
    return [name.strip() for alternative in term.split("|") for name in alternative.split("&")]


def _term(term: str) -> pl.Expr:
    """A term of the key: `a | b` the first that is there, `a & b` both together."""
    found = pl.lit("")
    for alternative in reversed(term.split("|")):
        names = [name.strip() for name in alternative.split("&")]
        is_there = pl.any_horizontal(pl.col(name) != "" for name in names)
        found = pl.when(is_there).then(pl.concat_str(names, separator="&")).otherwise(found)
    return found


def _kept_numbers(kind: Kind, tables: Sequence[Typed], parts: Sequence[pl.Series], reading: Reading) -> dict[int, int]:
    """Of rows that came back with an unchanged key, the number they had: rows that did not come back count, too."""
    kept = {}
    start = 0
    for table, texts in zip(tables, parts, strict=True):
        for place, token in enumerate(table.table.tokens):
            if token and token.key:
                key = reading.keys.of(_PART.join((kind.kind, texts[place], str(token.occurrence))))
                if key.startswith(token.key):
                    kept[start + place] = token.occurrence
        start += table.frame.height
    return kept


def _occurrences(
    parts: Sequence[pl.Series], tables: Sequence[Typed], own: Sequence[str], kept: Mapping[int, int]
) -> list[pl.Series]:
    """n-th among the file's rows that agree in the rest of the key, ordered by their other values, never by row.

    `kept`: place → the number that a row has already; the others take what is free.
    """
    hashes = pl.concat([texts.hash() for texts in parts])  # equal keys have equal ones; the few that do are looked at
    alike = sorted({*hashes.is_duplicated().arg_true(), *kept})
    numbers = pl.Series([1], dtype=pl.Int32).new_from_index(0, hashes.len())
    if alike:
        keys, others = _looked_up(alike, parts, tables, own)
        found = _counted(alike, keys, others, kept)
        numbers = numbers.scatter(list(found), list(found.values()))
    starts = accumulate((texts.len() for texts in parts), initial=0)
    return [numbers.slice(start, texts.len()) for start, texts in zip(starts, parts, strict=False)]


def _looked_up(
    alike: Sequence[int], parts: Sequence[pl.Series], tables: Sequence[Typed], own: Sequence[str]
) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
    """Of these rows the key and all values, as text."""
    keys: dict[int, str] = {}
    others: dict[int, tuple[str, ...]] = {}
    start = 0
    for texts, table in zip(parts, tables, strict=True):
        here = [place - start for place in alike if start <= place < start + texts.len()]
        frame = table.frame[here]
        places = [start + place for place in here]
        keys |= zip(places, texts.gather(here), strict=True)
        others |= zip(places, frame.select(_written(frame.schema, name) for name in own).rows(), strict=True)
        start += texts.len()
    return keys, others


def _counted(
    alike: Sequence[int], keys: Mapping[int, str], others: Mapping[int, tuple[str, ...]], kept: Mapping[int, int]
) -> dict[int, int]:
    taken: dict[str, set[int]] = {}
    for place, number in kept.items():
        taken.setdefault(keys[place], set()).add(number)
    found, counts = dict(kept), dict[str, int]()
    for place in sorted(set(alike) - kept.keys(), key=others.__getitem__):
        number = counts.get(keys[place], 0) + 1
        while number in taken.get(keys[place], ()):
            number += 1
        counts[keys[place]] = found[place] = number
    return found


def _scopes(kind: Kind, written: pl.DataFrame, fact_keys: pl.Series, reading: Reading) -> pl.Series:
    """What a later file replaces as a whole: batch, notice, case file; else the row alone."""
    if not kind.replaces:
        return fact_keys
    whole = written.select(
        pl.concat_str(pl.lit(_PART.join(("scope", kind.kind))), *kind.replaces, separator=_PART).alias("scope"),
        pl.all_horizontal(pl.col(kind.replaces) != "").alias("is_known"),
    )
    texts = whole["scope"].unique().to_list()
    keys = whole["scope"].replace_strict(texts, reading.keys.of_each(texts), return_dtype=pl.String)
    return keys.zip_with(whole["is_known"], fact_keys)
