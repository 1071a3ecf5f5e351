"""The rows of the figure queries, sorted into what the page shows. Nothing is computed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from reports.charts import months_svg
from reports.figures import Figures, Row, Rows
from reports.reached import reaching

CHART_WIDTH, CHART_HEIGHT = 740, 300
SEVERITIES = ("reject", "error", "warn", "info")


@dataclass(frozen=True)
class DashboardInputs:
    """Everything the page shows.

    `figures`: rows of every query of `reports.figures`; what `run.report_parameters` leaves NULL is shown in full.
    `documents`: file stem → content of data/policy/documents.
    `first_year`: budget year to open with, the newest sealed one; None = the oldest still running, else the newest.
    `known_until`: the last day that the received statements cover, or the latest sealed cut-off; None = as-of.
    """

    unit_name: str
    figures: Figures
    documents: Mapping[str, Mapping[str, Any]]
    first_year: int | None = None
    known_until: date | None = None


def view(inputs: DashboardInputs) -> dict[str, Any]:
    """What the template names: sections, newest year first, and the findings that belong to none of them."""
    figures = reaching(inputs.figures, inputs.known_until)
    projects = list(figures.get("f09_projects", ()))
    first = _first(projects, inputs.first_year)
    words = inputs.documents["dashboard"]
    findings = figures.get("f08_findings", ())
    return {
        "unit_name": inputs.unit_name,
        "as_of_on": projects[0]["as_of_on"] if projects else None,
        "sections": [_section(figures, row, is_first=row is first) for row in projects],
        "words": words["definitions"],
        "findings": [
            {**row, "rule_zh": words["rule_groups"].get(row["rule_group"], row["rule_group"])} for row in findings
        ],
        "severities": [rows[0] for code in SEVERITIES if (rows := _of(findings, code))],
        "open_count": findings[0]["all_open_count"] if findings else 0,
        "statuses": _statuses(findings[0], words["statuses"]) if findings else [],
    }


def _statuses(row: Row, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """How the findings of all years stand, in the order of the words."""
    return [{"code": code, "status_zh": said, "count": row[f"all_{code}_count"]} for code, said in words.items()]


def _of(findings: Rows, severity: str) -> Rows:
    return [row for row in findings if row["severity"] == severity]


def _first(projects: Rows, first_year: int | None) -> Row | None:
    """The section to open with: its year as asked, else still running, else the newest; in it the largest project."""
    asked = [row for row in projects if row["budget_year"] == first_year]
    running = [row for row in reversed(projects) if row["is_running"]]
    years = [row["budget_year"] for row in (asked or running or list(projects))[:1]]
    return next((row for row in projects if row["budget_year"] in years), None)


def _section(figures: Figures, project: Row, *, is_first: bool) -> dict[str, Any]:
    def rows(name: str, cutoff: str | None = None) -> Rows:
        return [
            row
            for row in figures.get(name, ())
            if row["budget_year"] == project["budget_year"]
            and row["project_name"] == project["project_name"]
            and cutoff in (None, row.get("cutoff"))
        ]

    at = {str(row["cutoff"]): row for row in rows("f01_execution")}
    has_books = "as_of" in at
    at.setdefault("as_of", _before_any_statement(at["fiscal"]))
    months = [row for row in rows("f06_months") if not row["is_future"]]
    bridge = [row for row in rows("f07_bridge") if row["is_total"] or row["has_amount"]]
    return {
        **project,
        "id": f"s{project['budget_year']}-{project['project_rank']}",
        "is_first": is_first,
        "has_books": has_books,
        **at,
        "sources": rows("f02_sources", "as_of"),
        "units": _ranked(rows("f05_units", "as_of"), rows("f05_units", "fiscal")),
        "categories": [row for row in rows("f04_categories", "as_of") if row["is_total"] or row["has_executed"]],
        "bridge": bridge if len(bridge) > 1 else [],
        "curve": _curve(months, project) if has_books and len(months) > 1 else "",
    }


def _before_any_statement(row: Row) -> Row:
    """Until the first statement has come nothing but the budget is known."""
    return {**dict.fromkeys(row), "budget_wan": row["budget_wan"]}


def _ranked(now: Rows, at_fiscal: Rows) -> list[dict[str, Any]]:
    """Units as they stand, the total last; where they stand level, who was ahead at the end of the year."""
    then = {row["unit_code"]: row for row in at_fiscal}
    units: list[dict[str, Any]] = [
        {**row, "at_fiscal": then[row["unit_code"]]} for row in now if row["unit_code"] in then
    ]
    return sorted(units, key=lambda row: (row["is_total"], row["use_rank"], row["at_fiscal"]["use_rank"]))


def _curve(months: Rows, project: Row) -> Markup:
    """Our own drawing, made of numbers and our own words: safe to stand in the page as it is."""
    svg = months_svg(months, width=CHART_WIDTH, height=CHART_HEIGHT)
    name = Markup.escape(f"{project['budget_year']}年度逐月累计支出曲线")
    return Markup(svg).replace("<svg ", Markup('<svg role="img" aria-label="{}" ').format(name), 1)
