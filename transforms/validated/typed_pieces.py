"""A table typed piece by piece. Of a long one only what must be known of all its rows together is kept: its rows are
typed again when they are stored, so that a bank's year is never in memory with all its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import polars as pl

from transforms.parsed.recognised import Table
from transforms.pieces import spans
from transforms.validated.draft import Failure, Reading, Typed
from transforms.validated.fact_keys import key_parts
from transforms.validated.kinds import TYPED_BY

STATEMENTS = "bank_statements"
_TOGETHER = 2  # pieces
_HELD = 122_880  # rows of a table that are kept, typed


@dataclass(frozen=True, eq=False)
class TypedPiece:
    """Some rows of a table, typed.

    `key_hashes`: of each row's key but for its number among equals; equal keys have equal ones. `failed_keys`: that key
    by place, of the rows in which something failed. `covered`: of a statement, the first and last day of each account.
    `held`: all of it, where the table is not too long for that.
    """

    table: Table
    reading: Reading
    failures: tuple[Failure, ...]
    key_hashes: pl.Series
    failed_keys: Mapping[int, str]
    covered: pl.DataFrame | None
    held: Typed | None

    @property
    def height(self) -> int:
        """The number of rows."""
        return self.key_hashes.len()

    def typed(self) -> Typed:
        """The rows with their values."""
        made = self.held or TYPED_BY[self.table.kind](self.table, self.reading)
        return replace(made, failures=self.failures)


def typed_pieces(table: Table, reading: Reading) -> list[TypedPiece]:
    """All pieces of a table; what is said once of a whole table is said by the first piece that meets it."""
    told: set[str] = set()
    pieces = []
    height = table.row_nos.len()
    for typed in _side_by_side([table.piece(*span) for span in spans(height)], reading):
        kept = tuple(failure for failure in typed.failures if not (failure.is_said_once and failure.field in told))
        told |= {failure.field for failure in kept if failure.is_said_once}
        pieces.append(_piece(replace(typed, failures=kept), reading, is_held=height <= _HELD))
    return pieces


def _side_by_side(tables: Sequence[Table], reading: Reading) -> Iterator[Typed]:
    """The pieces typed in their order, on two cores: two of them are at hand at a time."""
    typed_by = TYPED_BY[tables[0].kind]
    with ThreadPoolExecutor(_TOGETHER) as threads:
        for pair in range(0, len(tables), _TOGETHER):
            yield from threads.map(lambda table: typed_by(table, reading), tables[pair : pair + _TOGETHER])


def _piece(typed: Typed, reading: Reading, *, is_held: bool) -> TypedPiece:
    keys = key_parts(typed)
    return TypedPiece(
        table=typed.table,
        reading=reading,
        failures=typed.failures,
        key_hashes=keys.hash(),
        failed_keys={failure.place: keys[failure.place] for failure in typed.failures},
        covered=_covered(typed.frame) if typed.table.kind == STATEMENTS else None,
        held=typed if is_held else None,
    )


def _covered(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.group_by("account_no", "account_key").agg(
        pl.col("booked_on").min().alias("starts_on"), pl.col("booked_on").max().alias("ends_on")
    )
