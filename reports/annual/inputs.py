"""What an annual report is made of. Everything is given; nothing is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from reports.figures import Figures

Audience = Literal["external", "internal"]


@dataclass(frozen=True)
class AnnualInputs:
    """One project, one budget year, one reader.

    `figures`: rows of every query of `reports.figures`, run with this project and year in `run.report_parameters`.
    `documents`: file stem → content of data/policy/documents, the workspace's laid over it.
    `own_narrative`: section title → text, from the workspace's `policy/narrative/<year>/<title>.txt`.
    `known_until`: the last day that the received statements cover, or the latest sealed cut-off; None = as-of, the last
    booking. `report_on`: date under the signature; None = the later of as-of and `known_until`.
    """

    unit_name: str
    region_code: str
    project_name: str
    budget_year: int
    audience: Audience
    execution_basis: Literal["disbursed", "allotted"]
    figures: Figures
    documents: Mapping[str, Mapping[str, Any]]
    own_narrative: Mapping[str, str] = field(default_factory=dict)
    known_until: date | None = None
    report_on: date | None = None


class MissingFigures(ValueError):  # noqa: N818 it says what is missing, not that something went wrong
    """No figures for this project and year: the flow turns it into a problem with a way out."""
