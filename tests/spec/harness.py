"""Runs one spec: given tables, the real .sql file, expected rows.

How to write a spec. A file `tests/spec/<schema>/<table>.yaml` holds one spec a YAML document (separate them by `---`):

    sentence: 预算执行率 = 累计执行数 / 全年预算数。   # the definition, one sentence, Chinese or English
    sql: computed.execution_by_source   # transforms/<schema>/[NN_]<table>.sql; also rules.R11_… and figures.f07_…
    given:                              # the tables that matter, and of them only the cells that matter;
      facts.budgets:                    # every other table that the SQL names is there and empty
        - {budget_year: 2021, project_name: 甲, fund_source: central, initial_yuan: 100}
    expect:                             # all rows, in the order of the ORDER BY (in any order when there is none);
      - {fund_source: central, budget_yuan: 100.00}   # a row may state some of its cells only; null is NULL
    cte:                                # optional: what an inner CTE gives, in any order
      budgeted:
        - {fund_source: central, budget_yuan: 100}

A column of a given row that tables.yaml does not know is an error (a typo, or an interface that changed). Numbers are
read as exact decimals, dates as dates. Without `expect` only the CTEs are asserted; `expect: []` means no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
import yaml
from sqlglot import exp

ROOT = Path(__file__).resolve().parents[2]
SPECS = Path(__file__).resolve().parent
FOLDERS = {"rules": "expectations/rules", "shared": "expectations/rules/shared", "figures": "reports/figures"}
FACT = ("unit_code", "fact_key")
FACT_COLUMNS = {"units": ("is_own",), "allotments": (*FACT, "payee_unit_code")}
SUFFIX_TYPES = (
    ("_yuan", "DECIMAL(18,2)"),
    ("_rate", "DECIMAL(9,6)"),
    ("_on", "DATE"),
    ("_at", "TIMESTAMP"),
    ("_count", "BIGINT"),
    ("_year", "INTEGER"),
    ("_rank", "INTEGER"),
    ("_days", "INTEGER"),
)
NAME_TYPES = {
    "time_progress": "DECIMAL(9,6)", "number": "DECIMAL(18,6)", "ingest_no": "BIGINT", "entry_no": "BIGINT",
    "budget_year": "INTEGER", "year": "INTEGER", "row_no": "INTEGER", "header_row_no": "INTEGER",
    "occurrence": "INTEGER", "voucher_line_no": "INTEGER", "days_apart": "INTEGER", "days_later": "INTEGER",
    "item_no": "INTEGER", "level_no": "INTEGER", "rival_level_no": "INTEGER",
    "strength": "INTEGER",
    "sort_order": "INTEGER", "sign": "INTEGER", "rate_decimals": "INTEGER",
    "score": "DECIMAL(9,6)", "max_score": "DECIMAL(9,6)",
    "applies_from": "DATE", "applies_to": "DATE", "covered_from": "DATE", "covered_to": "DATE",
    "judged": "BIGINT", "not_judged": "BIGINT", "failed": "BIGINT", "waived": "BIGINT",
    "version_no": "BIGINT", "earlier_no": "BIGINT", "later_no": "BIGINT",
    "needs_credit": "BOOLEAN", "args": "VARCHAR[]", "unknown_columns": "VARCHAR[]",
}  # fmt: skip

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Spec:
    """One sentence of definition with its example."""

    path: Path
    number: int
    sentence: str
    sql: str
    given: Mapping[str, Sequence[Row]]
    expect: Sequence[Row] | None
    cte: Mapping[str, Sequence[Row]]

    @property
    def label(self) -> str:
        return f"{self.path.relative_to(SPECS).with_suffix('')}[{self.number}]"


class _ExactLoader(yaml.SafeLoader):
    """YAML whose fractions are exact decimals: money is never a float, not even in a test."""


def _exact(loader: yaml.SafeLoader, node: yaml.Node) -> Decimal:
    assert isinstance(node, yaml.ScalarNode)
    return Decimal(str(loader.construct_scalar(node)))


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _exact)


def column_type(column: str) -> str:
    """The SQL type that a column's name promises."""
    if column in NAME_TYPES:
        return NAME_TYPES[column]
    if column.startswith(("is_", "has_")):
        return "BOOLEAN"
    return next((kind for suffix, kind in SUFFIX_TYPES if column.endswith(suffix)), "VARCHAR")


def load_specs(folder: Path = SPECS) -> list[Spec]:
    """All specs below a folder, in the order of their paths."""
    return [spec for path in sorted(folder.glob("*/*.yaml")) for spec in _specs_of(path)]


def _specs_of(path: Path) -> Iterator[Spec]:
    for number, document in enumerate(yaml.load_all(path.read_text(encoding="utf-8"), _ExactLoader), start=1):
        unknown = set(document) - {"sentence", "sql", "given", "expect", "cte"}
        assert not unknown, f"{path.name}[{number}]: unknown keys {sorted(unknown)}"
        given = {table: rows or [] for table, rows in (document.get("given") or {}).items()}
        yield Spec(path, number, document["sentence"], document["sql"], given, document.get("expect"),
                   document.get("cte") or {})  # fmt: skip


def known_columns() -> dict[str, list[str]]:
    """Columns of the tables in tables.yaml, by address; facts.<kind> are those of validated.<kind> with unit_code."""
    schemas = yaml.safe_load((SPECS / "tables.yaml").read_text(encoding="utf-8"))
    lineage = schemas.pop("lineage")
    columns = {
        f"{schema}.{table}": text.replace("lineage", lineage).split()
        for schema, tables in schemas.items()
        for table, text in tables.items()
    }
    for kind in schemas["validated"].keys() - {"versions", "problems"}:
        columns[f"facts.{kind}"] = [*dict.fromkeys([*columns[f"validated.{kind}"], *FACT_COLUMNS.get(kind, FACT)])]
    return columns | _mart_columns()


