"""households: contract `expectations/contracts/households.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def households(table: Table, reading: Reading) -> Typed:
    """困难职工档案表 as typed facts. Grain: one row per file period of a household."""
    draft = typed(table, reading)
    draft.key("person_key", "person", "id_number")
    draft.key("card_key", "digits", "card_no")
    return finished(draft)
