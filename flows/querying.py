"""`query`: one SELECT against the published copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.edges.published import open_published
from flows.edges.workspace import open_workspace


def query(root: Path, *, sql: str) -> tuple[list[str], Sequence[tuple[Any, ...]]]:
    """Column names and rows in select order. Refused (2) unless it is one SELECT."""
    with open_published(open_workspace(root)) as published:
        return published.select(sql)
