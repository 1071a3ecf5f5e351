"""年终结账 as a flow: settle, look for what stands in the way, seal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.closing import close
from flows.runs import carry


@flow(name="year-end-close", flow_run_name="年终结账 {year} {cutoff}", validate_parameters=False)
def year_end_close(root: Path, year: int, cutoff: str) -> State[Any]:
    """Seal the figures of a budget year at a cut-off (contract section 7, «Close»)."""
    return carry(close, root, year=year, cutoff=cutoff)
