"""The warehouse, opened in one place: by ATTACH, with or without a key, by one writer at a time."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from expectations.connection import Parameters
from expectations.connection import rows as records
from flows.edges.lock import sole_writer
from flows.edges.migrations import migrate
from flows.edges.workspace import Workspace, encryption_key
from flows.problems import Exit, Refusal, refuse
from transforms.pieces import PIECE

_QUIET = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_ROWS_AT_ONCE = 500
_LOG_UP_TO = "256MB"  # committed rows stay in the log so long; each large file would else be written twice


class Warehouse:
    """An open warehouse. `connection` is the one connection of the run; cursors of it do not see `USE warehouse`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
        self.connection = connection
        self.workspace = workspace

    def execute(self, sql: str, parameters: Parameters = ()) -> None:
        self.connection.execute(sql, parameters)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, parameters).fetchall()

    def records(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """The rows of a query, each as a mapping of column names."""
        return records(self.connection, sql, parameters)

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row; None when there is no row."""
        found = self.connection.execute(sql, parameters).fetchone()
        return found[0] if found else None

    def count(self, address: str) -> int:
        return int(self.value(f"SELECT count(*) FROM {address}"))

    def append(self, address: str, arriving: pl.DataFrame) -> None:
        """Insert the rows of a frame, column by name; in one chunk, for many small ones take twice the time.

        DuckDB finds the frame by the name that it has here: a registered one it keeps until the transaction ends.
        """
        if arriving.is_empty():
            return
        arriving = arriving.rechunk()
        self.connection.execute(f"INSERT INTO {address} BY NAME SELECT * FROM arriving")

    def append_rows(self, address: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Insert rows of plain values, many at a time: one by one each costs a statement."""
        names, marks = ", ".join(columns), f"({', '.join('?' * len(columns))})"
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            part = rows[start : start + _ROWS_AT_ONCE]
            values = [value for row in part for value in row]
            self.execute(f"INSERT INTO {address} ({names}) VALUES {', '.join([marks] * len(part))}", values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")


@contextmanager
def open_warehouse(workspace: Workspace, *, command: str) -> Iterator[Warehouse]:
    """The warehouse for writing, migrated to this version's schema. Refused (15) while another run has it."""
    with sole_writer(workspace.lock, command=command):
        connection = _connect(workspace)
        try:
            migrate(connection, city_code=workspace.settings.region)
            yield Warehouse(connection, workspace)
        finally:
            connection.close()


def _connect(workspace: Workspace) -> duckdb.DuckDBPyConnection:
    """Row groups as long as the pieces of intake: each goes to disk when it comes, what is shorter with the commit."""
    connection = duckdb.connect(":memory:", config=dict(_QUIET))
    key = encryption_key()
    _set_up(connection, workspace)
    if key:
        _load_openssl(connection)
    is_new = not workspace.warehouse.exists()
    secret = f", ENCRYPTION_KEY {quoted(key)}, ENCRYPTION_CIPHER 'GCM'" if key else ""
    options = f"ROW_GROUP_SIZE {PIECE}{secret}"
    try:
        connection.execute(f"ATTACH {quoted(str(workspace.warehouse))} AS warehouse ({options})")
    except duckdb.Error as error:
        raise _cannot_open(error) from error
    connection.execute("USE warehouse")
    if is_new:
        os.chmod(workspace.warehouse, 0o600)
    return connection


def _set_up(connection: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
    """Personal data that does not fit into memory spills inside the workspace, encrypted."""
    connection.execute(f"SET temp_directory = {quoted(str(workspace.spill))}")
    connection.execute("SET temp_file_encryption = true")
    connection.execute(f"SET TimeZone = {quoted(workspace.settings.time_zone)}")
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET wal_autocheckpoint = '{_LOG_UP_TO}'")


def _load_openssl(connection: duckdb.DuckDBPyConnection) -> None:
    """Writing an encrypted file needs OpenSSL, which DuckDB has in httpfs: a package, nothing over the network."""
    found = importlib.util.find_spec("duckdb_extension_httpfs")
    if not found or not found.submodule_search_locations:
        raise refuse(Exit.REFUSED, "warehouse.no_openssl")
    package = Path(next(iter(found.submodule_search_locations)))
    extension = package / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    connection.execute(f"LOAD {quoted(str(extension))}")


def _cannot_open(error: duckdb.Error) -> Refusal:
    text = str(error)
    if "lock" in text.lower():
        return refuse(Exit.IN_USE, "warehouse.opened_elsewhere", "warehouse.duckdb")
    if "encrypt" in text.lower() or "key" in text.lower():
        return refuse(Exit.REFUSED, "warehouse.key", "warehouse.duckdb")
    return refuse(Exit.REFUSED, "warehouse.damaged", "warehouse.duckdb", detail=text.splitlines()[0])


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
