"""The run log in the warehouse: what ran, on what, for how long. Insert only; audits read it, figures never do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from flows.edges import clock
from flows.edges.warehouse import Warehouse

T = TypeVar("T")
_COLUMNS = (
    "run_no", "command", "step", "outcome", "rows_out", "seconds", "input_hash", "detail", "started_at", "finished_at",
    "city_code",
)  # fmt: skip


@dataclass
class RunLog:
    """The lines of one run, kept until they are written."""

    command: str
    lines: list[tuple[str, str, int | None, Decimal, str | None, str | None, datetime, datetime]] = field(
        default_factory=list
    )
    run_no: int | None = None

    def measured(self, step: str, work: Callable[[], T], *, input_hash: str | None = None) -> T:
        """Do the work and note it; a whole number that it gives is the number of rows made."""
        started_at, began = clock.now(), clock.ticks()

        def note(outcome: str, rows: int | None, detail: str | None) -> None:
            seconds = Decimal(f"{clock.ticks() - began:.3f}")
            self.lines.append((step, outcome, rows, seconds, input_hash, detail, started_at, clock.now()))

        try:
            result = work()
        except BaseException as error:
            note("failed", None, f"{type(error).__name__}: {error}"[:500])
            raise
        note("done", result if isinstance(result, int) else None, None)
        return result

    def write(self, warehouse: Warehouse) -> int:
        """Append the lines, all under the number of this run, and give the number."""
        if self.run_no is None:
            self.run_no = 1 + (warehouse.value("SELECT max(run_no) FROM run.log") or 0)
        run_no = self.run_no
        city_code = warehouse.workspace.settings.region
        warehouse.append_rows("run.log", _COLUMNS, [(run_no, self.command, *line, city_code) for line in self.lines])
        self.lines.clear()
        return run_no


def hash_of(parts: Iterable[object]) -> str:
    """A short fingerprint of what a step was given."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode())
        digest.update(b"\n")
    return digest.hexdigest()[:16]
