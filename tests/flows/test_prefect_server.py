"""The workspace's own server: quiet, reachable while it is wanted, and gone afterwards, however we end."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import server

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.flows, pytest.mark.slow]


def lives(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be collected by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def deaf() -> Iterator[str]:
    """An address that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"


def test_starts_answers_and_leaves_nothing(tmp_path: Path) -> None:
    with server.running(tmp_path) as starting:
        place = starting.wait()
        assert place is not None
        assert place.url.startswith("http://127.0.0.1:")
        assert server.answers(place.url)
        assert server.find(tmp_path, env={}) == place
        assert json.loads((tmp_path / ".prefect/server.json").read_text())["pid"] == starting.process.pid
    assert not lives(starting.process.pid)
    assert server.find(tmp_path, env={}) is None
    assert not (tmp_path / ".prefect/server.json").exists()
    assert (tmp_path / ".prefect/server.log").read_bytes() == b""
    assert (tmp_path / ".prefect").stat().st_mode & 0o077 == 0


def test_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from flows import server\n"
        "starting = server.Starting(Path(sys.argv[1])); assert starting.wait()\n"
        "print(starting.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent:
        pid = int(parent.stdout.readline())
        assert lives(pid)
        os.kill(parent.pid, signal.SIGKILL)
    deadline = time.monotonic() + 15
    while (lives(pid) or server.find(tmp_path, env={})) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not lives(pid)
    assert server.find(tmp_path, env={}) is None, "the state file of a dead server is no server"


def test_a_server_that_does_not_start_is_no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".prefect").mkdir()
    (tmp_path / ".prefect/prefect.db").write_bytes(b"this is no data base" * 100)
    with server.running(tmp_path) as starting:
        assert starting.wait() is None
    assert starting.process.returncode is not None


def test_a_silent_server_is_given_two_seconds(deaf: str) -> None:
    began = time.monotonic()
    assert not server.answers(deaf)
    assert 1.5 < time.monotonic() - began < 3.0


def test_nobody_there_is_known_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    began = time.monotonic()
    assert not server.answers(f"http://127.0.0.1:{port}/api")
    assert time.monotonic() - began < 1.0


def test_the_configured_server_comes_first(tmp_path: Path) -> None:
    (tmp_path / ".prefect").mkdir()
    (tmp_path / ".prefect/server.json").write_text(json.dumps({"url": "http://127.0.0.1:1/api", "pid": 1}))
    with (tmp_path / ".prefect/server.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        own = server.find(tmp_path, env={})
    assert server.find(tmp_path, env={}) is None, "nobody holds the lock: that server is gone"
    assert own is not None
    assert own.url == "http://127.0.0.1:1/api"
    configured = server.find(tmp_path, env={"PREFECT_API_URL": "http://prefect.example:4200/api/"})
    assert configured == server.Place("http://prefect.example:4200/api", "PREFECT_API_URL")
    assert configured.page == "http://prefect.example:4200"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"url": 1}', '{"url": "x", "pid": "y"}'])
def test_a_broken_state_file_is_no_server(tmp_path: Path, text: str) -> None:
    (tmp_path / ".prefect").mkdir()
    (tmp_path / ".prefect/server.json").write_text(text)
    assert server.find(tmp_path, env={}) is None


def test_a_loopback_server_is_asked_past_the_proxy() -> None:
    assert (
        server.without_proxy("http://127.0.0.1:1/api", {"NO_PROXY": "a.example"})["NO_PROXY"] == "a.example,127.0.0.1"
    )
    assert server.without_proxy("http://prefect.example/api", {}) == {}
