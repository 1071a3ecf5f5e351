"""A flow of the house's own shape, small enough to see through: some steps, an outcome, a refusal, a bug."""

from pathlib import Path
from typing import Any

from prefect import flow

from flows.outcome import Outcome
from flows.problems import Exit, refuse
from flows.runs import carry, in_tasks
from flows.steps import Runner, plainly

calls: list[str] = []


def work(root: Path, *, steps: int, ends: str = "done", runner: Runner = plainly) -> Outcome:
    for number in range(steps):
        runner(f"read 名册{number}.xlsx", lambda number=number: calls.append(f"{ends}{number}"))
    if ends == "refused":
        raise refuse(Exit.IN_USE, "workspace.in_use", "某处", command="x", pid=1, host="h", since="s")
    if ends == "bug":
        raise ZeroDivisionError("a bug")
    code = {"done": Exit.DONE, "sealed": Exit.SEALED, "open": Exit.FINDINGS_OPEN}[ends]
    return Outcome("toy", frozenset({code}), lines=[f"{steps} 步"], outputs=["outbox/甲.xlsx"])


@flow(name="toy", flow_run_name="试 {ends}", validate_parameters=False)
def toy(root: Path, steps: int, ends: str = "done") -> Any:
    return carry(lambda: work(root, steps=steps, ends=ends, runner=in_tasks))
