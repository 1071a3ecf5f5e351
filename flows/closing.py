"""年终结账: the figures of a budget year at a cut-off are sealed, once nothing stands in the way.

What stands in the way is asked by `transforms/closing/*.sql`, a question a file. Sealed figures stay as they are; what
arrives later is kept, and told as 以后期间调整.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from expectations.contracts import load_fields
from flows.edges.closes import (
    Cutoff,
    Difference,
    Exceptions,
    differences,
    manifest_path,
    put_in_place,
    seal,
    standing_seal,
)
from flows.edges.marts import load_marts
from flows.edges.obstacle_list import days, obstacle_workbook
from flows.edges.outbox import put
from flows.edges.run_log import RunLog
from flows.edges.transforms import sql_text
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.workspace import SHIPPED, open_workspace
from flows.outcome import Outcome
from flows.problems import Exit, Problem, problem, refuse
from flows.settling import bring_up_to_date, show_seals
from flows.steps import Runner, plainly
from flows.words import say, speaking

Row = dict[str, Any]
CUTOFFS = ("fiscal", "extended")


def close(
    root: Path, *, year: int, cutoff: str, exceptions: Exceptions | None = None, runner: Runner = plainly
) -> Outcome:
    """Seal budget year `year` at `cutoff`. Closed already: 0 where the figures are the same, else 14 with what differs.

    16, with the list of what stands in the way, where something does and no exceptions are given.
    """
    workspace = open_workspace(root)
    with open_warehouse(workspace, command="close") as warehouse:
        put_in_place(warehouse)
        bring_up_to_date(warehouse, command="close", runner=runner)
        at = _cutoff(warehouse, year, cutoff)
        if seal_id := standing_seal(warehouse, year, cutoff):
            return runner("compare", lambda: _closed_before(warehouse, at, seal_id))
        if cutoff == "extended" and not standing_seal(warehouse, year, "fiscal"):
            raise refuse(Exit.REFUSED, "close.fiscal_first", str(year), year=year)
        obstacles = runner("obstacles", lambda: _obstacles(warehouse, at))
        if obstacles and exceptions is None:
            return runner("outbox", lambda: _refused(warehouse, at, obstacles))
        outcome = runner("seal", lambda: _sealed(warehouse, at, exceptions if obstacles else None, obstacles))
        show_seals(warehouse, command="close", runner=runner)
        return outcome


def _cutoff(warehouse: Warehouse, year: int, cutoff: str) -> Cutoff:
    """The day of this cut-off. Refused (2) for a year of which nothing is known, (12) for a 除夕 that no table has."""
    found = dict(warehouse.rows("SELECT cutoff, cutoff_on FROM facts.cutoffs WHERE budget_year = ?", (year,)))
    if not found:
        known = warehouse.rows("SELECT DISTINCT budget_year FROM facts.cutoffs ORDER BY budget_year")
        years = "、".join(str(each) for (each,) in known) or "—"
        raise refuse(Exit.USAGE, "usage.no_year", str(year), value=year, known=years)
    if cutoff not in found:
        raise refuse(Exit.NOT_JUDGED, "close.no_cutoff", "mingzhang.toml", year=year, next_year=year + 1)
    return Cutoff(year, cutoff, found[cutoff])


def _obstacles(warehouse: Warehouse, at: Cutoff) -> list[Row]:
    """What stands in the way, each with the sentence about it, in the order of the questions."""
    found: list[Row] = []
    names = dict(warehouse.rows("SELECT unit_code, unit_name FROM facts.units"))
    for path in sorted((SHIPPED / "transforms" / "closing").glob("*.sql")):
        question = sql_text(path.relative_to(SHIPPED).as_posix())
        open_ones = f"SELECT * FROM (\n{question}\n) WHERE budget_year = ? AND cutoff = ?"
        for row in warehouse.records(open_ones, (at.budget_year, at.cutoff)):
            found.append(row | {"unit": names.get(row["unit_code"], row["unit_code"])})
    return found


def _problem(row: Row) -> Problem:
    place = " ▸ ".join(str(part) for part in (row["source_file"], row["sheet"]) if part)
    where = f"{place}!{row['row_no']}" if row["row_no"] is not None else place or str(row["unit"] or "")
    by_code = row["obstacle"] in ("bank_line", "payment")
    return problem(
        f"close.{row['obstacle']}_{row['code']}" if by_code else f"close.{row['obstacle']}",
        where,
        unit=row["unit"] or "",
        rule=row["code"],
        said_zh=row["said_zh"],
        days=days(row["from_on"], row["to_on"]),
        amount_yuan="" if row["amount_yuan"] is None else f"{row['amount_yuan']:,.2f}",
    )


def _refused(warehouse: Warehouse, at: Cutoff, obstacles: Sequence[Row]) -> Outcome:
    workspace, label = warehouse.workspace, say(f"cutoff.{at.cutoff}")
    with speaking("zh"):  # what is written for people in the office is Chinese, whatever the command speaks
        path = put(workspace, workspace.settings.unit, _list_name(at), content=_obstacle_list(at, obstacles))
    return Outcome(
        "close",
        frozenset({Exit.REFUSED}),
        summary=_summary(at, sealed=False) | {"obstacles": len(obstacles)},
        outputs=[path],
        problems=[_problem(row) for row in obstacles],
        lines=[say("close.refused", year=at.budget_year, cutoff=label, count=len(obstacles))],
    )


def _list_name(at: Cutoff) -> str:
    return f"结账障碍清单_{at.budget_year}_{say(f'cutoff.{at.cutoff}')}.xlsx"


def _obstacle_list(at: Cutoff, obstacles: Sequence[Row]) -> bytes:
    """结账障碍清单 as a workbook, one row an obstacle."""
    lines = [
        {"unit": row["unit"], "days": days(row["from_on"], row["to_on"]), "amount_yuan": row["amount_yuan"]}
        | {"message": each.message, "where": each.where, "way_out": each.way_out}
        for row, each in ((row, _problem(row)) for row in obstacles)
    ]
    on = at.cutoff_on
    until = f"{on.year}年{on.month}月{on.day}日"
    return obstacle_workbook(f"{at.budget_year}年度{say(f'cutoff.{at.cutoff}')}结账障碍清单（截至{until}）", lines)


def _sealed(warehouse: Warehouse, at: Cutoff, said: Exceptions | None, obstacles: Sequence[Row]) -> Outcome:
    keys = ("obstacle", "code", "subject_id", "unit_code")
    with speaking("zh"):
        named = [{key: row[key] for key in keys} | {"message": _problem(row).message} for row in obstacles]
    log = RunLog("close")
    with warehouse.transaction():
        seal_id = log.measured("sealed", lambda: seal(warehouse, at, said, named))
        log.write(warehouse)
    put_in_place(warehouse)
    workspace = warehouse.workspace
    return Outcome(
        "close",
        summary=_summary(at, sealed=True)
        | {"seal_id": seal_id, "exceptions": len(named)}
        | _totals(warehouse, seal_id),
        outputs=[workspace.relative(manifest_path(workspace, seal_id))],
        lines=[_told(at, "close.sealed" if not named else "close.sealed_with_exceptions", count=len(named))],
    )


def _closed_before(warehouse: Warehouse, at: Cutoff, seal_id: str) -> Outcome:
    found = differences(warehouse, at, seal_id)
    summary = _summary(at, sealed=True) | {"seal_id": seal_id, "differences": len(found)}
    if not found:
        return Outcome("close", summary=summary | _totals(warehouse, seal_id), lines=[_told(at, "close.same")])
    return Outcome(
        "close",
        frozenset({Exit.SEALED}),
        summary=summary,
        problems=[adjustment(at, each) for each in found],
        rows=[asdict(each) for each in found],
        lines=[_told(at, "close.changed", count=len(found))],
    )


def adjustment(at: Cutoff, found: Difference, code: str = "close.adjustment") -> Problem:
    """A figure that is no longer what was sealed, under the names that people know; rows have the identifiers."""
    field, table = load_fields()[found.figure], next(mart for mart in load_marts() if mart.name == found.table)
    return problem(
        code,
        f"{table.title_zh}：{' / '.join(part for part in found.key if part)}",
        figure=field.label_zh,
        sealed=_shown(found.sealed),
        now=_shown(found.now),
        year=at.budget_year,
        cutoff=say(f"cutoff.{at.cutoff}"),
    )


def _shown(value: object) -> str:
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, (int, Decimal)) else str(value)


def _told(at: Cutoff, phrase: str, **details: object) -> str:
    return say(phrase, year=at.budget_year, cutoff=say(f"cutoff.{at.cutoff}"), on=at.cutoff_on, **details)


def _summary(at: Cutoff, *, sealed: bool) -> Row:
    return {**asdict(at), "is_sealed": sealed}


def _totals(warehouse: Warehouse, seal_id: str) -> Row:
    executed, budget = warehouse.rows(
        "SELECT sum(executed_yuan), sum(budget_yuan) FROM closes.execution_by_source WHERE seal_id = ?", (seal_id,)
    )[0]
    return {"executed_yuan": executed, "budget_yuan": budget}
