"""What makes a row the same fact in another file: keys, value hash, n-th of equal rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import polars as pl

from transforms.columns import Kind
from transforms.validated.draft import LINEAGE, Reading, Typed
from transforms.validated.fact_keys import OCCURRENCE, PART, key_parts, written
from transforms.validated.typed_pieces import TypedPiece

_NAMES = (
    "row_id", "kind", "receipt_id", "city_code", "scope_key", "fact_key", "value_hash", "stated_unit", "sheet_unit",
    "folder_unit", "account_key",
)  # fmt: skip
VERSIONS: Mapping[str, Any] = dict.fromkeys(_NAMES, pl.String)


@dataclass(frozen=True)
class _Counted:
    """A piece, and of each row the number among equals; None: the kind has none."""

    piece: TypedPiece
    numbers: pl.Series | None

    @property
    def kind(self) -> Kind:
        return self.piece.table.shape.kind

    def fact_key(self, place: int) -> str:
        """Of a row in which something failed."""
        number = "" if self.numbers is None else f"{PART}{self.numbers[place]}"
        return self.piece.reading.keys.of(f"{self.kind.kind}{PART}{self.piece.failed_keys[place]}{number}")

    def made(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        typed = self.piece.typed()
        return self._frame(typed), self._versions(typed)

    def _frame(self, typed: Typed) -> pl.DataFrame:
        if self.numbers is None:
            return typed.frame
        counted = typed.frame.with_columns(self.numbers.alias(OCCURRENCE))
        return counted.select(*LINEAGE, *(name for name, _ in self.kind.frame))

    def _versions(self, typed: Typed) -> pl.DataFrame:
        frame, reading = typed.frame, self.piece.reading
        texts = frame.select(written(frame.schema, name) for name in _own(self.kind))
        values = texts.select(pl.concat_str(pl.all(), separator=PART).alias("text"))["text"]
        fact_keys = pl.Series("fact_key", reading.keys.of_each(self._key_texts(typed).to_list()), dtype=pl.String)
        made = pl.DataFrame(
            {
                "row_id": frame["row_id"],
                "fact_key": fact_keys,
                "scope_key": _scopes(self.kind, texts, fact_keys, reading),
                "value_hash": reading.keys.of_each(values.to_list()),
                "stated_unit": typed.stated_units,
                "account_key": frame["account_key"] if self.kind.kind == "bank_statements" else None,
            }
        )
        same = {
            "kind": self.kind.kind, "receipt_id": reading.receipt_id, "city_code": reading.city_code,
            "folder_unit": reading.folder_unit, "sheet_unit": typed.table.said_unit(reading.folder_unit),
        }  # fmt: skip
        made = made.with_columns(pl.lit(value, pl.String).alias(name) for name, value in same.items())
        return made.select(pl.col(name).cast(type_) for name, type_ in VERSIONS.items())

    def _key_texts(self, typed: Typed) -> pl.Series:
        texts = self.kind.kind + PART + key_parts(typed)
        return texts if self.numbers is None else texts + PART + self.numbers.cast(pl.String)


@dataclass(frozen=True)
class Facts:
    """All rows of one kind in one file. Iterated, piece by piece: the frame (with `occurrence` where the kind has it)
    and the versions of its rows. Grain of both: one row per typed row.
    """

    counted: Sequence[_Counted]

    def __iter__(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        return (each.made() for each in self.counted)

    @property
    def height(self) -> int:
        """The number of rows."""
        return sum(each.piece.height for each in self.counted)

    def key(self, place: int) -> str:
        """The fact key of the n-th row, in which something failed."""
        starts = list(accumulate((each.piece.height for each in self.counted), initial=0))
        number = bisect_right(starts, place) - 1
        return self.counted[number].fact_key(place - starts[number])


def facts(pieces: Sequence[TypedPiece]) -> Facts:
    """Put the pieces of one kind of one file together: equal rows of all of them are counted together."""
    if not any(name == OCCURRENCE for name, _ in pieces[0].table.shape.kind.frame):
        return Facts([_Counted(piece, None) for piece in pieces])
    numbers = _occurrences(pieces, _kept_numbers(pieces))
    return Facts([_Counted(*each) for each in zip(pieces, numbers, strict=True)])


def _own(kind: Kind) -> list[str]:
    return [name for name, _ in kind.frame if name != OCCURRENCE]


def _kept_numbers(pieces: Sequence[TypedPiece]) -> dict[int, int]:
    """Of rows that came back with an unchanged key, the number they had: rows that did not come back count, too."""
    kept = {}
    start = 0
    for piece in pieces:
        named = [(place, token) for place, token in enumerate(piece.table.tokens) if token and token.key]
        texts = key_parts(piece.typed()) if named else pl.Series(dtype=pl.String)
        for place, token in named:
            key = piece.reading.keys.of(PART.join((piece.table.kind, texts[place], str(token.occurrence))))
            if key.startswith(token.key):
                kept[start + place] = token.occurrence
        start += piece.height
    return kept


def _occurrences(pieces: Sequence[TypedPiece], kept: Mapping[int, int]) -> list[pl.Series]:
    """n-th among the file's rows that agree in the rest of the key, ordered by their other values, never by row.

    `kept`: place → the number that a row has already; the others take what is free.
    """
    hashes = pl.concat([piece.key_hashes for piece in pieces])  # of the few that agree, the keys are looked at
    alike = sorted({*hashes.is_duplicated().arg_true(), *kept})
    numbers = pl.Series([1], dtype=pl.Int32).new_from_index(0, hashes.len())
    if alike:
        found = _numbered(alike, *_looked_up(alike, pieces), kept)
        numbers = numbers.scatter(list(found), list(found.values()))
    starts = accumulate((piece.height for piece in pieces), initial=0)
    return [numbers.slice(start, piece.height) for start, piece in zip(starts, pieces, strict=False)]


def _looked_up(alike: Sequence[int], pieces: Sequence[TypedPiece]) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
    """Of these rows the key and all values, as text."""
    keys: dict[int, str] = {}
    others: dict[int, tuple[str, ...]] = {}
    start = 0
    for piece in pieces:
        here = [place - start for place in alike if start <= place < start + piece.height]
        if here:
            typed = piece.typed()
            frame = typed.frame[here]
            places = [start + place for place in here]
            keys |= zip(places, key_parts(typed).gather(here), strict=True)
            names = _own(piece.table.shape.kind)
            others |= zip(places, frame.select(written(frame.schema, name) for name in names).rows(), strict=True)
        start += piece.height
    return keys, others


def _numbered(
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
        pl.concat_str(pl.lit(PART.join(("scope", kind.kind))), *kind.replaces, separator=PART).alias("scope"),
        pl.all_horizontal(pl.col(kind.replaces) != "").alias("is_known"),
    )
    texts = whole["scope"].unique().to_list()
    keys = whole["scope"].replace_strict(texts, reading.keys.of_each(texts), return_dtype=pl.String)
    return keys.zip_with(whole["is_known"], fact_keys)
