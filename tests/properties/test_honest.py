"""The honest year against the oracle: every quirk at once, on other people, amounts, years; nobody is reproached."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.synthetic.generate import write_sample
from flows.closing import CUTOFFS, close
from flows.ingesting import ingest
from tests.support import honest, truth
from tests.support.seeds import all_seeds, in_turn

HOUSEHOLDS = (100, 110, 120)
UNITS = (12, 8, 7)
CASES = [  # size and noise in turn
    (seed, 2018 + seed % 9, HOUSEHOLDS[place % 3], UNITS[place % 3], place % 2)
    for place, seed in enumerate(all_seeds())
]


@pytest.fixture(scope="module", params=in_turn(CASES), ids=lambda case: "seed{}-{}-{}-units{}-noise{}".format(*case))
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """An honest year, received; beside it the same year without quirks."""
    seed, year, households, units, noise = request.param
    folder = tmp_path_factory.mktemp(f"seed{seed}")
    size = {"households": households, "seed": seed, "year": year, "units": units, "noise": noise}
    write_sample(folder / "clean", **size)
    write_sample(folder / "honest", **size, honest=True)
    outcome = ingest(folder / "honest")
    assert (outcome.exit_code, list(outcome.problems)) == (0, [])
    return folder / "honest", year


def test_nobody_is_reproached(workspace: tuple[Path, int]) -> None:
    assert honest.reproaches(workspace[0]) == []


def test_what_is_remarked_is_in_the_truth(workspace: tuple[Path, int]) -> None:
    assert truth.finding_differences(workspace[0], 1) == []


def test_statuses_classes_households_and_figures_are_the_oracles(workspace: tuple[Path, int]) -> None:
    assert honest.differences(*workspace) == []


def test_the_figures_are_the_clean_years(workspace: tuple[Path, int]) -> None:
    figures = honest.figures_besides_the_counties_own
    assert figures(workspace[0]) == figures(workspace[0].parent / "clean")


def test_the_year_closes_without_exceptions(workspace: tuple[Path, int]) -> None:
    """Last, because it seals what the others look at."""
    folder, year = workspace
    for cutoff in CUTOFFS:
        outcome = close(folder, year=year, cutoff=cutoff)
        assert (outcome.exit_code, list(outcome.problems)) == (0, [])
