"""The one thing this room needs of a database: somebody else opens it (`flows/edges/warehouse.py`) and hands it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class Result(Protocol):
    """What a statement gives back."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None: ...

    def fetchall(self) -> list[tuple[Any, ...]]: ...


class Connection(Protocol):
    """An open DuckDB connection, as far as judgement uses it."""

    def execute(self, query: str, parameters: Sequence[Any] = ..., /) -> Any: ...

    def register(self, view_name: str, python_object: object, /) -> Any: ...

    def unregister(self, view_name: str, /) -> Any: ...


Row = dict[str, Any]


def rows(connection: Connection, query: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """The rows of a query, each as a mapping of column names."""
    result: Result = connection.execute(query, parameters)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def value(connection: Connection, query: str, parameters: Sequence[Any] = ()) -> Any:
    """The first column of the first row, None when there is no row."""
    result: Result = connection.execute(query, parameters)
    return next((values[0] for values in result.fetchall()), None)
