"""kill -9 at random instants of an ingest: whole files only, and the next run ends as if nothing had happened."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.golden.tiny.inbox import CITY, write_inbox
from tests.support.command import ROOT, environment, mingzhang

pytestmark = pytest.mark.slow
SEED = 20211231
SIX = ("单位和账户.xlsx", "2023年资金.xlsx", "6月发放.xlsx", "代发6月.csv", "建行.xlsx", "农行上.csv")
FORKS = 2  # processes that fork, one a core


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with six files that wait to be received."""
    root = tmp_path_factory.mktemp("fresh") / "workspace"
    assert mingzhang("init", root, "--unit", CITY, "--region", "430600").code == 0
    write_inbox(root / "inbox")
    for path in [path for path in (root / "inbox").rglob("*.*") if path.name not in SIX]:
        path.unlink()
    return root


def killed(fresh: Path, folder: Path, instants: int) -> list[dict[str, Any]]:
    """What became of each instant: `tests/flows/killing.py`."""
    runs = []
    for fork in range(FORKS):
        # every fork copies its own, so that none waits for another's disk
        shutil.copytree(fresh, folder / f"fresh{fork}")
        bounds = (instants * fork // FORKS, instants * (fork + 1) // FORKS)
        arguments = (folder / f"fresh{fork}", folder / f"out{fork}", SEED, *bounds)
        argv = [sys.executable, "-m", "tests.flows.killing", *map(str, arguments)]
        runs.append(subprocess.Popen(argv, cwd=ROOT, env=environment(), stdout=subprocess.PIPE))
    told = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0] * FORKS
    return [json.loads(line) for out in told for line in out.splitlines()]


def require_nothing_lost(became: list[dict[str, Any]], instants: int) -> None:
    assert len(became) == instants
    assert [said for said in became if not said["finished"] or said["stood"] < 0 or said["differs"]] == []
    assert sum(said["was_killed"] for said in became) >= instants * 2 // 3, (
        "too few runs were killed: it proves nothing"
    )
    stood = {said["stood"] for said in became}
    assert min(stood) < len(SIX), "no run was killed while it received"
    assert len(SIX) in stood, "no run was killed while it computed"


def test_killed_at_twenty_instants(fresh: Path, tmp_path: Path) -> None:
    require_nothing_lost(killed(fresh, tmp_path, 20), 20)


@pytest.mark.soak
def test_killed_at_two_hundred_instants(fresh: Path, tmp_path: Path) -> None:
    require_nothing_lost(killed(fresh, tmp_path, 200), 200)


def test_the_check_can_fail(fresh: Path, tmp_path: Path) -> None:
    """What is compared tells one row more, one row less and one text changed from none."""
    import duckdb

    from tests.support.whole import dump_warehouse, whole_receipts

    workspace = tmp_path / "workspace"
    shutil.copytree(fresh, workspace)
    assert mingzhang("ingest", workspace=workspace).code in (0, 10)
    assert whole_receipts(workspace) == len(SIX)
    with duckdb.connect(str(workspace / "warehouse.duckdb")) as connection:
        before = dump_warehouse(connection)
        connection.execute("UPDATE raw.rows SET row_no = row_no + 1 WHERE row_id = (SELECT min(row_id) FROM raw.rows)")
        assert [name for name, rows in dump_warehouse(connection).items() if rows != before[name]] == ["raw.rows"]
        connection.execute("DELETE FROM validated.versions WHERE row_id = (SELECT min(row_id) FROM validated.versions)")
    with pytest.raises(AssertionError):
        whole_receipts(workspace)
