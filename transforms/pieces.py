"""Rows that are made piece by piece, as they are asked for: a bank's year is never all at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

PIECE = 30_720  # rows made at once, and a row group of the warehouse: a multiple of 2,048


@dataclass(frozen=True)
class Pieces:
    """The rows of one table. `makers`: each makes one piece, in the order of the rows."""

    schema: Mapping[str, Any]
    height: int
    makers: Sequence[Callable[[], pl.DataFrame]] = ()

    def __iter__(self) -> Iterator[pl.DataFrame]:
        return (make() for make in self.makers)

    def whole(self) -> pl.DataFrame:
        """All rows in one frame."""
        rows: pl.DataFrame = pl.concat([pl.DataFrame(schema=self.schema), *self])
        return rows


def spans(height: int) -> list[tuple[int, int]]:
    """(first, count) of each piece of so many rows; at least one, though it be empty."""
    return [(first, min(PIECE, height - first)) for first in range(0, max(height, 1), PIECE)]
