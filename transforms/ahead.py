"""Making the next pieces while the last one is looked at or stored: a long file keeps both cores at work."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(pieces: Iterable[T], depth: int = 1) -> Iterator[T]:
    """The same pieces in the same order, each made by a second thread, so many ahead. What making raises is raised
    here.
    """
    making = iter(pieces)
    with ThreadPoolExecutor(1) as second:
        made: deque[Future[T | None]] = deque(second.submit(next, making, None) for _ in range(depth))
        while (piece := made.popleft().result()) is not None:
            made.append(second.submit(next, making, None))
            yield piece
