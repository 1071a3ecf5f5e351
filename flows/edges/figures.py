"""Runs the figure queries of `reports/figures` over the published copy, and gathers the words that documents need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from expectations.connection import rows
from expectations.yaml_files import read_yaml
from flows.edges.published import require_published
from flows.edges.warehouse import quoted
from flows.edges.workspace import SHIPPED, Workspace
from reports.figures import Figures, load_figure_queries

_SCHEMAS = ("marts", "policy", "run")


def draw_figures(
    workspace: Workspace,
    *,
    budget_year: int | None = None,
    project_name: str | None = None,
    fund_source: str | None = None,
) -> Figures:
    """The rows of every figure query, narrowed as asked; by name of the query. Reads the masked copy only."""
    require_published(workspace)
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"SET TimeZone = {quoted(workspace.settings.time_zone)}")
        connection.execute(f"ATTACH {quoted(str(workspace.analyst))} AS analyst (READ_ONLY)")
        _show_published(connection)
        connection.execute(
            "CREATE TABLE run.report_parameters AS SELECT CAST(? AS INTEGER) AS budget_year, "
            "CAST(? AS VARCHAR) AS project_name, CAST(? AS VARCHAR) AS fund_source",
            (budget_year, project_name, fund_source),
        )
        return {name: rows(connection, sql) for name, sql in load_figure_queries().items()}
    finally:
        connection.close()


def _show_published(connection: duckdb.DuckDBPyConnection) -> None:
    """The published tables under the names that the queries use: the copy itself takes no report_parameters."""
    tables = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'analyst' ORDER BY ALL"
    ).fetchall()
    for schema in _SCHEMAS:
        connection.execute(f"CREATE SCHEMA {schema}")
    for schema, table in tables:
        if schema in _SCHEMAS:
            connection.execute(f"CREATE VIEW {schema}.{table} AS SELECT * FROM analyst.{schema}.{table}")


def load_documents(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """data/policy/documents by file stem; top-level keys of the workspace's file of the same name replace ours."""
    documents: dict[str, dict[str, Any]] = {}
    for folder in (SHIPPED / "data" / "policy" / "documents", workspace.policy / "documents"):
        for path in sorted(folder.glob("*.yaml")):
            stated = read_yaml(path) or {}
            documents[path.stem] = documents.get(path.stem, {}) | stated
    return documents


def own_narrative(workspace: Workspace, budget_year: int) -> dict[str, str]:
    """Section title → the department's own paragraphs for that year."""
    folder: Path = workspace.policy / "narrative" / str(budget_year)
    return {path.stem: path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*.txt"))}
