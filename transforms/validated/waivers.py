"""waivers: contract `expectations/contracts/waivers.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def waivers(table: Table, reading: Reading) -> Typed:
    """例外审批表 as typed facts. Grain: one row per decision on one finding or one group of findings."""
    return finished(typed(table, reading))
