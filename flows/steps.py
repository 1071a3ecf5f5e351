"""A step: one SELECT that makes one table. Plain Python; whoever orchestrates wraps it (`Runner`), never the logic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from flows.edges.transforms import sql_text, tables_read
from flows.edges.warehouse import Warehouse
from flows.retrying import patiently

T = TypeVar("T")
Cut = Literal["file", "unit", "month", "source", "year", "city"]


class Runner(Protocol):
    """Runs one piece of work under a name: here and now, or as a task of an orchestrator.

    The first word of the name says what kind of step it is: flows/retries.yaml says which kinds are tried again. A name
    may be read by anybody who watches runs: it holds no name of a file or a person.
    """

    def __call__(self, name: str, work: Callable[[], T], /) -> T: ...


def plainly(name: str, work: Callable[[], T], /) -> T:
    """The runner without an orchestrator."""
    return patiently(name, work)


@dataclass(frozen=True)
class Step:
    """A table and the file that makes it. `cut_by`: by what its rows could be made in parts, each part alone."""

    path: str
    cut_by: Cut

    @property
    def address(self) -> str:
        """transforms/facts/20_units.sql → facts.units."""
        schema, name = self.path.split("/")
        return f"{schema}.{name.lstrip('0123456789').removeprefix('_')}"

    @property
    def sql(self) -> str:
        return sql_text(f"transforms/{self.path}.sql")

    @property
    def reads(self) -> tuple[str, ...]:
        """Its declared inputs: what the SELECT names, and nothing else."""
        return tables_read(self.sql)


def steps(schema: str, *names: str, cut_by: Cut) -> tuple[Step, ...]:
    """Several steps of one schema that can be cut alike."""
    return tuple(Step(f"{schema}/{name}", cut_by) for name in names)


def run_step(warehouse: Warehouse, step: Step) -> int:
    """Make the step's table anew, as a whole, within the caller's transaction; gives the number of its rows."""
    return int(warehouse.value(f"CREATE OR REPLACE TABLE {step.address} AS\n{step.sql}"))
