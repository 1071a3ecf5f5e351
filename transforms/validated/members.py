"""members: contract `expectations/contracts/members.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def members(table: Table, reading: Reading) -> Typed:
    """家庭成员表 as typed facts. Grain: one row per member of a case file; relation_text keeps the sheet's own word."""
    draft = typed(table, reading)
    draft.key("person_key", "person", "id_number")
    draft.values["relation_text"] = draft.texts("relation")
    return finished(draft)
