"""Trying a step again when files, shares or networks fail for a moment: one policy, with an orchestrator and without.

The policy is data, flows/retries.yaml. Whoever runs steps asks `Attempts.again` after a failure.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from expectations.yaml_files import read_yaml
from flows.edges.passing import name_of_failure
from flows.progress import aside
from flows.words import Sentence, language

T = TypeVar("T")


@dataclass(frozen=True)
class Retries:
    """Which steps are tried again after which failures, after how many seconds, and for how long in all."""

    delays: tuple[float, ...]
    patience: float
    steps: frozenset[str]
    errors: Mapping[str, Sentence]

    def delays_of(self, name: str) -> tuple[float, ...]:
        """Seconds before each further attempt at the step of this name; none for a step that is tried once."""
        return self.delays if name.split(" ")[0] in self.steps else ()

    def passing(self, error: BaseException) -> Sentence | None:
        """What failed, in words without a path in them, if it may pass; None for a bug, a refusal, a full disk."""
        return self.errors.get(name_of_failure(error) or "")


@cache
def load_retries() -> Retries:
    """The shipped policy."""
    said = read_yaml(Path(__file__).with_name("retries.yaml"))
    delays, patience = tuple(said["delays_seconds"]), said["patience_seconds"]
    return Retries(delays, patience, frozenset(said["steps"]), said["errors"])


@dataclass
class Trials:
    """What one command had to try again, and how many seconds it has waited for that."""

    waited: float = 0.0
    told: list[str] = field(default_factory=list)


_here: ContextVar[Trials | None] = ContextVar("trials", default=None)


@contextmanager
def one_command() -> Iterator[Trials]:
    """Within it, all steps share one patience."""
    token = _here.set(trials := Trials())
    try:
        yield trials
    finally:
        _here.reset(token)


class Attempts:
    """The attempts at one step."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.policy = load_retries()
        self.delays = self.policy.delays_of(name)
        self.failed = 0
        self.trials = _here.get() or Trials()

    def again(self, error: BaseException) -> bool:
        """Whether to try again after this failure. People are told, on stderr and on the page of the run."""
        reason = self.policy.passing(error)
        if reason is None or self.failed == len(self.delays):
            return False
        seconds = self.delays[self.failed]
        if self.trials.waited + seconds > self.policy.patience:
            return False
        self.failed += 1
        self.trials.waited += seconds
        self.trials.told.append(f"{self.name}：{reason['zh']}")
        place = getattr(error, "filename", None) or self.name
        aside(
            "retry", place=place, reason=reason[language()], seconds=f"{seconds:g}",
            attempt=self.failed + 1, attempts=len(self.delays) + 1,
        )  # fmt: skip
        return True

    @property
    def delay(self) -> float:
        """Seconds to wait before the next attempt."""
        return self.delays[self.failed - 1]


def patiently(name: str, work: Callable[[], T]) -> T:
    """Do the work of a step, again where that may help; the last failure is the caller's."""
    attempts = Attempts(name)
    while True:
        try:
            return work()
        except Exception as error:
            if not attempts.again(error):
                raise
        time.sleep(attempts.delay)
