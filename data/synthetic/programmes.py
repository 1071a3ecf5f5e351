"""The programmes of help of the sample year, with their days, and how many lines each unit has in each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.synthetic.knowledge import day_of, new_year_eve, story, workday
from data.synthetic.records import Unit
from data.synthetic.size import Size, apportion

CITY_LINES = 2  # of each pool programme at least this many are the city's own: they take up the remainders (amounts.py)


@dataclass(frozen=True, slots=True)
class Programme:
    """Help of one source, budget year and category, decided once and paid within a few weeks."""

    key: str
    budget_year: int
    project_name: str
    fund_source: str
    city_states: str  # the source that the city's own lists state
    aid_category: str
    campaign: str
    who: str
    share: int
    decided_on: date
    pay_from: date
    pay_to: date
    last_on: date | None  # no payment after it: 除夕 for the two festivals
    use_by_on: date
    amounts_yuan: tuple[int, ...]
    is_to_the_cent: bool
    rounding_yuan: int


def programmes(year: int) -> list[Programme]:
    """All programmes, in the order of the story."""
    told = story("programmes")
    return [_programme(row, told["projects"], year) for row in told["programmes"]]


def _programme(row: dict[str, Any], projects: dict[str, str], year: int) -> Programme:
    pay_from, pay_to = _pay_days(row["pay"], year)
    return Programme(
        key=row["key"],
        budget_year=year + row["year"],
        project_name=projects[row["source"]],
        fund_source=row["source"],
        city_states=row.get("states", row["source"]),
        aid_category=row["category"],
        campaign=row["campaign"],
        who=row["who"],
        share=row["share"],
        decided_on=workday(day_of(row["notice"], year)),
        pay_from=pay_from,
        pay_to=pay_to,
        last_on=new_year_eve(year + row["pay"]["eve"]) if isinstance(row["pay"], dict) else None,
        use_by_on=day_of(row["use_by"], year),
        amounts_yuan=tuple(row["amounts"]),
        is_to_the_cent=row.get("cents", False),
        rounding_yuan=row["rounding"],
    )


def _pay_days(told: Any, year: int) -> tuple[date, date]:
    """A span of days, or days before 除夕; banks are closed before 4 January."""
    if isinstance(told, dict):
        eve = new_year_eve(year + told["eve"])
        first = max(date(eve.year, 1, 4), eve - timedelta(days=told["from"]))
        return first, max(first, eve - timedelta(days=told["to"]))
    return day_of(told[0], year), day_of(told[1], year)


def line_counts(size: Size, wanted: list[Programme], units: list[Unit]) -> dict[tuple[str, str], int]:
    """(programme, unit code) → number of lines. Sums to size.payments, but for what minimums add."""
    totals = apportion(size.payments, [programme.share for programme in wanted])
    weights = [unit.weight for unit in units]
    counts = {}
    for programme, total in zip(wanted, totals, strict=True):
        for unit, lines in zip(units, apportion(total, weights), strict=True):
            is_needed = unit.is_city and programme.fund_source == "city_pool"
            counts[programme.key, unit.code] = max(lines, CITY_LINES) if is_needed else lines
    return counts
