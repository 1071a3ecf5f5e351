"""Reading the published copy: beside a running writer, without personal data, without a way to change anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from flows.edges.workspace import Workspace
from flows.problems import Exit, refuse

Row = dict[str, Any]
Parameters = Sequence[object] | Mapping[str, object]


class Published:
    """The published tables as they were when they were opened."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """The rows of a query, each as a mapping of column names."""
        names, values = self.table(sql, parameters)
        return [dict(zip(names, row, strict=True)) for row in values]

    def table(self, sql: str, parameters: Parameters = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Column names, and rows in select order: two columns may have one name."""
        result = self._connection.execute(sql, parameters)
        return [column[0] for column in result.description or ()], result.fetchall()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row; None when there is no row."""
        found = self._connection.execute(sql, parameters).fetchone()
        return found[0] if found else None

    def select(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """What somebody else's SELECT gives. Refused (2) when it is anything but one SELECT, or when it fails."""
        try:
            statements = self._connection.extract_statements(sql)
        except duckdb.Error as error:
            raise refuse(Exit.USAGE, "usage.sql", detail=_first_lines(error)) from error
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT or not _SELECT.match(sql):
            raise refuse(Exit.USAGE, "usage.sql", detail=sql.strip()[:80])
        try:
            return self.table(sql)
        except duckdb.Error as error:
            raise refuse(Exit.USAGE, "usage.sql_failed", detail=_first_lines(error)) from error


@contextmanager
def open_published(workspace: Workspace) -> Iterator[Published]:
    """The published copy, read only and locked in: no other file, no network, no setting. Refused (16) without one."""
    require_published(workspace)
    connection = duckdb.connect(str(workspace.analyst), read_only=True)
    try:
        connection.execute(f"SET TimeZone = '{workspace.settings.time_zone}'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET autoload_known_extensions = false")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield Published(connection)
    finally:
        connection.close()


def require_published(workspace: Workspace) -> None:
    """Refused (16) before anything has been published."""
    if not workspace.analyst.is_file():
        raise refuse(Exit.REFUSED, "workspace.unpublished", "published/analyst.duckdb")


# The engine also calls PRAGMA, DESCRIBE and SHOW a select; a reader of the contract does not.
_SELECT = re.compile(r"(\s|\(|--[^\n]*\n|/\*.*?\*/)*(select|with|from|values)\b", re.IGNORECASE | re.DOTALL)


def _first_lines(error: duckdb.Error) -> str:
    return " ".join(str(error).split("\n\n")[0].split())