def _mart_columns() -> dict[str, list[str]]:
    """Columns of marts from their contracts; computed has the cutoff that seals a row besides, closes the seal."""
    columns: dict[str, list[str]] = {}
    for path in sorted((ROOT / "expectations/contracts/marts").glob("*.yaml")):
        names = list(yaml.safe_load(path.read_text(encoding="utf-8"))["columns"])
        columns[f"marts.{path.stem}"] = names
        if path.stem.startswith("execution_"):
            columns[f"computed.{path.stem}"] = [*dict.fromkeys([*names, "cutoff"])]
            columns[f"closes.{path.stem}"] = ["seal_id", *columns[f"computed.{path.stem}"]]
    return columns


def sql_text(address: str) -> str:
    """The text of the file behind an address such as `matched.payments` or `rules.R11_once_per_household`."""
    schema, table = address.split(".", 1)
    folder = ROOT / FOLDERS.get(schema, f"transforms/{schema}")
    found = [path for path in folder.glob("*.sql") if re.fullmatch(rf"(\d+_)?{re.escape(table)}", path.stem)]
    assert len(found) == 1, f"{address}: {len(found)} files in {folder.relative_to(ROOT)}, expected one"
    return found[0].read_text(encoding="utf-8")


def tables_read(sql: str) -> set[str]:
    """Addresses of the tables that a SELECT names with their schema."""
    tables = sqlglot.parse_one(sql, read="duckdb").find_all(exp.Table)
    return {f"{table.db}.{table.name}" for table in tables if table.db}


def build_tables(connection: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, Sequence[Row]]) -> None:
    """Create and fill the given tables, and empty ones for all others that the SQL reads."""
    known = known_columns()
    for address in sorted(tables_read(sql) | set(given)):
        rows = given.get(address, [])
        stated = list(dict.fromkeys(column for row in rows for column in row))
        columns = known.get(address, stated)
        assert columns, f"{address}: neither in tables.yaml nor given with columns"
        unknown = set(stated) - set(columns)
        assert not unknown, f"{address} has no columns {sorted(unknown)}"
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {address.split('.')[0]}")
        connection.execute(f"CREATE TABLE {address} ({', '.join(f'{c} {column_type(c)}' for c in columns)})")
        casts = ", ".join(f"CAST(? AS {column_type(column)})" for column in columns)
        for row in rows:
            values = [_parameter(row.get(column)) for column in columns]
            connection.execute(f"INSERT INTO {address} VALUES ({casts})", values)


def _parameter(value: Any) -> Any:
    return value if value is None or isinstance(value, list | bool) else str(value)


def select_cte(sql: str, name: str) -> str:
    """The same query, ending at one of its CTEs."""
    query = sqlglot.parse_one(sql, read="duckdb")
    body = query.args.get("with_") or query.args.get("with")
    assert body is not None, f"no CTE {name}: the query has none"
    return f"{body.sql(dialect='duckdb')} SELECT * FROM {name}"


def rows_of(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """Rows of a query as mappings."""
    cursor = connection.execute(sql)
    names = [item[0] for item in cursor.description or []]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def is_ordered(sql: str) -> bool:
    """Whether the query promises an order of its rows."""
    return sqlglot.parse_one(sql, read="duckdb").args.get("order") is not None


def differences(actual: Sequence[Row], expected: Sequence[Row], *, ordered: bool) -> str:
    """Empty when every expected row is met in the cells that it states, and no row is left over; else both as text."""
    left = list(actual)
    for row in expected:
        found = next((each for each in left[: 1 if ordered else None] if _agrees(each, row)), None)
        if found is None:
            break
        left.remove(found)
    else:
        if not left:
            return ""
    columns = list(dict.fromkeys(column for row in expected for column in row)) or list(actual[0])
    wanted = [{column: _plain(value) for column, value in row.items()} for row in expected]
    seen = [{column: _plain(row.get(column)) for column in columns} for row in actual]
    return "\n".join(["expected:", *map(str, wanted), "actual:", *map(str, seen)])


def _agrees(actual: Row, stated: Row) -> bool:
    return all(column in actual and _plain(actual[column]) == _plain(value) for column, value in stated.items())


def _plain(value: Any) -> Any:
    """Numbers by value, not by scale, and as text, so that rows print and sort well."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        return format(Decimal(str(value)).normalize(), "f")
    return [_plain(item) for item in value] if isinstance(value, list) else str(value)


def wrong_types(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """Columns whose type is not the one that their name promises."""
    described = rows_of(connection, f"DESCRIBE {sql}")
    return [
        f"{row['column_name']} is {row['column_type']}, not {column_type(row['column_name'])}"
        for row in described
        if column_type(row["column_name"]) not in (row["column_type"], "VARCHAR")
    ]


def check(spec: Spec) -> list[str]:
    """All that a spec finds wrong; empty when the SQL does what the sentence says."""
    sql = sql_text(spec.sql).rstrip().removesuffix(";")
    problems = []
    with duckdb.connect(":memory:") as connection:
        build_tables(connection, sql, spec.given)
        for name, expected in spec.cte.items():
            found = differences(rows_of(connection, select_cte(sql, name)), expected, ordered=False)
            problems += [f"CTE {name}\n{found}"] if found else []
        if spec.expect is not None:
            found = differences(rows_of(connection, sql), spec.expect, ordered=is_ordered(sql))
            problems += [found] if found else []
        if spec.sql.startswith(("computed.", "marts.")):
            problems += wrong_types(connection, sql)
    return problems
