"""Great Expectations on an open DuckDB connection: the only seam between the two, nothing of the field in it.

As shipped, Great Expectations does not know DuckDB: it closes the connection before it fetches. So here are an
execution engine that keeps one connection, a datasource type of its own that hands that engine out, and a SQLAlchemy
engine that *is* the caller's connection, inside the caller's transaction: begin, commit, rollback, close do nothing.

Importing this module costs seconds (Great Expectations); import it where it is used.
"""

from __future__ import annotations

import builtins
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, Literal

SUPPORTED: Mapping[str, str] = {"great-expectations": "1.24.1", "duckdb-engine": "0.17.0"}


class UnsupportedVersion(RuntimeError):  # noqa: N818  # said as what is the case
    """A version of Great Expectations or duckdb-engine that this seam was not written for."""


def check_versions(installed: Mapping[str, str]) -> None:
    """The seam leans on private parts of both libraries: another version is refused, by name, before it misjudges."""
    for package, supported in SUPPORTED.items():
        if installed[package] != supported:
            raise UnsupportedVersion(
                f"{package} {installed[package]}：只支持 {supported}。请按 requirements.lock 安装，或在 "
                "expectations/gx_duckdb.py 中验证新版本后更新。"
            )


check_versions({package: version(package) for package in SUPPORTED})

import great_expectations as gx  # noqa: E402
import sqlalchemy as sa  # noqa: E402  # after the version guard, so that the guard speaks first
from duckdb_engine import ConnectionWrapper, Dialect  # noqa: E402
from great_expectations.compatibility import pydantic  # noqa: E402
from great_expectations.data_context.types.base import (  # noqa: E402
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent.interfaces import Batch  # noqa: E402
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource  # noqa: E402
from great_expectations.execution_engine.sqlalchemy_execution_engine import (  # noqa: E402
    SqlAlchemyExecutionEngine,
)
from sqlalchemy.dialects import registry  # noqa: E402
from sqlalchemy.pool import StaticPool  # noqa: E402


class _Borrowed(ConnectionWrapper):
    """The caller's connection, seen by SQLAlchemy: usable, but neither its transaction nor its life is SQLAlchemy's."""

    def begin(self) -> None: ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...


class _QuickDialect(Dialect):
    """duckdb-engine's dialect, told a table's columns by one small query instead of PostgreSQL's large one."""

    supports_statement_cache = False

    @staticmethod
    def get_columns(connection: sa.Connection, table_name: str, schema: str | None = None, **_: object) -> list[Any]:
        found = connection.execute(
            sa.text(
                "SELECT column_name, is_nullable FROM duckdb_columns() WHERE database_name = current_database() "
                "AND table_name = :table AND schema_name = :schema ORDER BY column_index"
            ),
            {"table": table_name, "schema": schema},
        )
        return [
            {"name": name, "type": sa.types.NullType(), "nullable": nullable, "default": None}
            for name, nullable in found.fetchall()
        ]


registry.register("duckdb.borrowed", __name__, "_QuickDialect")


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Runs every query on the one connection, and leaves it open until the results are fetched."""

    @contextmanager
    def get_connection(self) -> Generator[sa.Connection, None, None]:
        if self._connection is None:
            self._connection = self.engine.connect()
        yield self._connection


class DuckDBDatasource(SQLDatasource):
    """One schema of a borrowed connection (`lend`). Its connection string names nothing that is ever opened."""

    type: Literal["duckdb_borrowed"] = "duckdb_borrowed"  # type: ignore[assignment]  # how GX tells datasources apart
    connection_string: str = "duckdb:///:memory:"
    create_temp_table: bool = False
    _lent: DuckDBExecutionEngine | None = pydantic.PrivateAttr(None)

    @property
    def schema_(self) -> str:
        return str(self.name)

    @property
    def execution_engine_type(self) -> builtins.type[SqlAlchemyExecutionEngine]:
        return DuckDBExecutionEngine

    def lend(self, engine: DuckDBExecutionEngine) -> None:
        """Give the datasource its connection; to be done once, before any asset is added."""
        self._lent = engine

    def get_execution_engine(self) -> SqlAlchemyExecutionEngine:
        assert self._lent is not None, "lend() comes first"
        return self._lent

    def get_engine(self) -> sa.Engine:
        return self.get_execution_engine().engine

    def test_connection(self, test_assets: bool = True) -> None:
        """Nothing to test: the connection is open, or the first query says so."""


class Borrowed:
    """The tables of one open connection, as Great Expectations sees them."""

    def __init__(self, connection: Any) -> None:
        engine = sa.create_engine("duckdb+borrowed://", creator=lambda: _Borrowed(connection), poolclass=StaticPool)
        self._engine = DuckDBExecutionEngine(engine=engine, create_temp_table=False)
        self._context = gx.get_context(mode="ephemeral", project_config=_quiet_project())
        self._sources: dict[str, DuckDBDatasource] = {}

    def batch(self, address: str) -> Batch:
        """A whole table, `schema.table`, as one batch."""
        schema, table = address.split(".")
        if schema not in self._sources:
            self._sources[schema] = self._context.data_sources.add_duckdb_borrowed(name=schema)
            self._sources[schema].lend(self._engine)
        asset = self._sources[schema].add_table_asset(name=address, table_name=table)
        return asset.add_batch_definition_whole_table(address).get_batch()


def _quiet_project() -> DataContextConfig:
    """A project in memory: no bars on stdout, no site on disk, nothing reported to anybody."""
    return DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )
