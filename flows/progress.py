"""What a long run is doing, on stderr, once it took two seconds. Work says `working_on`; only a command shows it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from flows.edges import clock
from flows.words import say

if TYPE_CHECKING:
    from rich.status import Status

QUIET_SECONDS = 2.0
LINE_SECONDS = 5.0


class _Progress:
    """A spinner on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self.next_at = clock.ticks() + QUIET_SECONDS
        self.status: Status | None = None

    def show(self, text: str) -> None:
        if clock.ticks() < self.next_at:
            return
        if not sys.stderr.isatty():
            print(text, file=sys.stderr, flush=True)
            self.next_at = clock.ticks() + LINE_SECONDS
        elif self.status is None:
            from rich.console import Console  # costs 70 ms, and most commands are over sooner

            self.status = Console(stderr=True).status(text)
            self.status.start()
        else:
            self.status.update(text)

    def end(self) -> None:
        if self.status is not None:
            self.status.stop()


_shown: ContextVar[_Progress | None] = ContextVar("progress", default=None)


@contextmanager
def progress() -> Iterator[None]:
    """Within it, work that says what it is doing is shown."""
    shown = _Progress()
    token = _shown.set(shown)
    try:
        yield
    finally:
        _shown.reset(token)
        shown.end()


def working_on(key: str, **details: object) -> None:
    """Say what is being done now; the phrases are in flows/words.yaml."""
    if shown := _shown.get():
        shown.show(say(key, **details))


def aside(key: str, /, **details: object) -> None:
    """A sentence beside the work, for people, at once: on stderr, so that --json stays one document."""
    print(say(key, **details), file=sys.stderr, flush=True)
