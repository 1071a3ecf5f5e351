"""purchases: contract `expectations/contracts/purchases.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def purchases(table: Table, reading: Reading) -> Typed:
    """慰问品采购表 as typed facts. Grain: one row per line of an invoice and source; amount_yuan in yuan as text,
    item_quantity and unit_price as text with up to six decimals.
    """
    draft = typed(table, reading)
    draft.key("payee_account_key", "digits", "payee_account_no")
    return finished(draft)
