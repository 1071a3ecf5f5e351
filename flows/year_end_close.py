"""年终结账 as a flow: settle, look for what stands in the way, seal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.closing import close
from flows.edges.closes import Exceptions
from flows.runs import carry, in_tasks


@flow(name="year-end-close", flow_run_name="年终结账 {year} {cutoff}", validate_parameters=False)
def year_end_close(root: Path, year: int, cutoff: str, exceptions: Exceptions | None = None) -> State[Any]:
    """Seal the figures of a budget year at a cut-off (contract section 7, «Close»)."""
    return carry(lambda: close(root, year=year, cutoff=cutoff, exceptions=exceptions, runner=in_tasks))
