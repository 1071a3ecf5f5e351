"""A flow of the house's own shape, small enough to see through: some steps, an outcome, a refusal, a bug."""

from pathlib import Path
from typing import Any

from prefect import flow

from flows.outcome import Outcome
from flows.problems import Exit, refuse
from flows.runs import carry
from flows.steps import Runner, plainly

calls: list[str] = []
failures: list[OSError] = []


def work(root: Path, *, steps: int, ends: str = "done", secret: str = "", runner: Runner = plainly) -> Outcome:
    for number in range(steps):
        runner(f"read {number:03}", lambda number=number: _read(f"{ends}{number}"))
    if ends == "refused":
        raise refuse(Exit.IN_USE, "workspace.in_use", "某处", command="x", pid=1, host="h", since="s")
    if ends == "bug":
        runner("facts.units", lambda: _fail(secret))
    code = {"done": Exit.DONE, "sealed": Exit.SEALED, "open": Exit.FINDINGS_OPEN}[ends]
    return Outcome("toy", frozenset({code}), lines=[f"{steps} 步"], outputs=["outbox/甲.xlsx"])


def _read(call: str) -> None:
    """A file of a share that fails as often as `failures` says."""
    calls.append(call)
    if failures:
        raise failures.pop()


def _fail(secret: str) -> None:
    raise ZeroDivisionError(secret)


@flow(name="toy", flow_run_name="试 {ends}", validate_parameters=False)
def toy(root: Path, steps: int, ends: str = "done") -> Any:
    return carry(work, root, steps=steps, ends=ends)
