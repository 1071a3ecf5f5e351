"""One reading each: ours to stored typed rows, and the bare engines. Seconds by name."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import duckdb
import fastexcel
import openpyxl
import polars as pl

from flows.edges.inbox import InboxFile
from flows.edges.intake import insert_file, open_moments
from flows.edges.reading import ReadFile
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.workspace import open_workspace
from flows.ingesting import reader
from flows.installing import install

Seconds = float


def stored(path: Path, folder: Path) -> Seconds:
    """Ours: from the bytes on disk to the committed rows of raw.rows, validated.* and validated.versions."""
    with _warehouse(folder) as warehouse:
        read = reader(warehouse)
        [moment] = open_moments(warehouse, ["file"]).values()
        started = time.perf_counter()
        file = InboxFile(path, path.name, "岳阳市总工会")
        made = read(file, file.content())
        insert_file(warehouse, made, moment)
        return time.perf_counter() - started


def _warehouse(folder: Path) -> AbstractContextManager[Warehouse]:
    shutil.rmtree(folder, ignore_errors=True)
    install(folder, unit="岳阳市总工会", region="430600")
    return open_warehouse(open_workspace(folder), command="ingest")


def with_fastexcel(path: Path, _: Path) -> Seconds:
    """The engine below ours, bare: every cell as text."""
    return _timed(lambda: fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars())


def with_polars_excel(path: Path, _: Path) -> Seconds:
    """Polars over the same engine, its types guessed."""
    return _timed(lambda: pl.read_excel(path, has_header=False))


def with_openpyxl(path: Path, _: Path) -> Seconds:
    """openpyxl, reading only."""

    def read() -> list[tuple[object, ...]]:
        book = openpyxl.load_workbook(path, read_only=True)
        return list(book.worksheets[0].iter_rows(values_only=True))

    return _timed(read)


def with_read_csv(path: Path, folder: Path) -> Seconds:
    """polars.read_csv, and its rows stored by DuckDB in a file."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    connection = duckdb.connect(folder / "bare.duckdb")

    def read() -> None:
        rows = pl.read_csv(path, infer_schema=False)  # noqa: F841 - DuckDB finds it by name
        connection.execute("CREATE TABLE lines AS SELECT * FROM rows")

    try:
        return _timed(read)
    finally:
        connection.close()


def with_the_same_rows(path: Path, folder: Path) -> Seconds:
    """polars.read_csv, and the very rows that we store (as text, typed, their keys) stored by DuckDB, ready-made."""
    made = _read(path, folder)
    frames = [("rows", made.contents.raw_rows.whole()), *made.validated.items(), ("versions", made.versions)]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    connection = duckdb.connect(folder / "bare.duckdb")

    def store() -> None:
        pl.read_csv(path, infer_schema=False)
        for name, frame in frames:
            connection.register("frame", frame)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")

    try:
        return _timed(store)
    finally:
        connection.close()


def _read(path: Path, folder: Path) -> ReadFile:
    with _warehouse(folder) as warehouse:
        file = InboxFile(path, path.name, "岳阳市总工会")
        return reader(warehouse)(file, file.content())


def _timed(work: Callable[[], object]) -> Seconds:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
