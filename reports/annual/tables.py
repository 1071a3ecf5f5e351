"""The tables of the report, described in tables.yaml: words, columns, rows. Grain: one Table a printed table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from reports.printing import brief, shown

LOOKS = {"shown": shown, "brief": brief}


@dataclass(frozen=True)
class Column:
    """A column of a printed table: its head, the figure column below it, its width in mm."""

    head: str
    value: str
    width: float
    align: str = "center"
    look: str = "shown"


@dataclass(frozen=True)
class Table:
    """A table ready to print: texts only."""

    title: str
    unit: str
    columns: tuple[Column, ...]
    lines: tuple[tuple[str, ...], ...]
    bold_lines: frozenset[int]
    size: float = 12


@cache
def _described() -> dict[str, Any]:
    described = yaml.safe_load(files(__package__).joinpath("tables.yaml").read_text("utf-8"))
    assert isinstance(described, dict)
    return described


FORM_ROWS: Mapping[str, str] = _described()["form_rows"]


def table(name: str, told: Mapping[str, Any]) -> Table:
    """The table of this name, filled from the story."""
    described = _described()[name]
    columns = tuple(Column(**column) for column in described["columns"])
    rows = told[described["rows"]]
    bold = described.get("bold", "")
    return Table(
        title=described["title"],
        unit=described["unit"],
        columns=columns,
        lines=tuple(tuple(LOOKS[column.look](row.get(column.value)) for column in columns) for row in rows),
        bold_lines=frozenset(number for number, row in enumerate(rows) if bold and row.get(bold)),
        size=described.get("size", 12),
    )
