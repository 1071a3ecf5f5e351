"""Sealed closes: what a seal holds, in `closes.*` and as a manifest in `closes/`, and how the two come about together.

The COMMIT is the moment of sealing. The manifest is written beside its place before it and renamed after it; a run that
was killed in between left a draft whose SHA-256 the seal knows, and the next close puts it in place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows.edges import clock
from flows.edges.files import replace_file, write_whole
from flows.edges.warehouse import Warehouse
from flows.edges.workspace import SHIPPED, Workspace

Row = dict[str, Any]

# What is sealed, and what makes a row of it: everything else in it is a figure.
TABLES: Mapping[str, tuple[str, ...]] = {
    "execution_by_source": ("project_name", "fund_source"),
    "execution_by_unit": ("project_name", "fund_source", "unit_code"),
    "execution_by_category": ("project_name", "fund_source", "unit_code", "aid_category"),
    "execution_monthly": ("project_name", "fund_source", "month_end_on"),
    "execution_bridge": ("project_name", "fund_source", "unit_code", "aid_category", "cause"),
}
# Of a sealed row, but no figure: who a unit was called, which seal it is.
NOT_FIGURES = frozenset({"seal_id", "city_code", "budget_year", "cutoff", "cutoff_on", "unit_name"})


@dataclass(frozen=True)
class Exceptions:
    """Why a year is closed although something stands in the way, and who answers for it."""

    reason: str
    prepared_by: str
    approved_by: str
    document: str


@dataclass(frozen=True)
class Cutoff:
    """A day on which the figures of a budget year are drawn."""

    budget_year: int
    cutoff: str
    cutoff_on: date


@dataclass(frozen=True)
class Difference:
    """One figure that is no longer what was sealed (以后期间调整); None where the row is missing on that side."""

    table: str
    key: tuple[str, ...]
    figure: str
    sealed: object
    now: object


def standing_seal(warehouse: Warehouse, year: int, cutoff: str) -> str | None:
    """The seal that holds for this year and cut-off, None before the close and after a reopening."""
    found: str | None = warehouse.value(
        "SELECT seal_id FROM closes.seals WHERE budget_year = ? AND cutoff = ? AND NOT is_lifted", (year, cutoff)
    )
    return found


def differences(warehouse: Warehouse, at: Cutoff, seal_id: str) -> list[Difference]:
    """Every figure of the facts as they are now that is not the sealed one, ordered by table, key and figure.

    A row in which nothing is more than zero says no more than no row: January's payments bring such rows for December.
    """
    found: list[Difference] = []
    for table, key in TABLES.items():
        columns = _columns(warehouse, table)
        names = ", ".join(columns)
        sealed = _by_key(warehouse.records(f"SELECT {names} FROM closes.{table} WHERE seal_id = ?", (seal_id,)), key)
        now = _by_key(_computed(warehouse, table, at, columns), key)
        figures = [column for column in columns if column not in NOT_FIGURES and column not in key]
        for place in sorted(sealed.keys() | now.keys(), key=repr):
            before, after = sealed.get(place, {}), now.get(place, {})
            texts = tuple("" if part is None else str(part) for part in place)
            found += [
                Difference(table, texts, figure, before.get(figure), after.get(figure))
                for figure in figures
                if before.get(figure) != after.get(figure)
            ]
    return found


def seal(warehouse: Warehouse, at: Cutoff, said: Exceptions | None, exceptions: Sequence[Row]) -> str:
    """Insert the seal and its rows, within the caller's transaction, with the manifest drafted beside its place."""
    seal_id = _next_id(warehouse, at)
    figures = {table: _computed(warehouse, table, at, _columns(warehouse, table)) for table in TABLES}
    for table, rows in figures.items():
        columns = _columns(warehouse, table)
        values = [[seal_id, *(row[column] for column in columns)] for row in rows]
        warehouse.append_rows(f"closes.{table}", ("seal_id", *columns), values)
    stated: Row = {
        "seal_id": seal_id,
        "city_code": warehouse.workspace.settings.region,
        **asdict(at),
        "sealed_on": clock.now(warehouse.workspace.settings.time_zone).date(),
        "as_of_on": warehouse.value("SELECT as_of_on FROM facts.as_of"),
        **(asdict(said) if said else {}),
    }
    named = list(exceptions)
    manifest = _json({**stated, "exceptions": named, "figures": figures, **_made_from(warehouse)})
    write_whole(_draft_path(warehouse.workspace, seal_id), manifest, mode=0o600)  # names of files may name people
    stated |= {"exceptions": _json(named).decode(), "manifest_sha256": hashlib.sha256(manifest).hexdigest()}
    warehouse.append_rows("closes.seals", tuple(stated), [tuple(stated.values())])
    return seal_id


