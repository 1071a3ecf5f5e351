"""accounts: contract `expectations/contracts/accounts.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading, Typed, finished, typed


def accounts(table: Table, reading: Reading) -> Typed:
    """银行账户登记表 as typed facts. Grain: one row per line; account_key is the keyed hash of the account's digits."""
    draft = typed(table, reading)
    draft.key("account_key", "digits", "account_no")
    return finished(draft)
