"""对账待办 as a flow: people's decisions on open items are received, then everything is brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.deciding import decide
from flows.runs import carry


@flow(name="decision-on-items", flow_run_name="对账待办", validate_parameters=False)
def decision_on_items(root: Path) -> State[Any]:
    """Take people's decisions (contract section 2, `decide`); which file and who decided is not shown."""
    return carry(decide, root)
