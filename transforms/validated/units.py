"""units: contract `expectations/contracts/units.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def units(table: Table, reading: Reading) -> Typed:
    """单位表 as typed facts. Grain: one row per line of the received file; no row is dropped here."""
    return finished(typed(table, reading))
