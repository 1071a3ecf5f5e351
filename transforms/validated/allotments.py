"""allotments: contract `expectations/contracts/allotments.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def allotments(table: Table, reading: Reading) -> Typed:
    """资金分配表 as typed facts. Grain: one row per line of a notice or decision; amount_yuan in yuan as text."""
    draft = typed(table, reading)
    draft.key("payee_account_key", "digits", "payee_account_no")
    return finished(draft)
