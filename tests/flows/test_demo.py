"""The demo, small: real flow runs on a server of its own, all on record, the true figures, and nothing left running."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from flows import server
from flows.demo import LIVES
from flows.edges.demo_folder import MARK
from flows.outcome import SEVERITIES
from tests.support.truth import truth, warehouse_rows

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.flows, pytest.mark.slow]

DEMO = "import sys; from pathlib import Path; from flows.demo import demo; from flows.problems import Refusal\n"
SMALL = DEMO + (
    "outcome = demo(Path(sys.argv[1]), households=60, seed=9, year=2022)\n"
    "print(*outcome.lines, sep='\\n'); sys.exit(int(outcome.exit_code))"
)


def run_demo(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SMALL, str(folder)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(command, cwd=ROOT, env=clean | env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    # somebody's server elsewhere is no business of the demo's
    return folder, run_demo(folder, PREFECT_API_URL="http://127.0.0.1:9/api")


def recorded(folder: Path, table: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / ".prefect/prefect.db")) as database:
        return database.execute(f"SELECT name, state_type FROM {table}").fetchall()


def processes_of(folder: Path) -> list[str]:
    """Processes that have this folder as their Prefect home."""
    mark = f"PREFECT_HOME={server.home(folder)}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


def test_it_ends_well_with_the_true_figures(done: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, process = done
    assert process.returncode == 0, process.stdout + process.stderr
    assert "Traceback" not in process.stderr
    assert "没有应答" not in process.stderr
    assert "不完整" not in process.stdout
    expected: dict[str, int] = {"fiscal": 0, "extended": 0}
    for row in truth(folder, "figures", "final"):
        if row["fund_source"] == "city_pool" and row["budget_year"] == "2022" and row["cutoff"] in expected:
            expected[row["cutoff"]] += int(row["executed_yuan"].replace(".", ""))
    sealed = warehouse_rows(
        folder,
        "SELECT cutoff, CAST(sum(executed_yuan) * 100 AS BIGINT) AS fen FROM marts.execution_by_source"
        " WHERE fund_source = 'city_pool' AND budget_year = 2022 AND cutoff <> 'as_of' GROUP BY cutoff",
    )
    assert {row["cutoff"]: row["fen"] for row in sealed} == expected
    seals = warehouse_rows(folder, "SELECT seal_id, exceptions FROM closes.seals ORDER BY seal_id")
    assert [(row["seal_id"], row["exceptions"]) for row in seals] == [
        ("2022-extended-1", "[]"),
        ("2022-fiscal-1", "[]"),
    ]


def test_it_tells_what_became_of_the_planted_faults(done: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, process = done
    planted = [row["delivery"] for row in truth(folder, "findings")]
    said = json.loads((folder / MARK).read_text("utf-8"))
    first, second = said["first"], said["second"]
    assert sum(first[severity] for severity in SEVERITIES) == planted.count("1") > 30
    assert second["open"] == planted.count("2")
    assert sum(second[life] for life in LIVES) >= planted.count("1")
    assert min(first["returned"], second["corrected"], second["waived"]) > 0
    assert f"须整改 {first['error']} 条" in process.stdout
    assert f"已整改 {second['corrected']} 条" in process.stdout


def test_every_run_is_on_record(done: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, process = done
    flows, tasks = recorded(folder, "flow_run"), recorded(folder, "task_run")
    names = sorted(name for name, _ in flows)
    months = [f"对账 2022-{month:02}" for month in range(1, 13)]
    assert names == sorted(
        ["收文入库"] * 3 + [*months, "对账 2023-01", "年终结账 2022 fiscal", "年终结账 2022 extended"]
    )
    assert {state for _, state in [*flows, *tasks]} == {"COMPLETED"}
    assert f"{len(flows)} 个流程、{len(tasks)} 个任务" in process.stdout
    files = warehouse_rows(folder, "SELECT count(*) AS n FROM received.receipts WHERE NOT contains(source_file, '!')")
    assert sum(name.startswith("read ") for name, _ in tasks) == files[0]["n"]
    steps = warehouse_rows(folder, "SELECT count(*) AS n FROM run.log WHERE step LIKE '%.%' AND outcome = 'done'")
    assert sum(name.split(".")[0] in ("facts", "matched", "computed", "marts") for name, _ in tasks) <= steps[0]["n"]


def test_nothing_keeps_running(done: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = done
    assert processes_of(folder) == []
    assert server.find(folder, env={}) is None


def test_again_it_changes_nothing(done: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = done
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    again = run_demo(folder)
    assert again.returncode == 0, again.stderr
    assert "没有改动" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before


def test_interrupted_it_goes_on(done: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    """As if it had been killed before its last line: everything is done once more, nothing is different."""
    folder = tmp_path / "demo"
    shutil.copytree(done[0], folder, ignore=shutil.ignore_patterns(".prefect"))
    said = json.loads((folder / MARK).read_text("utf-8"))
    (folder / MARK).write_text(json.dumps({key: said[key] for key in said if key != "is_complete"}), "utf-8")
    assert run_demo(folder).returncode == 0
    assert json.loads((folder / MARK).read_text("utf-8"))["is_complete"]
    assert len(warehouse_rows(folder, "SELECT * FROM closes.seals")) == 2


def test_killed_it_takes_its_server_along(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    command = [sys.executable, "-c", SMALL, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "http://127.0.0.1" in line:
                break
        os.kill(process.pid, signal.SIGKILL)
    deadline = 150
    while processes_of(folder) and deadline:
        deadline -= 1
        subprocess.run(["sleep", "0.1"], check=True)
    assert processes_of(folder) == []


def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "账.xlsx").write_bytes(b"mine")
    command = [sys.executable, "-m", "flows.cli.main", "demo", "--json", "--workspace", str(tmp_path)]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert process.returncode == 2
    assert [each["code"] for each in json.loads(process.stdout)["problems"]] == ["demo.foreign"]
    assert [path.name for path in tmp_path.iterdir()] == ["账.xlsx"]
