"""收文 as a flow: what lies in the inbox becomes facts, a task a file; then the figures, a task a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.ingesting import ingest
from flows.runs import carry, in_tasks


@flow(name="intake", flow_run_name="收文入库", validate_parameters=False)
def intake(root: Path, paths: tuple[Path, ...] = (), unit: str | None = None) -> State[Any]:
    """Receive what is new and bring the figures up to date (contract section 2, `ingest`)."""
    return carry(lambda: ingest(root, paths=paths, unit=unit, runner=in_tasks))
