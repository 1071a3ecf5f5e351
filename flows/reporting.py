"""`report`: documents for people, made from the published copy, so that they can be made beside a running writer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from flows.edges.figures import draw_figures, load_documents, own_narrative
from flows.edges.outbox import put
from flows.edges.published import Published, open_published
from flows.edges.workspace import Workspace, open_workspace
from flows.outcome import Outcome
from flows.problems import Exit, Refusal, refuse
from flows.words import say

Audience = Literal["external", "internal"]
_YEARS = """
SELECT DISTINCT budget_year FROM marts.execution_by_source
WHERE $project IS NULL OR project_name = $project
ORDER BY budget_year
"""
# The last day that statements cover, or that is sealed: what the curve of a month that has no line yet may be drawn to.
_KNOWN_UNTIL = """
SELECT max(known_on) FROM (
    SELECT covered_to AS known_on FROM checks.coverage UNION ALL SELECT cutoff_on FROM checks.seals
)
"""
_SEALED_YEAR = "SELECT max(budget_year) FROM checks.seals"
_PROJECTS = "SELECT DISTINCT project_name FROM marts.execution_by_source WHERE project_name IS NOT NULL ORDER BY ALL"


def annual_report(
    root: Path, *, project: str, year: int | None = None, audience: Audience = "external", report_on: date | None = None
) -> Outcome:
    """《项目支出绩效自评报告》 as .docx in the outbox; `year` by default the latest budget year of the project."""
    from reports.annual import AnnualInputs, MissingFigures, annual_report  # python-docx and charts take their time

    workspace = open_workspace(root)
    with open_published(workspace) as published:
        _require_project(published, project)
        budget_year, known_until = _year(published, project, year), published.value(_KNOWN_UNTIL)
    settings = workspace.settings
    inputs = AnnualInputs(
        unit_name=settings.unit,
        region_code=settings.region,
        project_name=project,
        budget_year=budget_year,
        audience=audience,
        execution_basis="allotted" if settings.execution_basis == "allotted" else "disbursed",
        figures=draw_figures(workspace, budget_year=budget_year, project_name=project),
        documents=load_documents(workspace),
        own_narrative=own_narrative(workspace, budget_year),
        known_until=known_until,
        report_on=report_on,
    )
    try:
        content = annual_report(inputs)
    except MissingFigures as missing:
        raise _missing(missing) from missing
    name = f"{project}{budget_year}年度项目支出绩效自评报告{'（内部）' if audience == 'internal' else ''}.docx"
    return _made(workspace, "annual", name, content, {"project": project, "year": budget_year, "audience": audience})


def dashboard(root: Path, *, year: int | None = None, project: str | None = None) -> Outcome:
    """The dashboard as one offline page in the outbox, every budget year on it unless one is asked for."""
    from reports.dashboard import DashboardInputs, dashboard

    workspace = open_workspace(root)
    with open_published(workspace) as published:
        if project is not None:
            _require_project(published, project)
        if year is not None:
            _year(published, project, year)
        known_until, sealed_year = published.value(_KNOWN_UNTIL), published.value(_SEALED_YEAR)
    inputs = DashboardInputs(
        unit_name=workspace.settings.unit,
        figures=draw_figures(workspace, budget_year=year, project_name=project),
        documents=load_documents(workspace),
        first_year=year or sealed_year,
        known_until=known_until,
    )
    name = f"资金执行看板{'' if year is None else f'_{year}'}.html"
    return _made(workspace, "dashboard", name, dashboard(inputs), {"year": year, "known_until": known_until})


def _made(workspace: Workspace, kind: str, name: str, content: bytes, summary: dict[str, object]) -> Outcome:
    path = put(workspace, name, content=content)
    return Outcome("report", summary={"kind": kind, **summary}, outputs=[path], lines=[say("report.done", kind=name)])


def _missing(missing: Exception) -> Refusal:
    return refuse(Exit.REFUSED, "report.missing_figures", detail=missing)


def _require_project(published: Published, project: str) -> None:
    known = [str(name) for (name,) in published.table(_PROJECTS)[1]]
    if project not in known:
        raise refuse(Exit.USAGE, "usage.unknown_project", value=project, known="、".join(known) or "—")


def _year(published: Published, project: str | None, asked: int | None) -> int:
    known = [int(year) for (year,) in published.table(_YEARS, {"project": project})[1]]
    if asked is None and known:
        return known[-1]
    if asked not in known:
        raise refuse(
            Exit.USAGE, "usage.no_year", value=asked or "—", known="、".join(str(year) for year in known) or "—"
        )
    return asked
