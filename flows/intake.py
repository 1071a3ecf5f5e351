"""收文 as a flow: what lies in the inbox becomes facts, a task a file; then the figures, a task a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.ingesting import ingest
from flows.runs import carry


@flow(name="intake", flow_run_name="收文入库", validate_parameters=False)
def intake(root: Path) -> State[Any]:
    """Receive what is new and bring the figures up to date (contract section 2, `ingest`)."""
    return carry(ingest, root)
