"""Years of which every bank line is known, at three levels of noise: no false match, all that can be told is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from tests.spec.harness import Row
from tests.support.matching import Matcher
from tests.support.noisy_years import Year
from tests.support.used_once import faults
from tests.support.year_figures import (
    all_years,
    facts_of,
    false_matches,
    figures,
    missed,
    said_of,
    sums_that_differ,
    unreported,
)

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Run:
    """All years, settled in one run: their units do not see each other."""

    years: list[Year]
    facts: Mapping[str, Sequence[Row]]
    made: Mapping[str, Sequence[Row]]
    parted: Mapping[str, Mapping[str, Sequence[Row]]]


@pytest.fixture(scope="module")
def run() -> Run:
    years = all_years()
    facts = facts_of(years)
    made = Matcher().run(facts, ("batch_debits",))
    return Run(years, facts, made, said_of(years, made))


def test_no_match_is_false(run: Run) -> None:
    assert [fault for year in run.years for fault in false_matches(year, run.parted[year.name])] == []


def test_all_that_can_be_told_is_found(run: Run) -> None:
    assert [line for year in run.years for line in missed(year, run.parted[year.name])] == []


def test_each_planted_doubt_is_reported(run: Run) -> None:
    planted = [kind for year in run.years for kind, _ in year.truth.planted]
    assert len(planted) > 20 * len(run.years)
    assert [kind for year in run.years for kind in unreported(year, run.parted[year.name])] == []


def test_matched_and_open_are_the_total_to_the_fen(run: Run) -> None:
    assert faults(run.facts, run.made) == []
    assert sums_that_differ(run.facts, run.made) == []


def test_the_years_say_something(run: Run) -> None:
    """Every shape of matching stands in every year, and the figures can be told."""
    for year in run.years:
        kinds = set(year.truth.classes.values())
        assert len(kinds) == 17, kinds
    assert len(list(figures(run.years, run.parted))) == 5
