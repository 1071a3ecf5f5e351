"""A step as a task run of Prefect: tried again by the policy of the house, and silent about what it works on.

What Prefect is given of a failure has no path, no value, no name in it: its page and its logs are read by more people
than the files. The failure itself reaches the command as it was raised.
"""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from prefect import Task
from prefect.cache_policies import NO_CACHE

from flows.orchestration import tally
from flows.problems import Refusal
from flows.retrying import Attempts, load_retries, patiently

T = TypeVar("T")
_NOT_ASCII = re.compile(r"[^A-Za-z0-9_.]+")
_HOUSE = Path(__file__).resolve().parents[1]


class StepFailed(Exception):  # noqa: N818  it stands for an error and says as little of it as may be read
    """A failure as the server may know it."""


class _Work(Generic[T]):
    """The work of one task run, done once unless it may be tried again; its result or failure, and the time it took."""

    def __init__(self, work: Callable[[], T]) -> None:
        self.work = work
        self.results: list[T] = []
        self.error: BaseException | None = None
        self.seconds = 0.0

    def __call__(self) -> None:
        began, self.error = time.perf_counter(), None
        try:
            self.results.append(self.work())
        except BaseException as error:
            self.error = error
            if isinstance(error, Exception):
                raise StepFailed(readable(error)) from None
            raise
        finally:
            self.seconds += time.perf_counter() - began


def in_tasks(name: str, work: Callable[[], T], /) -> T:
    """A step as a task run: its first word is the task's name, all of it the run's (`read 003 8f3a21`)."""
    did, began = _Work(work), time.perf_counter()
    try:
        _as_task(name, did)()
    except Exception:
        if did.error is not None:
            raise did.error from None
        if not did.results:  # Prefect's own trouble, before the work began
            return patiently(name, work)
    finally:
        tally.task_runs += 1
        tally.seconds += time.perf_counter() - began - did.seconds
    return did.results[0]


def _as_task(name: str, did: _Work[T]) -> Task[[], None]:
    attempts = Attempts(name)

    def again(*_: object) -> bool:
        return did.error is not None and attempts.again(did.error)

    return Task(
        did.__call__,
        name=_task_name(name),
        task_run_name=lambda: name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=len(attempts.delays),
        retry_delay_seconds=list(attempts.delays),
        retry_condition_fn=again,
    )


def readable(error: BaseException) -> str:
    """What failed, and where in our code: never the message, which may quote a path, a cell or a person."""
    if isinstance(error, Refusal):
        return "; ".join(each.code for each in error.problems)
    reason = load_retries().passing(error)
    said = f"{reason['zh']}（{type(error).__name__}）" if reason else type(error).__name__
    return "  ▸  ".join([said, *_steps_to(error)])


def _steps_to(error: BaseException) -> list[str]:
    """The last of our own lines that led to it."""
    ours = [each for each in traceback.extract_tb(error.__traceback__) if Path(each.filename).is_relative_to(_HOUSE)]
    return [f"{Path(each.filename).relative_to(_HOUSE).as_posix()}:{each.lineno} {each.name}" for each in ours[-3:]]


def _task_name(name: str) -> str:
    """ASCII, or the timeline shows "-"."""
    return _NOT_ASCII.sub(" ", name).strip().split(" ")[0] or "step"
