"""The clock. It dates receipts and the run log; nothing that is computed from facts ever asks it."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo


def now(time_zone: str | None = None) -> datetime:
    """The moment as the clocks of that zone show it, without zone, to the second; without one, this machine's clock.

    What people read (when a file was received, when a year was sealed) is told in the workspace's zone; servers run in
    UTC.
    """
    return datetime.now(ZoneInfo(time_zone) if time_zone else None).replace(tzinfo=None, microsecond=0)


def ticks() -> float:
    """Seconds on a clock that only goes forward, to measure how long something took."""
    return time.perf_counter()
