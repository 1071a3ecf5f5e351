"""Every hostile file is read right or refused in words, quickly and in little memory; none stops the process."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.hostile import archives, books, texts
from tests.hostile.case import Case, Read
from tests.support.command import ROOT, environment

CASES = (*archives.CASES, *books.CASES, *texts.CASES)
SECONDS, MEGABYTES = 5, 1024
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def became(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What became of each file, by name."""
    folder = tmp_path_factory.mktemp("hostile")
    for case in CASES:
        (folder / case.name).write_bytes(case.make())
    ran = subprocess.run(
        [sys.executable, "-m", "tests.hostile.reader", str(folder)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=True,
        timeout=300,
    )
    return {said["file"]: said for said in map(json.loads, ran.stdout.splitlines())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_read_right_or_refused(became: dict[str, dict[str, Any]], case: Case) -> None:
    said = became[case.name]
    assert said["status"] == 0, said
    if isinstance(case.becomes, Read):
        assert set(said["states"]) <= {"accepted", "document"}, said["why"]
        assert len(said["rows"]) == case.becomes.rows
        for column, text in case.becomes.texts.items():
            assert {row[column] for row in said["rows"]} == {text}
        assert {row["amount_yuan"] for row in said["rows"]} <= {"1000.00"}
    else:
        assert {"unreadable", "refused"} & set(said["states"]), said
        assert any(case.becomes.why in why for why in said["why"]), said["why"]
        assert "traceback" not in said["states"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_costs_little(became: dict[str, dict[str, Any]], case: Case) -> None:
    said = became[case.name]
    assert said["seconds"] < SECONDS
    assert said["mb"] < MEGABYTES
