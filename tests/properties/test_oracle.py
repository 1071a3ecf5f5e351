"""The clean year against the oracle: other people, other amounts, other years, other sizes; nothing may differ."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from data.synthetic.generate import write_sample
from tests.support import truth
from tests.support.seeds import all_seeds, in_turn

CASES = [(seed, 2018 + seed % 9, 120 + seed % 90) for seed in all_seeds()]


@pytest.fixture(scope="module", params=in_turn(CASES), ids=lambda case: "seed{}-{}-{}".format(*case))
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A year of the sample federation, ingested by the real command."""
    seed, year, households = request.param
    folder = tmp_path_factory.mktemp(f"seed{seed}") / "workspace"
    write_sample(folder, households=households, seed=seed, year=year, noise=1)
    command = [sys.executable, "-m", "flows.cli.main", "ingest", "--workspace", str(folder), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.stdout, done.stderr[-3000:]
    answer = json.loads(done.stdout)
    assert (answer["exit_code"], answer["problems"]) == (0, [])
    assert answer["findings"] == {"reject": 0, "error": 0, "warn": 0, "info": 0}
    return folder, year


def test_there_is_no_finding(workspace: tuple[Path, int]) -> None:
    rows = truth.warehouse_rows(workspace[0], "SELECT rule_id, message_zh FROM judged.findings")
    assert rows == []


def test_every_payment_has_its_true_status(workspace: tuple[Path, int]) -> None:
    assert truth.truth(workspace[0], "payments")
    assert truth.payment_differences(workspace[0]) == []


def test_every_bank_line_has_its_true_class(workspace: tuple[Path, int]) -> None:
    assert truth.truth(workspace[0], "bank_lines")
    assert truth.bank_line_differences(workspace[0]) == []


def test_households_are_the_oracles(workspace: tuple[Path, int]) -> None:
    folder, year = workspace
    assert truth.truth(folder, "households")
    assert truth.household_differences(folder, year) == []


def test_every_figure_is_the_oracles_to_the_fen(workspace: tuple[Path, int]) -> None:
    assert truth.truth(workspace[0], "figures")
    assert truth.figure_differences(workspace[0]) == []
    assert truth.source_differences(workspace[0]) == []


def test_matched_and_open_make_the_total(workspace: tuple[Path, int]) -> None:
    """The rows of a matched bank line add up to it; no payment is paid twice."""
    broken = truth.warehouse_rows(
        workspace[0],
        "SELECT b.bank_line_id FROM matched.bank_lines AS b INNER JOIN matched.matches AS m USING (bank_line_id)"
        " GROUP BY b.bank_line_id, b.amount_yuan HAVING SUM(m.amount_yuan) <> b.amount_yuan",
    )
    twice = truth.warehouse_rows(
        workspace[0],
        "SELECT payment_id FROM matched.matches WHERE payment_id IS NOT NULL AND rule <> 'M50.return'"
        " GROUP BY payment_id HAVING COUNT(*) > 1",
    )
    assert (broken, twice) == ([], [])
