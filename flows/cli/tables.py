"""The rows of a query as JSON, CSV or a table; money keeps its scale, dates are YYYY-MM-DD."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from flows.outcome import plain
from flows.words import printable

_COMPUTES = ("=", "+", "-", "@", "\t", "\r")
Rows = Sequence[Sequence[Any]]


def written(form: str, names: Sequence[str], rows: Rows) -> str:
    """The rows in one of the three forms, without a final line break."""
    forms = {"json": as_json, "csv": as_csv, "table": as_table}
    return forms[form](names, rows)


def as_json(names: Sequence[str], rows: Rows) -> str:
    """An array of objects in select order, exact decimals as strings."""
    objects = [{name: plain(value) for name, value in zip(names, row, strict=True)} for row in rows]
    return json.dumps(objects, ensure_ascii=False, separators=(",", ":"))


def as_csv(names: Sequence[str], rows: Rows) -> str:
    """RFC 4180 with a header; NULL is empty. A text that a spreadsheet would compute begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([_guarded(value) for value in row] for row in rows)
    return out.getvalue().rstrip("\r\n")


def as_table(names: Sequence[str], rows: Rows) -> str:
    """A table for the terminal; Chinese characters take two columns, numbers stand at the right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for place, name in enumerate(names):
        is_number = any(isinstance(row[place], (int, float)) or hasattr(row[place], "quantize") for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(printable(_cell(value)) for value in row))
    console = Console(width=None if Console().is_terminal else 200, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(table)
    return captured.get().rstrip("\n")


def _guarded(value: Any) -> str:
    """Numbers are left alone, negative ones too; reading a file of ours takes the apostrophe off again."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_COMPUTES) else _cell(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    shown = plain(value)
    return shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)
