"""The one thing this room needs of a database: somebody else opens it (`flows/edges/warehouse.py`) and hands it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Parameters = Sequence[object] | Mapping[str, object]


class Result(Protocol):
    """What a statement gives back."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None: ...

    def fetchall(self) -> list[tuple[Any, ...]]: ...


class Connection(Protocol):
    """An open DuckDB connection, as far as judgement uses it."""

    def execute(self, query: str, parameters: Parameters = ..., /) -> Any: ...

    def register(self, view_name: str, python_object: object, /) -> Any: ...

    def unregister(self, view_name: str, /) -> Any: ...


Row = dict[str, Any]


def rows(connection: Connection, query: str, parameters: Parameters = ()) -> list[Row]:
    """The rows of a query, each as a mapping of column names."""
    result: Result = connection.execute(query, parameters)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def value(connection: Connection, query: str, parameters: Parameters = ()) -> Any:
    """The first column of the first row, None when there is no row."""
    result: Result = connection.execute(query, parameters)
    return next((values[0] for values in result.fetchall()), None)


def fill(connection: Connection, address: str, columns: Mapping[str, str], found: Sequence[Row]) -> None:
    """A new table with these rows, through one frame: a row at a time is slow when thousands are found."""
    import polars as pl

    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TABLE {address} ({declared})")
    types = {
        "DATE": pl.Date(), "INTEGER": pl.Int32(), "BIGINT": pl.Int64(), "BOOLEAN": pl.Boolean(),
        "VARCHAR[]": pl.List(pl.String()),
    }  # fmt: skip
    frame = pl.DataFrame(list(found), schema={name: types.get(kind, pl.String()) for name, kind in columns.items()})
    connection.register("arriving_rows", frame)
    connection.execute(f"INSERT INTO {address} BY NAME SELECT * FROM arriving_rows")
    connection.unregister("arriving_rows")
