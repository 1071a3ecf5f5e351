"""What a flow run of this house is made of: steps as tasks, refusals as states, one note a run for people.

Prefect holds a record of the work for those who watch; the run log in the warehouse is the record that audits use.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from prefect import Task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import TERMINAL_STATES, State
from prefect.context import FlowRunContext
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_CLIENT_MAX_RETRIES,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    temporary_settings,
)
from prefect.states import Completed, Failed

from flows.orchestration import Carried, aside, carried_here, tally
from flows.outcome import Outcome, refused
from flows.problems import Exit, Refusal
from flows.words import say

T = TypeVar("T")

_NOT_ASCII = re.compile(r"[^A-Za-z0-9_.]+")
_NOT_DONE = {Exit.USAGE, Exit.SEALED, Exit.IN_USE, Exit.REFUSED}
RECORD_SECONDS = 15.0
NOTE_PROBLEMS = 50
MESSAGE_LENGTH = 1000


@contextmanager
def on_server(url: str) -> Iterator[None]:
    """Runs inside the block are recorded there, as long as that is no trouble.

    No heartbeat: it costs a second a run, and a run of ours ends with its process. Few retries: a server that has gone
    must not hold up the work for minutes.
    """
    settings = {PREFECT_API_URL: url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_CLIENT_MAX_RETRIES: 1}
    with temporary_settings(settings):
        yield


def in_tasks(name: str, work: Callable[[], T], /) -> T:
    """A step as a task run: its first word is the task's name, all of it the run's (`read 名册.xlsx`)."""
    spent, began = 0.0, time.perf_counter()

    def step() -> T:
        nonlocal spent
        start = time.perf_counter()
        try:
            return work()
        finally:
            spent = time.perf_counter() - start

    as_task: Task[[], T] = Task(
        step, name=_task_name(name), task_run_name=lambda: name, cache_policy=NO_CACHE, persist_result=False
    )
    try:
        result: T = as_task()
        return result
    finally:
        tally.task_runs += 1
        tally.seconds += time.perf_counter() - began - spent


def carry(body: Callable[[], Outcome]) -> State[Any]:
    """The work of a flow run, what came of it as its state, and a note about that for people.

    A refusal is an answer, not a crash: the run's page shows its reasons and no traceback.
    """
    context, carried, began = FlowRunContext.get(), carried_here.get() or Carried(), time.perf_counter()
    carried.is_begun = True
    if context is not None and context.flow_run is not None:
        tally.flow_runs.append(str(context.flow_run.id))
    try:
        outcome = carried.result = body()
    except Refusal as refusal:
        carried.error, outcome = refusal, refused("", refusal)
    except BaseException as error:
        carried.error = error
        raise
    finally:
        tally.seconds -= time.perf_counter() - began
    _leave(outcome, key=context.flow.name if context is not None and context.flow is not None else None)
    if outcome.exit_code in _NOT_DONE:
        return Failed(name="Refused", message="；".join(each.line for each in outcome.problems)[:MESSAGE_LENGTH])
    return Completed(message=" ".join(outcome.lines)[:MESSAGE_LENGTH])


def _leave(outcome: Outcome, *, key: str | None) -> None:
    """The note of this run. Work that is done stays done when the server does not take it."""
    try:
        create_markdown_artifact(note(outcome), key=key)
    except Exception as error:
        aside("server.note_lost", reason=type(error).__name__)


def note(outcome: Outcome) -> str:
    """What came, what is open, where the files are: as markdown."""
    parts = ["\n".join(outcome.lines)]
    if any(outcome.findings.values()):
        parts.append(say("findings_line", **outcome.findings))
    if outcome.outputs:
        parts.append("\n".join([say("outputs"), "", *(f"- `{path}`" for path in outcome.outputs)]))
    if outcome.problems:
        told = [f"- {each.line}  \n  {say('way_out')}{each.way_out}" for each in outcome.problems[:NOTE_PROBLEMS]]
        left = len(outcome.problems) - len(told)
        parts.append("\n".join([*told, f"- … +{left}"] if left else told))
    return "\n\n".join(part for part in parts if part) or say("done")


def send_all(url: str) -> None:
    """Send what Prefect still holds back in this process: states of task runs, log lines."""
    with on_server(url):
        EventsWorker.drain_all(timeout=RECORD_SECONDS, at_exit=False)
        APILogWorker.drain_all(timeout=RECORD_SECONDS, at_exit=False)


def records_complete(url: str, seconds: float = RECORD_SECONDS) -> bool:
    """Whether all task runs of this process have ended in the server's books, after waiting for what is on its way.

    Task runs are reported in the background: a server that is ended at once would forget the last of them.
    """
    send_all(url)
    with on_server(url):
        deadline = time.monotonic() + seconds
        while (recorded := _ended_task_runs()) < tally.task_runs and time.monotonic() < deadline:
            time.sleep(0.1)
    return recorded == tally.task_runs


def _ended_task_runs() -> int:
    asked = {
        "flow_runs": {"id": {"any_": tally.flow_runs}},
        "task_runs": {"state": {"type": {"any_": sorted(state.value for state in TERMINAL_STATES)}}},
    }
    with get_client(sync_client=True) as client:
        return int(client.request("POST", "/task_runs/count", json=asked).json())


def _task_name(name: str) -> str:
    """ASCII, or the timeline shows "-"."""
    return " ".join(_NOT_ASCII.sub(" ", name).split()) or "step"
