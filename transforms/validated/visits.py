"""visits: contract `expectations/contracts/visits.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def visits(table: Table, reading: Reading) -> Typed:
    """走访慰问登记表 as typed facts. Grain: one row per line of the register; cash_yuan, goods_yuan in yuan as text."""
    draft = typed(table, reading)
    draft.key("person_key", "person", "id_number")
    draft.key("name_key", "name", "name")
    return finished(draft)
