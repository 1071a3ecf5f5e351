"""The masked copy for analysts: built beside, put in place by one rename; no reader waits or sees half of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from expectations.masking import Mask
from flows.edges.besides import Beside, comment_on, load_besides
from flows.edges.files import replace_file, replace_folder, sync_folder
from flows.edges.marts import Mart, create_table, load_marts
from flows.edges.names import known_names, masked
from flows.edges.warehouse import Warehouse, quoted

_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"


def publish(warehouse: Warehouse) -> int:
    """Replace `published/` by what the marts hold now, masked; gives the number of its tables.

    Ordered by grain, so that equal marts give equal copies.
    """
    folder = warehouse.workspace.published
    folder.mkdir(parents=True, exist_ok=True)
    copy, parquet = folder / ".analyst.duckdb.new", folder / ".parquet.new"
    copy.unlink(missing_ok=True)
    shutil.rmtree(parquet, ignore_errors=True)
    names = known_names(warehouse)
    warehouse.execute(f"ATTACH {quoted(str(copy))} AS analyst")
    try:
        with warehouse.transaction():
            _fill_copy(warehouse, names)
        warehouse.execute("CHECKPOINT analyst")
        for mart in load_marts():
            _write_parquet(warehouse, mart, parquet / mart.name)
    finally:
        warehouse.execute("DETACH analyst")
    replace_file(copy, warehouse.workspace.analyst)
    _replace_parquet(parquet, warehouse.workspace.parquet)
    return len(load_marts())


def _fill_copy(warehouse: Warehouse, names: frozenset[str]) -> None:
    for schema in ("marts", "checks", "run", "policy"):
        warehouse.execute(f"CREATE SCHEMA analyst.{schema}")
    for beside in load_besides():
        _copy_beside(warehouse, beside, names)
        comment_on(warehouse, beside, f"analyst.{beside.address}")
    for mart in load_marts():
        _copy_masked(warehouse, mart, names)


def _copy_masked(warehouse: Warehouse, mart: Mart, names: frozenset[str]) -> None:
    """analyst.marts.<name>: the same rows, columns and comments, personal data masked."""
    create_table(warehouse, mart, f"analyst.{mart.address}")
    masked = [column for column in mart.columns if column.mask != "none"]
    for place, column in enumerate(masked):
        _make_mask_table(warehouse, mart.address, column.name, column.mask, f"mask_{place}", names)
    shown = [
        f'mask_{masked.index(column)}.masked AS "{column.name}"' if column in masked else f'mart."{column.name}"'
        for column in mart.columns
    ]
    joins = [
        f'LEFT JOIN temp.mask_{place} ON mask_{place}.stated = mart."{column.name}"'
        for place, column in enumerate(masked)
    ]
    order = ", ".join(f"mart.{name}" for name in mart.order)
    warehouse.execute(
        f"INSERT INTO analyst.{mart.address} SELECT {', '.join(shown)} FROM {mart.address} AS mart "
        f"{' '.join(joins)} ORDER BY {order}"
    )
    for place, _ in enumerate(masked):
        warehouse.execute(f"DROP TABLE temp.mask_{place}")


def _copy_beside(warehouse: Warehouse, beside: Beside, names: frozenset[str]) -> None:
    """analyst.<address>: the rows of its source, in one order, what is personal in them masked."""
    for place, (column, mask) in enumerate(beside.mask.items()):
        _make_mask_table(warehouse, beside.source, column, mask, f"mask_{place}", names)
    shown = ", ".join(f'mask_{place}.masked AS "{column}"' for place, column in enumerate(beside.mask))
    joins = " ".join(
        f'LEFT JOIN temp.mask_{place} ON mask_{place}.stated = beside."{column}"'
        for place, column in enumerate(beside.mask)
    )
    replaced = f" REPLACE ({shown})" if shown else ""
    warehouse.execute(
        f"CREATE TABLE analyst.{beside.address} AS "
        f"SELECT beside.*{replaced} FROM {beside.source} AS beside {joins} ORDER BY ALL"
    )
    for place, _ in enumerate(beside.mask):
        warehouse.execute(f"DROP TABLE temp.mask_{place}")


def _make_mask_table(
    warehouse: Warehouse, address: str, column: str, mask: Mask, table: str, names: frozenset[str]
) -> None:
    """What each distinct value of a column is shown as; how to mask is known in one place, expectations/masking.py."""
    stated = warehouse.rows(f'SELECT DISTINCT "{column}" FROM {address} WHERE "{column}" IS NOT NULL')
    pairs = [(text, masked(text, mask, names)) for (text,) in stated]
    warehouse.execute(f"CREATE TEMP TABLE {table} (stated VARCHAR, masked VARCHAR)")
    warehouse.append_rows(f"temp.{table}", ("stated", "masked"), pairs)


def _write_parquet(warehouse: Warehouse, mart: Mart, folder: Path) -> None:
    """`<table>/city_code=…[/budget_year=…]/data.parquet`; an empty table has one empty file, so that it can be read."""
    by_year = any(column.name == "budget_year" for column in mart.columns)
    keys = "city_code, budget_year" if by_year else "city_code, NULL"
    address = f"analyst.{mart.address}"
    parts = warehouse.rows(f"SELECT DISTINCT {keys} FROM {address} ORDER BY ALL")
    for city_code, year in parts or [(warehouse.workspace.settings.region, None)]:
        part = folder / f"city_code={city_code}"
        where = f"city_code = {quoted(city_code)}"
        if by_year:
            part /= f"budget_year={_NO_YEAR if year is None else year}"
            where += " AND budget_year IS NULL" if year is None else f" AND budget_year = {int(year)}"
        part.mkdir(parents=True, exist_ok=True)
        target = quoted(str(part / "data.parquet"))
        warehouse.execute(f"COPY (SELECT * FROM {address} WHERE {where}) TO {target} (FORMAT parquet)")


def _replace_parquet(beside: Path, folder: Path) -> None:
    """Table by table; tables that are no longer made disappear."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {path.name for path in beside.iterdir()}
    for name in sorted(made):
        replace_folder(beside / name, folder / name)
    for path in folder.iterdir():
        if path.name not in made:
            shutil.rmtree(path)
    beside.rmdir()
    sync_folder(folder)
