"""The published tables that are no marts: where each comes from, and what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.contracts import load_fields
from expectations.masking import Mask
from expectations.yaml_files import read_yaml
from flows.edges.warehouse import Warehouse, quoted


@dataclass(frozen=True)
class Beside:
    """A table of the published copy beside the marts. `mask`: columns that must not be seen as they are."""

    address: str
    source: str
    comment: str
    columns: dict[str, str]
    mask: dict[str, Mask]


@cache
def load_besides() -> tuple[Beside, ...]:
    """All of them, from besides.yaml."""
    document = read_yaml(Path(__file__).with_suffix(".yaml"))
    return tuple(
        Beside(address, entry["from"], entry["comment"], entry.get("columns", {}), entry.get("mask", {}))
        for address, entry in document.items()
    )


def comment_on(warehouse: Warehouse, beside: Beside, address: str) -> None:
    """Say what the finished table and each of its columns is, in its own words or those of the fields."""
    fields = load_fields()
    comments = [f"COMMENT ON TABLE {address} IS {quoted(beside.comment)}"]
    for name, *_ in warehouse.rows(f"DESCRIBE {address}"):
        meaning = beside.columns.get(name) or fields[name].meaning_zh
        comments.append(f'COMMENT ON COLUMN {address}."{name}" IS {quoted(meaning)}')
    warehouse.execute(";\n".join(comments))
