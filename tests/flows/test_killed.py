"""kill -9 at random instants of an ingest: whole files only, and the next run ends as if nothing had happened."""

import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest

from tests.support.command import ARGV, ROOT, environment, mingzhang
from tests.support.dump import dump_marts

pytestmark = pytest.mark.slow
SEED = 20211231
KINDS = (
    "units", "accounts", "budgets", "arrivals", "openings", "allotments", "households", "members", "rosters", "visits",
    "payouts", "bank_statements",
)  # fmt: skip


def start(workspace: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*ARGV, "ingest", "--workspace", str(workspace)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_during_intake(workspace: Path, files: int, jitter: float) -> bool:
    """Start an ingest and kill it once so many files lie in evidence; False when it had already ended."""
    run = start(workspace)
    while run.poll() is None and len(list((workspace / "evidence").glob("*/*"))) < files:
        time.sleep(0.005)
    return end(run, jitter)


def kill_after(workspace: Path, seconds: float) -> bool:
    return end(start(workspace), seconds)


def end(run: subprocess.Popen[bytes], seconds: float) -> bool:
    time.sleep(seconds)
    killed = run.poll() is None
    run.send_signal(signal.SIGKILL)
    run.wait()
    return killed


def assert_whole(workspace: Path) -> int:
    """Every receipt has all the rows that its sheets state, as text, typed, versioned; nothing is without receipt."""
    if not (workspace / "warehouse.duckdb").exists():
        return 0
    with duckdb.connect(str(workspace / "warehouse.duckdb")) as connection:
        schemas = {name for (name,) in connection.execute("SELECT schema_name FROM duckdb_schemas()").fetchall()}
        if "validated" not in schemas:
            return 0
        stated = counted(connection, "SELECT receipt_id, sum(row_count) FROM received.sheets GROUP BY 1")
        raw = counted(connection, "SELECT receipt_id, count(*) FROM raw.rows GROUP BY 1")
        typed = " UNION ALL ".join(f"SELECT receipt_id FROM validated.{kind}" for kind in KINDS)
        rows = counted(connection, f"SELECT receipt_id, count(*) FROM ({typed}) GROUP BY 1")
        versions = counted(connection, "SELECT receipt_id, count(*) FROM validated.versions GROUP BY 1")
        receipts = counted(connection, "SELECT receipt_id, count(*) FROM received.receipts GROUP BY 1")
    assert {receipt: count for receipt, count in stated.items() if count} == raw
    assert rows == versions == raw
    assert raw.keys() <= receipts.keys()
    return len(receipts)


def counted(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, int]:
    return {receipt: int(count) for receipt, count in connection.execute(sql).fetchall()}


def killed_and_finished(delivered: Path, received: Path, workspace: Path, instants: int) -> None:
    shutil.copytree(delivered, workspace)
    chance = random.Random(SEED)
    files = len([path for path in (delivered / "inbox").rglob("*") if path.is_file()])
    seen = killed = 0
    for instant in range(instants):
        if instant % 2 == 0:
            killed += kill_during_intake(workspace, chance.randint(1, files), chance.uniform(0, 0.05))
        else:
            killed += kill_after(workspace, chance.uniform(0.2, 10))
        now = assert_whole(workspace)
        assert now >= seen, "a received file was lost"
        seen = now
    assert killed > 0, "no run was killed: it proves nothing"
    ran = mingzhang("ingest", workspace=workspace)
    assert ran.code in (0, 10), ran.err
    assert_whole(workspace)
    assert dump_marts(workspace) == dump_marts(received)
    with duckdb.connect(str(workspace / "warehouse.duckdb"), read_only=True) as connection:
        moments = connection.execute("SELECT count(DISTINCT ingest_no) FROM received.receipts").fetchone()
    assert moments == (1,), "one inbox, however often begun, is one moment"
    assert mingzhang("ingest", workspace=workspace).code == 0


def test_killed_three_times(delivered: Path, received: Path, tmp_path: Path) -> None:
    killed_and_finished(delivered, received, tmp_path / "workspace", instants=3)


@pytest.mark.soak
def test_killed_twenty_times(delivered: Path, received: Path, tmp_path: Path) -> None:
    for round_no in range(4):
        killed_and_finished(delivered, received, tmp_path / f"workspace{round_no}", instants=5)
