"""openings: contract `expectations/contracts/openings.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def openings(table: Table, reading: Reading) -> Typed:
    """上年结转表 as typed facts. Grain: one row per line; amounts in yuan as text with two places."""
    return finished(typed(table, reading))
