"""Paragraphs that the department writes: chosen by region and year, never made from data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.printing import department_environment

Document = Mapping[str, Any]  # one YAML file of data/policy/documents


@dataclass(frozen=True)
class Said:
    """One paragraph. `is_placeholder`: nobody has written it yet, the reader must see that."""

    text: str
    is_placeholder: bool = False


def narrative(
    document: Document, own: Mapping[str, str], *, region_code: str, budget_year: int, values: Mapping[str, object]
) -> dict[str, list[Said]]:
    """Section → paragraphs. The workspace's own text first, else the shipped one for this year and region, else a
    placeholder.

    `own`: section title → text, one paragraph a line (workspace `policy/narrative/<year>/<title>.txt`).
    `values`: what the shipped paragraphs may name (unit_name, budget_year, categories, …).
    """
    write = department_environment()
    chosen = {}
    for section, content in document["sections"].items():
        if lines := [line.strip() for line in own.get(content["title"], "").splitlines() if line.strip()]:
            chosen[section] = [Said(line) for line in lines]
            continue
        fitting = [p["text"] for p in content["paragraphs"] if _fits(p, region_code, budget_year)]
        texts = [Said(write.from_string(text).render(values)) for text in fitting]
        placeholder = Said(write.from_string(document["placeholder"]).render(values), is_placeholder=True)
        chosen[section] = texts or [placeholder]
    return chosen


def _fits(paragraph: Mapping[str, Any], region_code: str, budget_year: int) -> bool:
    regions, years = paragraph.get("regions"), paragraph.get("years")
    return (not regions or region_code.startswith(tuple(regions))) and (not years or budget_year in years)


def cited(regulations: Document, kind: str, *, region_code: str, budget_year: int) -> str:
    """《…》（文号）《…》: what this region may cite for this budget year, in the order of the list."""
    return "".join(_title(entry) for entry in _in_force(regulations["entries"], kind, region_code, budget_year))


def _in_force(
    entries: Sequence[Mapping[str, Any]], kind: str, region_code: str, budget_year: int
) -> list[Mapping[str, Any]]:
    return [
        entry
        for entry in entries
        if entry["kind"] == kind
        and region_code.startswith(tuple(entry["regions"]))
        and entry["from"] <= budget_year <= (entry["to"] or budget_year)
    ]


def _title(entry: Mapping[str, Any]) -> str:
    return f"《{entry['title']}》" + (f"（{entry['number']}）" if entry["number"] else "")
