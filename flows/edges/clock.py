"""The clock. It dates receipts and the run log; nothing that is computed from facts ever asks it."""

from __future__ import annotations

import time
from datetime import datetime


def now() -> datetime:
    """The moment, in local time without zone, to the second."""
    return datetime.now().replace(microsecond=0)


def ticks() -> float:
    """Seconds on a clock that only goes forward, to measure how long something took."""
    return time.perf_counter()
