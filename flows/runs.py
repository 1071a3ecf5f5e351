"""What a flow run of this house is: the work of a command in tasks, its outcome as a state, its page for people.

Prefect holds a record of the work for those who watch; the run log in the warehouse is the record that audits use.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import TERMINAL_STATES, State
from prefect.context import FlowRunContext
from prefect.events.worker import EventsWorker
from prefect.exceptions import Abort
from prefect.logging.handlers import APILogWorker
from prefect.settings import (
    PREFECT_API_REQUEST_TIMEOUT,
    PREFECT_API_URL,
    PREFECT_CLIENT_MAX_RETRIES,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    temporary_settings,
)
from prefect.states import Completed, Failed

from flows import server
from flows.marks import end_the_dead, hold, let_go
from flows.orchestration import Carried, carried_here, tally
from flows.outcome import Outcome, refused
from flows.page import page_of
from flows.problems import Exit, Refusal
from flows.progress import aside
from flows.tasks import in_tasks, readable

_NOT_DONE = {Exit.USAGE, Exit.SEALED, Exit.IN_USE, Exit.REFUSED}
RECORD_SECONDS = 15.0
REQUEST_SECONDS = 5.0
LOST_SECONDS = 5.0  # longer than at the start: a server that is merely busy has not gone
MESSAGE_LENGTH = 1000


@contextmanager
def on_server(url: str) -> Iterator[None]:
    """Runs inside the block are recorded there, as long as that is no trouble.

    No heartbeat: it costs a second a run, and a run of ours ends with its process (flows/marks.py). Few retries and
    short waits: a server that has gone must not hold up the work for minutes.
    """
    settings = {
        PREFECT_API_URL: url,
        PREFECT_API_REQUEST_TIMEOUT: REQUEST_SECONDS,
        PREFECT_CLIENT_MAX_RETRIES: 1,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    }
    try:
        with temporary_settings(settings):
            yield
    finally:
        let_go()


def carry(plain: Callable[..., Outcome], root: Path, /, **shown: Any) -> State[Any]:
    """The work of a flow run, what came of it as its state, and its page.

    `shown` are the arguments that the server may know; all others reach `plain` past it. A refusal is an answer, not a
    crash: the run's page shows its reasons and no traceback.
    """
    context, carried = FlowRunContext.get(), carried_here.get() or Carried()
    carried.is_begun = True
    if context is not None and context.flow_run is not None:
        tally.flow_runs.append(str(context.flow_run.id))
        _mark(root, context.flow_run.id)
    outcome = _done(carried, lambda: plain(root, runner=in_tasks, **shown, **carried.unshown))
    if not server.answers(PREFECT_API_URL.value() or "", LOST_SECONDS):
        carried.is_lost = True
        raise Abort("the server has gone")  # Prefect then leaves at once, else it would go on asking
    if outcome is None:
        return Failed(name="Bug", message=readable(carried.error or Exception())[:MESSAGE_LENGTH])
    key = context.flow.name if context is not None and context.flow is not None else None
    summary = _leave_page(root, outcome, carried.trials.told, key=key)[:MESSAGE_LENGTH]
    is_done = outcome.exit_code not in _NOT_DONE
    return Completed(message=summary) if is_done else Failed(name="Refused", message=summary)


def _done(carried: Carried, work: Callable[[], Outcome]) -> Outcome | None:
    """The outcome, or the refusal as one; None after a bug, which is the caller's."""
    began = time.perf_counter()
    try:
        carried.result = work()
        return carried.result
    except Refusal as refusal:
        carried.error = refusal
        return refused("", refusal)
    except BaseException as error:
        carried.error = error
        if not isinstance(error, Exception):
            raise
        return None
    finally:
        tally.seconds -= time.perf_counter() - began


def _mark(root: Path, run_id: UUID) -> None:
    """Mark it as alive, and end the records of killed ones. When that cannot be told now, the work goes on."""
    try:
        hold(root, run_id)
        end_the_dead(root)
    except Exception as error:
        aside("server.note_lost", reason=type(error).__name__)


def _leave_page(root: Path, outcome: Outcome, told: Sequence[str], *, key: str | None) -> str:
    """The page of this run; gives its summary. Work that is done stays done when no page comes of it."""
    try:
        page = page_of(root, outcome, tried_again=told)
        create_markdown_artifact(page.note, key=key, description=page.summary)
        for table in page.tables:
            create_table_artifact(table.rows, key=f"{key}-{table.key}", description=table.title)
    except Exception as error:
        aside("server.note_lost", reason=type(error).__name__)
        return ""
    return page.summary


def send_all(url: str) -> None:
    """Send what Prefect still holds back in this process: states of task runs, log lines."""
    with on_server(url):
        EventsWorker.drain_all(timeout=RECORD_SECONDS, at_exit=False)
        APILogWorker.drain_all(timeout=RECORD_SECONDS, at_exit=False)


def give_up() -> None:
    """The server has gone: what is held back for it is dropped, or the end of this process would wait for it."""
    logging.raiseExceptions = False  # nor is it told line by line that no log line arrives
    services: list[Any] = [EventsWorker, APILogWorker]
    for worker in [worker for service in services for worker in service._instances.values()]:
        if worker._loop is not None and worker._task is not None:
            worker._loop.call_soon_threadsafe(worker._task.cancel)


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
