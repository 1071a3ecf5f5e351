"""arrivals: contract `expectations/contracts/arrivals.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def arrivals(table: Table, reading: Reading) -> Typed:
    """资金到位表 as typed facts. Grain: one row per line; amount_yuan in yuan as text."""
    return finished(typed(table, reading))
