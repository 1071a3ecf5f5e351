"""撤回文件 as a flow: a file is taken back or put back in force, then everything is brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.runs import carry
from flows.withdrawing import withdraw


@flow(name="withdrawal", flow_run_name="撤回文件", validate_parameters=False)
def withdrawal(root: Path) -> State[Any]:
    """Take a received file back (contract section 2, `withdraw`); which one and who said so is not shown."""
    return carry(withdraw, root)
