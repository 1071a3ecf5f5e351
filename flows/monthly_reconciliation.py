"""对账 as a flow: bank and books up to a month's end, with that month's statement of agreement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.reconciling import reconcile
from flows.runs import carry


@flow(name="monthly-reconciliation", flow_run_name="对账 {month}", validate_parameters=False)
def monthly_reconciliation(root: Path, month: str) -> State[Any]:
    """Match everything received, and say per account and source what agrees (contract section 2, `reconcile`)."""
    return carry(reconcile, root, month=month)
