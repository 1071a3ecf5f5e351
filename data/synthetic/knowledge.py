"""What is known or decided about the story, read from `story/*.yaml`."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

STORY = Path(__file__).parent / "story"


@cache
def story(name: str) -> Any:
    """One file of the story, as YAML gives it."""
    return yaml.safe_load((STORY / f"{name}.yaml").read_text("utf-8"))


def new_year_eve(year: int) -> date:
    """除夕 that falls in this calendar year."""
    eves: dict[int, date] = story("new_year_eves")
    if year not in eves:
        raise ValueError(f"no 除夕 known for {year}: add it to data/synthetic/story/new_year_eves.yaml")
    return eves[year]


def day_of(told: list[int] | dict[str, int], year: int) -> date:
    """[relative year, month, day] or {eve: relative year} → a day."""
    if isinstance(told, dict):
        return new_year_eve(year + told["eve"])
    return date(year + told[0], told[1], told[2])


def workday(day: date, after: int = 0) -> date:
    """The day itself, or the next Monday-to-Friday; then `after` working days on."""
    while day.weekday() >= 5:
        day += timedelta(days=1)
    for _ in range(after):
        day += timedelta(days=1)
        while day.weekday() >= 5:
            day += timedelta(days=1)
    return day


def workdays(first: date, last: date) -> list[date]:
    """Monday-to-Friday days of a span, both ends counted; never empty (at worst the first working day)."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5] or [workday(first)]
