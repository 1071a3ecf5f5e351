"""`mingzhang serve`: what is put into the inbox is received whole and once; nothing there is touched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.flows.conftest import CITY
from tests.hostile.case import people
from tests.support.command import ARGV, ROOT, environment, mingzhang
from tests.unit.parsed.making import csv_text

pytestmark = [pytest.mark.slow, pytest.mark.flows]
UNIT = CITY[1]
SLOW_WRITER = (
    "import sys, time\nfor line in sys.stdin:\n    with open(sys.argv[1], 'a') as f: f.write(line)\n    time.sleep(.05)"
)


@contextmanager
def serving(workspace: Path, *, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as told:
        run = subprocess.Popen(
            [*ARGV, "serve", "--every", "0.2", "--json", "--workspace", str(workspace)],
            cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=told,
        )  # fmt: skip
        try:
            yield run
        finally:
            run.kill()
            run.wait()


def until(holds: Callable[[], Any], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.1)


def tree(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def receipts(workspace: Path) -> list[tuple[str, int]]:
    """(file, rows) of what was received; none while the warehouse is being written."""
    with duckdb.connect(str(workspace / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(
            "SELECT any_value(r.source_file), sum(s.row_count) FROM received.receipts AS r "
            "JOIN received.sheets AS s USING (receipt_id) GROUP BY receipt_id ORDER BY 1, 2"
        ).fetchall()


def test_what_comes_is_received_whole_and_once(empty: Path, tmp_path: Path) -> None:
    workspace, log = tmp_path / "workspace", tmp_path / "log"
    shutil.copytree(empty, workspace)
    settings = workspace / "mingzhang.toml"
    settings.write_text(settings.read_text("utf-8").replace("# quiet_seconds = 5", "quiet_seconds = 1.5"), "utf-8")
    inbox = workspace / "inbox" / UNIT
    inbox.mkdir(parents=True)
    (inbox / "先到.csv").write_text(csv_text(people(3)), "utf-8")
    outbox = workspace / "outbox" / UNIT
    with serving(workspace, log=log) as run:
        until(lambda: list(outbox.glob("*回执*")))
        lines = csv_text(people(80, prefix="Q")).encode()
        slow = [sys.executable, "-c", SLOW_WRITER, str(inbox / "慢慢写.csv")]
        subprocess.run(slow, input=lines, check=True)
        until(lambda: "收到 1 个新文件，80 行" in log.read_text("utf-8"))
        (tmp_path / "新.csv").write_text(csv_text(people(4)), "utf-8")
        os.replace(tmp_path / "新.csv", inbox / "先到.csv")
        until(lambda: "收到 1 个新文件，4 行" in log.read_text("utf-8"))
        before = tree(workspace / "inbox")
        run.send_signal(signal.SIGTERM)
        out, _ = run.communicate(timeout=60)
    assert run.returncode == 0, log.read_text("utf-8")
    assert json.loads(out)["summary"] == {"run_count": 3, "file_count": 3}
    assert "Traceback" not in log.read_text("utf-8")
    assert "还在写入，留待下次接收：岳阳市总工会/慢慢写.csv" in log.read_text("utf-8")
    assert receipts(workspace) == [(f"{UNIT}/先到.csv", 3), (f"{UNIT}/先到.csv", 4), (f"{UNIT}/慢慢写.csv", 80)]
    assert tree(workspace / "inbox") == before
    assert before[f"{UNIT}/慢慢写.csv"][0] == hashlib.sha256(lines).hexdigest()
    assert mingzhang("ingest", "--json", workspace=workspace).document["summary"]["file_count"] == 0


def test_stopped_between_two_files(empty: Path, tmp_path: Path) -> None:
    """The file at hand is whole, the rest is received by the next run, as of the same moment."""
    workspace, log = tmp_path / "workspace", tmp_path / "log"
    shutil.copytree(empty, workspace)
    settings = workspace / "mingzhang.toml"
    settings.write_text(settings.read_text("utf-8").replace("# quiet_seconds = 5", "quiet_seconds = 0.1"), "utf-8")
    inbox = workspace / "inbox" / UNIT
    inbox.mkdir(parents=True)
    for number in range(60):
        (inbox / f"{number:03}.csv").write_text(csv_text(people(1, prefix=f"{number}-")), "utf-8")
    with serving(workspace, log=log) as run:
        until(lambda: len(list((workspace / "evidence").glob("*/*"))) > 5)
        run.send_signal(signal.SIGTERM)
        run.wait(60)
    assert run.returncode == 0
    taken = len(receipts(workspace))
    assert 5 <= taken < 60
    assert f"已完整收到 {taken} 个文件" in log.read_text("utf-8")
    assert mingzhang("ingest", workspace=workspace).code in (0, 10)
    assert len(receipts(workspace)) == 60
    with duckdb.connect(str(workspace / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(DISTINCT ingest_no) FROM received.receipts").fetchall() == [(1,)]
