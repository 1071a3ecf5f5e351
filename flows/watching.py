"""`serve`: look into the inbox every so often; what has come to rest there is received, as `ingest` would.

An empty look costs a listing and no run. One that meets a share that is away, or a workspace in use, tries again later.
"""

from __future__ import annotations

import contextvars
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flows import orchestration, server, stopping
from flows.edges import clock
from flows.edges.inbox import InboxFile, list_inbox
from flows.edges.quiet import Resting
from flows.edges.workspace import Workspace, open_workspace
from flows.ingesting import GROWING, UNREAD, ingest
from flows.outcome import Outcome
from flows.problems import Refusal
from flows.progress import aside
from flows.words import say

Receive = Callable[[Path, tuple[Path, ...]], Outcome]


def serve(root: Path, *, every: float | None = None) -> Outcome:
    """Watch the inbox until SIGTERM or Ctrl-C; runs are shown by a Prefect server, the workspace's own if need be."""
    workspace = open_workspace(root)
    with _stopped_by_signals(), _server(root) as place, orchestration.on(place):
        aside("watch.begins", inbox=workspace.inbox, seconds=f"{every or workspace.settings.poll_seconds:g}")
        if place is not None:
            aside("watch.page", url=place.page)
        return _beside(lambda: watch(root, every=every))


def watch(root: Path, *, every: float | None = None) -> Outcome:
    """Look every `every` seconds (mingzhang.toml, [intake]) until somebody asks to stop."""
    workspace = open_workspace(root)
    watcher = Watcher(workspace, _received)
    while not stopping.is_asked():
        watcher.look()
        stopping.wait(workspace.settings.poll_seconds if every is None else every)
    said = {"run_count": watcher.runs, "file_count": watcher.files}
    return Outcome("serve", summary=said, lines=[say("watch.ended", runs=watcher.runs, files=watcher.files)])


def _received(root: Path, paths: tuple[Path, ...]) -> Outcome:
    return orchestration.run(root, "flows.intake:intake", ingest, paths=paths)


@dataclass
class Watcher:
    """One look after the other at one inbox. `receive`: what is done with files that have come to rest."""

    workspace: Workspace
    receive: Receive
    runs: int = 0
    files: int = 0

    def __post_init__(self) -> None:
        self.resting = Resting(self.workspace.settings.quiet_seconds)
        self._told = ""

    def look(self) -> None:
        """List, compare, and receive what is new and at rest. Fails in no way that a later look might not."""
        try:
            listed = {file.path: file for file in self._listed()}
            marks = {path: mark for path, file in listed.items() if (mark := _mark(file))}
        except OSError as error:
            self._tell_once("watch.away", reason=error.strerror or type(error).__name__)
            return
        found = self.resting.look(marks, clock.ticks())
        if found.growing:
            aside("ingest.growing", files="、".join(listed[path].source_file for path in found.growing))
        if found.quiet:
            self._receive([listed[path] for path in found.quiet])

    def _listed(self) -> list[InboxFile]:
        if not self.workspace.inbox.is_dir():
            raise FileNotFoundError(2, str(self.workspace.inbox))
        return list_inbox(self.workspace.inbox)

    def _receive(self, files: list[InboxFile]) -> None:
        try:
            outcome = self.receive(self.workspace.root, tuple(file.path for file in files))
        except Refusal as refusal:
            self._tell_once("watch.later", reason=refusal.problems[0].line)
            return
        except Exception as error:  # a bug, or a share that went in mid-run: nobody watches, so the next look goes on
            self._tell_once("watch.later", reason=f"{type(error).__name__}: {error}")
            return
        self._told = ""
        self._remember(files, outcome)
        self.runs += 1
        self.files += int(outcome.summary["file_count"])
        for line in [*outcome.lines, *(each.line for each in outcome.problems)]:
            print(line, file=sys.stderr, flush=True)

    def _remember(self, files: list[InboxFile], outcome: Outcome) -> None:
        states = {row["file"]: row["state"] for row in outcome.rows}
        of_state: dict[str, list[Path]] = {}
        for file in files:
            of_state.setdefault(states.get(file.source_file, ""), []).append(file.path)
        self.resting.unread(of_state.pop(UNREAD, ()), clock.ticks())
        of_state.pop(GROWING, None)
        if not stopping.is_asked():
            self.resting.handled(path for paths in of_state.values() for path in paths)

    def _tell_once(self, key: str, **details: object) -> None:
        """The same trouble is told when it begins, not at every look."""
        told = f"{key} {details}"
        if told != self._told:
            aside(key, **details)
        self._told = told


def _mark(file: InboxFile) -> tuple[int, int, int] | None:
    """None for what has gone since it was listed."""
    with suppress(FileNotFoundError):
        return file.mark()
    return None


@contextmanager
def _server(root: Path) -> Iterator[server.Place | None]:
    """The Prefect server that answers for this workspace, else one of its own for as long as the block lasts."""
    place = orchestration.in_reach(root)
    if place is not None:
        yield place
        return
    with server.running(root) as starting:
        yield starting.wait()


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Inside it SIGTERM and Ctrl-C ask to stop, after the file at hand."""
    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(each, lambda *_: stopping.stop()) for each in signals]
    try:
        yield
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)


def _beside(work: Callable[[], Outcome]) -> Outcome:
    """The work in a thread: Prefect takes over SIGTERM in the main thread, and would end a run within a file."""
    assert threading.current_thread() is threading.main_thread()
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(contextvars.copy_context().run, work).result()
