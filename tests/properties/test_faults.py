"""The faulty year: what is found is what was planted, what follows is what the oracle says, all can be mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.synthetic.generate import write_sample
from tests.support import truth
from tests.support.command import Ran, mingzhang
from tests.support.faulty import deliver_second, state_differences
from tests.support.seeds import FIXED, seeds_of_the_commit

CASES = [
    (seed, 2018 + seed % 9, 120 + seed % 30, place % 2)
    for place, seed in enumerate((*FIXED, *seeds_of_the_commit()))
]  # fmt: skip


@pytest.fixture(scope="module", params=CASES, ids=lambda case: "seed{}-{}-{}-noise{}".format(*case))
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A faulty year, its first delivery ingested by the real command."""
    seed, year, households, noise = request.param
    folder = tmp_path_factory.mktemp(f"seed{seed}") / "workspace"
    write_sample(folder, households=households, seed=seed, year=year, noise=noise, faults="all")
    write_sample(folder.parent / "clean", households=households, seed=seed, year=year, noise=noise)
    assert _ingest(folder).code == 11  # a file cannot be read, the others were handled
    return folder, year


def _ingest(folder: Path) -> Ran:
    ran = mingzhang("ingest", "--json", workspace=folder)
    assert ran.code in (0, 10, 11), ran.err[-3000:]
    return ran


def test_first_what_is_found_is_what_was_planted(workspace: tuple[Path, int]) -> None:
    assert truth.finding_differences(workspace[0], 1) == []


def test_first_everything_else_is_as_the_oracle_says(workspace: tuple[Path, int]) -> None:
    assert state_differences(*workspace) == []


def test_then_corrections_and_waivers_leave_what_stays(workspace: tuple[Path, int]) -> None:
    folder, year = workspace
    deliver_second(folder)
    assert _ingest(folder).document["findings"]["error"] == 0
    assert truth.finding_differences(folder, 2) == []
    assert state_differences(folder, year, "final") == []


@pytest.mark.parametrize("cutoff", ["fiscal", "extended"])
def test_then_the_year_is_closed_with_the_clean_figures(workspace: tuple[Path, int], cutoff: str) -> None:
    folder, year = workspace
    closed = mingzhang("close", "--year", str(year), "--cutoff", cutoff, "--json", workspace=folder)
    assert closed.code == 0, closed.document["problems"]
    assert truth.figure_differences(folder, "final") == []
    assert truth.truth(folder, "figures", "final") == truth.truth(folder.parent / "clean", "figures")
