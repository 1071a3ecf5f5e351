"""The faulty year: what is found is what was planted, what follows is what the oracle says, all can be mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.synthetic.generate import write_sample
from flows.closing import CUTOFFS, close
from flows.ingesting import ingest
from flows.problems import Exit
from tests.support import truth
from tests.support.faulty import deliver_second, state_differences
from tests.support.seeds import all_seeds, in_turn

CASES = [
    (seed, 2018 + seed % 9, 120 + seed % 30, place % 2)
    for place, seed in enumerate(all_seeds())
]  # fmt: skip


@pytest.fixture(scope="module", params=in_turn(CASES), ids=lambda case: "seed{}-{}-{}-noise{}".format(*case))
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A faulty year, its first delivery received; beside it the same year without faults. Read only."""
    seed, year, households, noise = request.param
    folder = tmp_path_factory.mktemp(f"seed{seed}")
    write_sample(folder / "faulty", households=households, seed=seed, year=year, noise=noise, faults="all")
    write_sample(folder / "clean", households=households, seed=seed, year=year, noise=noise)
    assert ingest(folder / "faulty").exit_code is Exit.UNREADABLE  # a file cannot be read, the others were handled
    return folder / "faulty", year


def test_what_is_found_is_what_was_planted(workspace: tuple[Path, int]) -> None:
    assert truth.finding_differences(workspace[0], 1) == []


def test_everything_else_is_as_the_oracle_says(workspace: tuple[Path, int]) -> None:
    assert state_differences(*workspace) == []


def test_corrected_and_decided_the_year_is_closed_with_the_clean_figures(
    workspace: tuple[Path, int], tmp_path: Path
) -> None:
    (first, year), folder = workspace, tmp_path / "second"
    shutil.copytree(first, folder)
    deliver_second(folder)
    assert ingest(folder).findings["error"] == 0
    assert truth.finding_differences(folder, 2) == []
    assert state_differences(folder, year, "final") == []
    for cutoff in CUTOFFS:
        outcome = close(folder, year=year, cutoff=cutoff)
        assert (outcome.exit_code, list(outcome.problems)) == (Exit.DONE, [])
    assert truth.figure_differences(folder, "final") == []
    assert truth.truth(folder, "figures", "final") == truth.truth(first.parent / "clean", "figures")
