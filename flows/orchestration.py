"""Whether the steps of a command run as a flow run on a Prefect server, or plainly, and how they get there.

With a server in reach every command that changes the warehouse is a flow run there; without one the very same steps run
plainly, and Prefect is not even imported. A server that does not answer is named in a warning, never waited for.
"""

from __future__ import annotations

import importlib
import inspect
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows import server
from flows.outcome import Outcome
from flows.progress import aside
from flows.retrying import Trials, one_command
from flows.steps import plainly
from flows.words import say


@dataclass
class Tally:
    """What Prefect was given by this process, and what that cost beside the work itself."""

    flow_runs: list[str] = field(default_factory=list)
    task_runs: int = 0
    seconds: float = 0.0


@dataclass
class Carried:
    """What became of the work inside a flow run, whatever became of the record of it.

    `unshown`: arguments that the flow does not name, and the server therefore never sees: names of files and people.
    """

    unshown: Mapping[str, Any] = field(default_factory=dict)
    trials: Trials = field(default_factory=Trials)
    is_begun: bool = False
    is_lost: bool = False
    result: Outcome | None = None
    error: BaseException | None = None


carried_here: ContextVar[Carried | None] = ContextVar("carried_here", default=None)
_lost: set[str] = set()  # servers that went while this process reported to them
_chosen: ContextVar[tuple[server.Place | None] | None] = ContextVar("chosen", default=None)
tally = Tally()


def in_reach(workspace: Path, env: Mapping[str, str] | None = None) -> server.Place | None:
    """The server that this command reports to, if it answers; a silent one is named on stderr."""
    place = server.find(workspace, env)
    if place is None or server.answers(place.url):
        return place
    aside("server.silent", url=place.url, said_by=place.said_by, seconds=f"{server.ANSWER_SECONDS:g}")
    return None


@contextmanager
def on(place: server.Place | None) -> Iterator[None]:
    """Inside the block runs are recorded there, or with None nowhere, whatever is configured; then all are sent."""
    token = _chosen.set((place,))
    try:
        yield
    finally:
        _chosen.reset(token)
        if place is not None and (runs := sys.modules.get("flows.runs")):
            runs.send_all(place.url)


def run(root: Path, flow: str, plain: Callable[..., Outcome], /, **arguments: Any) -> Outcome:
    """`plain(root, **arguments)`, or the flow of that address (`flows.intake:intake`), which does the same in tasks.

    The work is done once, its outcome or refusal is the same either way; a server lost on the way costs records only.
    """
    chosen = _chosen.get()
    place = chosen[0] if chosen else in_reach(root)
    if place is not None and place.url in _lost:
        place = None
    with one_command() as trials:
        if place is None:
            return plain(root, runner=plainly, **arguments)
        carried = _as_flow_run(place, root, flow, arguments, trials)
        if carried.error is not None:
            raise carried.error
        if carried.result is None:
            return plain(root, runner=plainly, **arguments)
        return carried.result


def _as_flow_run(place: server.Place, root: Path, flow: str, arguments: Mapping[str, Any], trials: Trials) -> Carried:
    carried, began = Carried(trials=trials), time.perf_counter()
    token = carried_here.set(carried)
    try:
        with reporting_to(place, root):
            as_flow = _load(flow)
            named = inspect.signature(as_flow).parameters
            carried.unshown = {name: value for name, value in arguments.items() if name not in named}
            shown = {name: value for name, value in arguments.items() if name in named}
            as_flow(root, **shown, return_state=True)
    except BaseException as error:
        if not isinstance(error, Exception) and not carried.is_lost:
            raise
        if carried.error is None or carried.is_lost:
            _forget(place, reason=say("server.no_answer") if carried.is_lost else type(error).__name__)
    finally:
        carried_here.reset(token)
        tally.seconds += time.perf_counter() - began
    return carried


def _forget(place: server.Place, *, reason: str) -> None:
    """Report to that server no more in this process."""
    aside("server.lost", url=place.url, reason=reason)
    _lost.add(place.url)
    if runs := sys.modules.get("flows.runs"):
        runs.give_up()


@contextmanager
def reporting_to(place: server.Place, workspace: Path) -> Iterator[None]:
    """Prefect's settings for runs on this server. The first import of Prefect reads them, so they come before it."""
    for name, value in server.environment(workspace).items():
        os.environ.setdefault(name, value)
    os.environ.update(server.without_proxy(place.url, os.environ))
    runs = importlib.import_module("flows.runs")
    with runs.on_server(place.url):
        yield


def _load(address: str) -> Callable[..., Any]:
    module, _, name = address.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found
