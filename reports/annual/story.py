"""The figures of one project and year, sorted into the names that the sentences use. Nothing is computed here."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from reports.annual.inputs import AnnualInputs, MissingFigures
from reports.annual.tables import FORM_ROWS
from reports.figures import Row, Rows
from reports.narrative import Said, cited, narrative
from reports.printing import listed
from reports.reached import reaching

CUTOFF_NAMES = {"fiscal": "年末口径", "extended": "春节前口径", "as_of": "截至查询日"}

Story = dict[str, Any]


def story(inputs: AnnualInputs) -> Story:
    """Everything that templates and tables of one report may name."""
    inputs = replace(inputs, figures=reaching(inputs.figures, inputs.known_until))
    at = _cutoffs(inputs)
    as_of_on: date = at["as_of"]["cutoff_on"]
    last = next(at[name] for name in ("extended", "fiscal", "as_of") if at[name]["is_reached"])
    scored = next((row for row in at.values() if row["is_scored"]), at["fiscal"])
    other = "extended" if scored["cutoff"] == "fiscal" else "fiscal"
    told = {
        "unit_name": inputs.unit_name,
        "project_name": inputs.project_name,
        "budget_year": inputs.budget_year,
        "is_internal": inputs.audience == "internal",
        "is_allotted_basis": inputs.execution_basis == "allotted",
        "author": inputs.documents["narrative"]["author"],
        **at,
        "books_until": max(as_of_on, inputs.known_until or as_of_on),
        "last": last,
        "scored": scored,
        "scored_name": CUTOFF_NAMES[scored["cutoff"]],
        "other_name": CUTOFF_NAMES[other],
        "cutoff_rows": list(_known_cutoffs(at)),
    }
    return told | _tables(inputs, last, at)


def _rows(inputs: AnnualInputs, name: str) -> Rows:
    return [
        row
        for row in inputs.figures.get(name, ())
        if row["project_name"] == inputs.project_name and row["budget_year"] == inputs.budget_year
    ]


def _cutoffs(inputs: AnnualInputs) -> dict[str, Any]:
    found = {str(row["cutoff"]): row for row in _rows(inputs, "f01_execution")}
    if found.keys() == {"fiscal", "extended"}:
        raise MissingFigures(f"{inputs.budget_year}年“{inputs.project_name}”还没有银行对账单，支出无从统计")
    if missing := [CUTOFF_NAMES[name] for name in CUTOFF_NAMES if name not in found]:
        raise MissingFigures(
            f"{inputs.budget_year}年“{inputs.project_name}”没有{'、'.join(missing)}的数；"
            "请核对项目名称和年度，并先收入该年的预算指标表、资金到位表或实名制汇总表"
        )
    return found


def _known_cutoffs(at: Mapping[str, Row]) -> Iterator[Row]:
    """Both cut-offs as far as they are reached; before that, how things stand at as-of."""
    reached = [name for name in ("fiscal", "extended") if at[name]["is_reached"]]
    for name in reached if len(reached) == 2 else [*reached, "as_of"]:
        yield {**at[name], "label_zh": CUTOFF_NAMES[name]}


def _tables(inputs: AnnualInputs, last: Row, at: Mapping[str, Row]) -> Story:
    def current(name: str) -> Rows:
        return [row for row in _rows(inputs, name) if row["cutoff"] == last["cutoff"]]

    groups = current("f10_unit_groups")
    categories = [row for row in current("f04_categories") if row["is_total"] or row["has_executed"]]
    bridge = [row for row in _rows(inputs, "f07_bridge") if row["is_total"] or row["has_amount"]]
    has_bridge = len(bridge) > 1 and bool(at["fiscal"]["is_reached"])
    fund_rows: list[dict[str, Any]] = [
        {**row, "label_zh": FORM_ROWS[str(row["form_row"])], "is_total": row["form_row"] == "total"}
        for row in _rows(inputs, "f03_fund_rows")
    ]
    months = [row for row in _rows(inputs, "f06_months") if not row["is_future"]]
    return {
        "sources": current("f02_sources"),
        "units": current("f05_units"),
        "groups": groups,
        "group_total": next((row for row in groups if row["is_total"]), None),
        "categories": categories,
        "people": next((row for row in categories if row["is_total"]), None),
        "fund_rows": fund_rows,
        "fund_total": next((row for row in fund_rows if row["is_total"]), {"points": None}),
        "bridge": bridge if has_bridge else [],
        "bridge_until": at["extended" if at["extended"]["is_reached"] else "as_of"]["cutoff_on"],
        "has_two_festivals": has_bridge and any(row["cause"] == "two_festivals" for row in bridge),
        "months": months,
        "has_curve": len(months) > 1,
    }


def said(inputs: AnnualInputs, told: Story) -> dict[str, list[Said]]:
    """Section → the department's paragraphs, with the regulations of this region and year."""
    project = next(iter(_rows(inputs, "f09_projects")), {})
    helped = [str(row["label_zh"]) for row in told["categories"] if not row["is_total"]]
    regulations = inputs.documents["regulations"]
    values = {
        "unit_name": inputs.unit_name,
        "unit_short": "市总工会" if inputs.unit_name.endswith("市总工会") else inputs.unit_name,
        "project_name": inputs.project_name,
        "budget_year": inputs.budget_year,
        "dept_name": project.get("dept_name") or "责任部室",
        "categories": listed(helped) or "帮扶",
        "rules": cited(regulations, "rule", region_code=inputs.region_code, budget_year=inputs.budget_year),
        "manuals": cited(regulations, "manual", region_code=inputs.region_code, budget_year=inputs.budget_year),
        "notices": cited(regulations, "notice", region_code=inputs.region_code, budget_year=inputs.budget_year),
    }
    return narrative(
        inputs.documents["narrative"],
        inputs.own_narrative,
        values=values,
        region_code=inputs.region_code,
        budget_year=inputs.budget_year,
    )