def _next_id(warehouse: Warehouse, at: Cutoff) -> str:
    count = warehouse.value(
        "SELECT count(*) FROM closes.seals WHERE budget_year = ? AND cutoff = ?", (at.budget_year, at.cutoff)
    )
    return f"{at.budget_year}-{at.cutoff}-{count + 1}"


def manifest_path(workspace: Workspace, seal_id: str) -> Path:
    """closes/2021-fiscal-1.json"""
    return workspace.closes / f"{seal_id}.json"


def put_in_place(warehouse: Warehouse) -> list[Path]:
    """Give every seal its manifest, also those of a run that was killed right after sealing; drop drafts of no seal."""
    workspace, placed = warehouse.workspace, []
    for seal_id, sha256 in warehouse.rows("SELECT seal_id, manifest_sha256 FROM closes.seals ORDER BY seal_id"):
        draft_path = _draft_path(workspace, seal_id)
        if draft_path.is_file() and hashlib.sha256(draft_path.read_bytes()).hexdigest() == sha256:
            replace_file(draft_path, manifest_path(workspace, seal_id))
            placed.append(manifest_path(workspace, seal_id))
    for left in workspace.closes.glob(".*.draft"):
        left.unlink()
    return placed


def _draft_path(workspace: Workspace, seal_id: str) -> Path:
    return workspace.closes / f".{seal_id}.json.draft"


def _made_from(warehouse: Warehouse) -> Row:
    """What the figures were computed from: the files received, the policy, the SQL."""
    paths = sorted(path.relative_to(SHIPPED).as_posix() for path in (SHIPPED / "transforms").rglob("*.sql"))
    tables = [name for (name,) in warehouse.rows(_TABLES_OF_POLICY)]
    return {
        "inputs": warehouse.records("SELECT sha256, source_file, state FROM facts.receipts ORDER BY sha256"),
        "parameters": warehouse.records("SELECT * FROM run.parameters"),
        "policy": {name: _sha256(warehouse.records(f"SELECT * FROM policy.{name} ORDER BY ALL")) for name in tables},
        "sql": {path: hashlib.sha256((SHIPPED / path).read_bytes()).hexdigest() for path in paths},
    }


_TABLES_OF_POLICY = """
SELECT table_name FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name = 'policy'
ORDER BY table_name
"""


def _columns(warehouse: Warehouse, table: str) -> list[str]:
    return [
        row["column_name"] for row in warehouse.records(f"DESCRIBE closes.{table}") if row["column_name"] != "seal_id"
    ]


def _computed(warehouse: Warehouse, table: str, at: Cutoff, columns: Sequence[str]) -> list[Row]:
    """The rows of this cut-off as the facts give them today, in the order of their keys."""
    order = ", ".join(TABLES[table])
    sql = f"SELECT {', '.join(columns)} FROM computed.{table} WHERE budget_year = ? AND cutoff = ? ORDER BY {order}"
    return warehouse.records(sql, (at.budget_year, at.cutoff))


def _by_key(rows: Sequence[Row], key: Sequence[str]) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[part] for part in key): row for row in rows if any(row[name] for name in row if _is_sum(name))}


def _is_sum(name: str) -> bool:
    return name.endswith(("_yuan", "_count"))


def _sha256(value: object) -> str:
    return hashlib.sha256(_json(value)).hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_text).encode()


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
