"""`demo`: the sample year, from its files to its reports, as flow runs on a Prefect server of its own.

Every phase may be repeated, so a demo that was interrupted goes on where it stopped; a complete one is left alone.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows import orchestration, server
from flows.closing import close
from flows.edges import clock
from flows.edges.demo_folder import CORRECTIONS, WAIVERS, claim, deliver, making, mark, move_in
from flows.edges.published import Row, open_published
from flows.edges.returned.asked import PREFIX
from flows.edges.templates import write_templates
from flows.edges.warehouse import open_warehouse
from flows.edges.workspace import open_workspace
from flows.ingesting import ingest
from flows.outcome import SEVERITIES, Outcome
from flows.problems import Exit, Problem, Refusal, problem
from flows.progress import aside
from flows.reconciling import reconcile
from flows.reporting import annual_report, dashboard
from flows.words import say

HOUSEHOLDS, SEED, YEAR = 2500, 2021, 2021
POOL = "city_pool"
LIVES = ("corrected", "gone", "waived", "open")
_FIGURES = """
SELECT
    cutoff, cutoff_on, project_name, executed_yuan,
    -- half away from zero, from yuan to hundredths of a percent at once
    CAST((200 * CAST(executed_yuan * 100 AS BIGINT) * 100 + CAST(budget_yuan * 100 AS BIGINT))
        // (2 * CAST(budget_yuan * 100 AS BIGINT)) AS DECIMAL(18, 0)) * 0.01 AS rate_percent
FROM marts.execution_by_source
WHERE budget_year = ? AND fund_source = ? AND cutoff <> 'as_of' AND budget_yuan > 0
ORDER BY cutoff_on
"""
_OPEN = "SELECT severity, COUNT(*) FROM judged.findings WHERE status = 'open' GROUP BY severity"
_LIVES = """
SELECT COALESCE(f.status, 'gone') AS life, COUNT(*)
FROM (SELECT DISTINCT finding_id FROM judged.history) AS h
LEFT JOIN judged.findings AS f ON f.finding_id = h.finding_id
GROUP BY life
"""


def demo(root: Path, *, households: int = HOUSEHOLDS, seed: int = SEED, year: int = YEAR) -> Outcome:
    """Build the sample year in `root`. Refused (2) for a folder neither empty nor a demo; 13 for wrong figures."""
    said = claim(root)
    if said.get("is_complete"):
        return _outcome(root, said, [say("demo.again", folder=root)])
    began = clock.ticks()
    with server.running(root) as starting:
        aside("demo.server")
        said = _sample(root, said, households=households, seed=seed, year=year)
        importlib.import_module("expectations.gate")  # needed in any case; loads while the server starts
        waited = clock.ticks()
        place = starting.wait()
        orchestration.tally.seconds += clock.ticks() - waited
        _tell_where(root, place)
        with orchestration.on(place):
            said["outputs"] = _story(root, said, year)
        recorded = _recorded(root, place)
    said |= {"seconds": f"{clock.ticks() - began:.0f}", "prefect": f"{orchestration.tally.seconds:.0f}"}
    wrong = _wrong_figures(root, said)
    said["is_complete"] = not wrong
    mark(root, said)
    done = say("demo.done", unit=open_workspace(root).settings.unit, **said)
    told = [say("demo.first", **said["first"]), say("demo.second", **said["second"])]
    return _outcome(root, said, [done, *told, *_rates(root, year), *recorded], wrong)


def _sample(root: Path, said: dict[str, Any], *, households: int, seed: int, year: int) -> dict[str, Any]:
    """The sample federation as this workspace, its next January not delivered yet; what is there already is kept."""
    if (root / "mingzhang.toml").is_file():
        return said
    from data.synthetic.generate import write_sample  # people who don't exist; no other command needs them

    aside("demo.sample", year=year)
    made = write_sample(making(root), households=households, seed=seed, year=year, noise=1, faults="all")
    said = {
        "year": year,
        "households": made.households,
        "payments": made.payments,
        "files": made.files,
        "fiscal": f"{made.pool_fiscal_yuan:f}",
        "extended": f"{made.pool_extended_yuan:f}",
    }
    mark(root, said)
    move_in(root, later=f"{year + 1}年1月")
    write_templates(root / "templates")
    return said


def _story(root: Path, said: dict[str, Any], year: int) -> list[str]:
    """A first delivery with faults; a second that corrects, and waivers for what took place; reconcile month by month,
    close; January's files, and the close up to 除夕; reports. What became of the findings is noted on the way.
    """
    aside("demo.ingest")
    _ingest(root)
    said.setdefault("first", _counted(root, _OPEN, SEVERITIES))
    mark(root, said)
    aside("demo.corrections")
    _ingest(root, paths=(root / CORRECTIONS, root / WAIVERS))
    said.setdefault("second", _counted(root, _LIVES, LIVES))
    for month in range(1, 13):
        _reconcile(root, f"{year}-{month:02}")
    outputs = _close(root, year, "fiscal")
    deliver(root)
    aside("demo.late")
    _ingest(root)
    _reconcile(root, f"{year + 1}-01")
    outputs += _close(root, year, "extended")
    project = _figures(root, year)[0]["project_name"]
    aside("demo.report", kind=say("demo.report.annual"))
    outputs += annual_report(root, project=project, year=year).outputs
    aside("demo.report", kind=say("demo.report.dashboard"))
    return [*outputs, *dashboard(root, year=year).outputs]


def _ingest(root: Path, **given: Any) -> None:
    orchestration.run(root, "flows.intake:intake", ingest, **given)


def _counted(root: Path, sql: str, names: Sequence[str]) -> dict[str, int]:
    """How many findings there are of each name, and how many returned workbooks lie in the outbox."""
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="demo") as warehouse:
        counted = dict(warehouse.rows(sql))
    returned = len(list(workspace.outbox.glob(f"*/{PREFIX}*")))
    return {**{name: counted.get(name, 0) for name in names}, "returned": returned}


def _reconcile(root: Path, month: str) -> None:
    aside("demo.reconcile", month=month)
    orchestration.run(root, "flows.monthly_reconciliation:monthly_reconciliation", reconcile, month=month)


def _close(root: Path, year: int, cutoff: str) -> list[str]:
    aside("demo.close", cutoff=say(f"cutoff.{cutoff}"))
    closed = orchestration.run(root, "flows.year_end_close:year_end_close", close, year=year, cutoff=cutoff)
    if closed.exit_code is not Exit.DONE:
        raise Refusal(closed.exit_code, closed.problems)
    return list(closed.outputs)


def _tell_where(root: Path, place: server.Place | None) -> None:
    if place is None:
        aside("demo.plainly", log=server.home(root) / "server.log")
    else:
        aside("demo.watch", page=place.page)


def _recorded(root: Path, place: server.Place | None) -> list[str]:
    """How many runs the server has on its books, once all have arrived, and how to look at them again."""
    if place is None:
        return []
    from flows.runs import records_complete

    began, tally, home = clock.ticks(), orchestration.tally, server.home(root)
    is_complete = records_complete(place.url)
    tally.seconds += clock.ticks() - began
    counted = say("demo.runs", flows=len(tally.flow_runs), tasks=tally.task_runs, home=home)
    look = say("demo.look", home=home, python=sys.executable)
    return [counted, look] if is_complete else [counted, say("demo.runs_lost"), look]


def _figures(root: Path, year: int) -> list[Row]:
    with open_published(open_workspace(root)) as published:
        return published.rows(_FIGURES, (year, POOL))


def _rates(root: Path, year: int) -> list[str]:
    return [
        say(
            "demo.rate",
            on=row["cutoff_on"],
            project=row["project_name"],
            executed=f"{row['executed_yuan']:,.2f}",
            rate=f"{row['rate_percent']:.2f}%",
        )
        for row in _figures(root, year)
    ]


def _wrong_figures(root: Path, said: Mapping[str, Any]) -> list[Problem]:
    """What differs from the figures that the sample's own oracle has for the pool."""
    drawn = {row["cutoff"]: f"{row['executed_yuan']:f}" for row in _figures(root, said["year"])}
    return [
        problem("demo.wrong", cutoff, expected=said[cutoff], found=drawn.get(cutoff, "—"))
        for cutoff in ("fiscal", "extended")
        if drawn.get(cutoff) != said[cutoff]
    ]


def _outcome(root: Path, said: Mapping[str, Any], lines: list[str], wrong: list[Problem] | None = None) -> Outcome:
    keys = ("year", "households", "payments", "files", "fiscal", "extended", "seconds", "prefect")
    return Outcome(
        "demo",
        frozenset({Exit.DIFFERENCE} if wrong else ()),
        summary={key: said[key] for key in keys},
        outputs=said["outputs"],
        problems=wrong or (),
        lines=[*lines, say("demo.query", folder=root)],
    )
