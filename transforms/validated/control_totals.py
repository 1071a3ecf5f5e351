"""received.control_totals: what a statement says that its lines add up to, typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from transforms.parsed.cells import Sheet
from transforms.parsed.recognised import Table
from transforms.parsed.totals import stated_totals
from transforms.validated.draft import Reading
from transforms.validated.money import yuan
from transforms.validated.unreadable import UnreadableError

CONTROL_TOTALS: Mapping[str, Any] = {
    "receipt_id": pl.String, "sheet": pl.String, "in_count": pl.Int64, "in_yuan": pl.String, "out_count": pl.Int64,
    "out_yuan": pl.String, "line_count": pl.Int64, "city_code": pl.String,
}  # fmt: skip
_COUNT = re.compile(r"^(\d{1,9})笔?$")


def control_totals(sheet: Sheet, table: Table, reading: Reading) -> list[dict[str, Any]]:
    """What one sheet states. Grain: at most one row; NULL what it does not state, or states twice and differently.

    Units: yuan as text, without the sign that some banks give to payments; a total that cannot be read is not stated.
    """
    stated: dict[str, set[Any]] = {}
    for name, text in stated_totals(sheet, table):
        value = _count(text) if name.endswith("_count") else _amount(text, table.places.get(name, 0))
        if value is not None:
            stated.setdefault(name, set()).add(value)
    known = {name: next(iter(values)) for name, values in stated.items() if len(values) == 1}
    if not known:
        return []
    row = {"receipt_id": reading.receipt_id, "sheet": table.sheet, "city_code": reading.city_code}
    return [dict.fromkeys(CONTROL_TOTALS) | row | known]


def _count(text: str) -> int | None:
    found = _COUNT.match("".join(text.split()))
    return int(found[1]) if found else None


def _amount(text: str, places: int) -> str | None:
    try:
        return yuan(text, places).removeprefix("-")
    except UnreadableError:
        return None
