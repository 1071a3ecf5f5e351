"""例外审批 as a flow: a decision on findings is recorded, then everything is brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.runs import carry
from flows.waiving import waive


@flow(name="exception-approval", flow_run_name="例外审批", validate_parameters=False)
def exception_approval(root: Path) -> State[Any]:
    """Record a decision on a finding or a group (contract section 2, `waive`); who decided what is not shown."""
    return carry(waive, root)
