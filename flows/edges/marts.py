"""The analyst tables: made from their contracts, typed and commented, filled from `transforms/marts`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from expectations.contracts import CONTRACTS, load_fields
from expectations.masking import Mask
from expectations.yaml_files import read_yaml
from flows.edges.transforms import sql_text
from flows.edges.warehouse import Warehouse, quoted


@dataclass(frozen=True)
class MartColumn:
    """A column as its contract defines it."""

    name: str
    sql_type: str
    comment: str
    mask: Mask


@dataclass(frozen=True)
class Mart:
    """A table of contract section 8."""

    name: str
    title_zh: str
    comment: str
    grain: tuple[str, ...]
    columns: tuple[MartColumn, ...]

    @property
    def address(self) -> str:
        return f"marts.{self.name}"

    @property
    def order(self) -> tuple[str, ...]:
        """What to order by: the grain, then everything else; one order, whatever made the rows."""
        names = dict.fromkeys([*self.grain, *(column.name for column in self.columns)])
        return tuple(f'"{name}"' for name in names)

    @property
    def sql(self) -> str:
        return sql_text(f"transforms/marts/{self.name}.sql")


@cache
def load_marts() -> tuple[Mart, ...]:
    """All analyst tables in the order of their names."""
    return tuple(_mart(read_yaml(path)) for path in sorted((CONTRACTS / "marts").glob("*.yaml")))


def _mart(document: dict[str, Any]) -> Mart:
    fields = load_fields()
    columns = tuple(
        MartColumn(name, fields[name].sql_type, _comment(stated, fields[name].meaning_zh), fields[name].mask)
        for name, stated in document["columns"].items()
    )
    comment = f"{document['title_zh']}：{document['comment_zh']}"
    return Mart(document["mart"], document["title_zh"], comment, tuple(document["grain"]), columns)


def _comment(stated: dict[str, str], meaning: str) -> str:
    return stated.get("comment_zh") or meaning


def create_table(warehouse: Warehouse, mart: Mart, address: str) -> None:
    """The empty table of a contract at any address, with all its comments."""
    columns = ", ".join(f'"{column.name}" {column.sql_type}' for column in mart.columns)
    comments = [f"COMMENT ON TABLE {address} IS {quoted(mart.comment)}"]
    comments += [f'COMMENT ON COLUMN {address}."{each.name}" IS {quoted(each.comment)}' for each in mart.columns]
    warehouse.execute(";\n".join((f"CREATE OR REPLACE TABLE {address} ({columns})", *comments)))


def fill_mart(warehouse: Warehouse, mart: Mart) -> int:
    """Make an analyst table anew, within the caller's transaction; gives the number of its rows."""
    create_table(warehouse, mart, mart.address)
    made = f"INSERT INTO {mart.address} BY NAME SELECT * FROM (\n{mart.sql}\n) ORDER BY {', '.join(mart.order)}"
    return int(warehouse.value(made))
