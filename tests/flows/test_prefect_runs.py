"""The same steps, plainly or as flow and task runs on a real server; a lost or silent server costs records only."""

import dataclasses
import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows import orchestration, retrying, server
from flows.problems import Exit, Refusal
from tests.flows import toy

ROOT = Path(__file__).parents[2]
TOY = "tests.flows.toy:toy"
pytestmark = [pytest.mark.flows, pytest.mark.slow]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def place(workspace: Path) -> Iterator[server.Place]:
    with server.running(workspace) as starting:
        found = starting.wait()
        assert found is not None
        yield found


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr(orchestration, "tally", tally := orchestration.Tally())
    if "flows.runs" in sys.modules:
        for module in ("flows.runs", "flows.tasks"):
            monkeypatch.setattr(f"{module}.tally", tally)
    orchestration._lost.clear()
    toy.calls.clear()
    toy.failures.clear()


def asked(place: server.Place, path: str, **body: Any) -> Any:
    return httpx.post(f"{place.url}/{path}", json=body, trust_env=False).raise_for_status().json()


def last_run(place: server.Place) -> dict[str, Any]:
    found: list[dict[str, Any]] = asked(place, "flow_runs/filter", sort="START_TIME_DESC", limit=1)
    return found[0]


def test_every_step_is_a_task_run_and_none_is_lost(place: server.Place, workspace: Path) -> None:
    outcome = orchestration.run(workspace, TOY, toy.work, steps=40)
    from flows.runs import records_complete

    assert outcome.lines == ["40 步"]
    assert len(toy.calls) == 40
    assert records_complete(place.url)
    run = last_run(place)
    assert (run["name"], run["state_type"]) == ("试 done", "COMPLETED")
    tasks = asked(place, "task_runs/filter", flow_runs={"id": {"any_": [run["id"]]}}, limit=200)
    assert {task["name"] for task in tasks} == {f"read {number:03}" for number in range(40)}
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}
    assert all(task["task_key"].isascii() for task in tasks)
    notes = asked(place, "artifacts/filter", flow_runs={"id": {"any_": [run["id"]]}})
    assert {note["key"] for note in notes} == {"toy", "toy-where"}
    assert ["40 步" in note["data"] for note in notes if note["key"] == "toy"] == [True]


def test_a_refusal_passes_through_and_is_told_on_the_page(place: server.Place, workspace: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        orchestration.run(workspace, TOY, toy.work, steps=2, ends="refused")
    assert refusal.value.exit_code is Exit.IN_USE
    run = last_run(place)
    assert (run["state_type"], run["state_name"]) == ("FAILED", "Refused")
    assert "工作区正在使用" in run["state"]["message"]


@pytest.mark.parametrize(("ends", "code", "state"), [("sealed", Exit.SEALED, "FAILED"), ("open", 10, "COMPLETED")])
def test_an_exit_code_passes_through(place: server.Place, workspace: Path, ends: str, code: int, state: str) -> None:
    assert orchestration.run(workspace, TOY, toy.work, steps=1, ends=ends).exit_code == code
    assert last_run(place)["state_type"] == state


def test_a_bug_passes_through(place: server.Place, workspace: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        orchestration.run(workspace, TOY, toy.work, steps=1, ends="bug")
    assert toy.calls == ["bug0"], "work is done once, never again plainly"


def test_prefects_part_is_counted(place: server.Place, workspace: Path) -> None:
    orchestration.run(workspace, TOY, toy.work, steps=10)
    assert 0 < orchestration.tally.seconds < 10
    assert orchestration.tally.task_runs == 10
    assert len(orchestration.tally.flow_runs) == 1


def test_nothing_is_said(place: server.Place, workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    orchestration.run(workspace, TOY, toy.work, steps=3)
    with pytest.raises(Refusal):
        orchestration.run(workspace, TOY, toy.work, steps=1, ends="refused")
    assert capfd.readouterr() == ("", "")


# --- failures, and what is said of them -------------------------------------------------------------------------------


def everything_on(place: server.Place) -> str:
    """All that the server knows, as text."""
    rooms = ("flow_runs", "task_runs", "artifacts", "logs")
    return "\n".join(str(asked(place, f"{room}/filter", limit=200)) for room in rooms)


def test_a_share_that_fails_is_tried_again_and_told(
    place: server.Place, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = dataclasses.replace(retrying.load_retries(), delays=(0.1, 0.1, 0.1))
    monkeypatch.setattr(retrying, "load_retries", lambda: quick)
    toy.failures += [OSError(errno.EIO, "Input/output error", "/share/王小明.xlsx")] * 2
    outcome = orchestration.run(workspace, TOY, toy.work, steps=2)
    assert outcome.lines == ["2 步"]
    assert toy.calls == ["done0", "done0", "done0", "done1"]
    run = last_run(place)
    orchestration.importlib.import_module("flows.runs").send_all(place.url)
    tasks = asked(place, "task_runs/filter", flow_runs={"id": {"any_": [run["id"]]}})
    assert {(task["name"], task["run_count"], task["state_type"]) for task in tasks} == {
        ("read 000", 3, "COMPLETED"),
        ("read 001", 1, "COMPLETED"),
    }
    logged = [line["message"] for line in asked(place, "logs/filter", logs={"flow_run_id": {"any_": [run["id"]]}})]
    assert sum("Retry" in message and "读写出错" in message for message in logged) == 2
    note = next(
        n for n in asked(place, "artifacts/filter", flow_runs={"id": {"any_": [run["id"]]}}) if n["key"] == "toy"
    )
    assert "重试过的步骤" in note["data"]
    assert "王小明" not in everything_on(place)


def test_a_bug_is_told_without_what_it_was_about(place: server.Place, workspace: Path) -> None:
    with pytest.raises(ZeroDivisionError, match="王小明"):
        orchestration.run(workspace, TOY, toy.work, steps=1, ends="bug", secret="王小明")
    run = last_run(place)
    assert (run["state_type"], run["state_name"]) == ("FAILED", "Bug")
    assert run["state"]["message"].startswith("ZeroDivisionError  ▸")
    assert "toy.py" in run["state"]["message"], "where it was raised is no secret"
    assert set(run["parameters"]) == {"root", "steps", "ends"}
    orchestration.importlib.import_module("flows.runs").send_all(place.url)
    assert "王小明" not in everything_on(place)


# --- a server that goes ----------------------------------------------------------------------------------------------


def signalling(pid: int, end: signal.Signals) -> Any:
    """The toy's work, at the beginning of which the server is sent a signal."""
    real = toy.work

    def work(root: Path, **named: Any) -> Any:
        os.kill(pid, end)
        return real(root, **named)

    return work


def test_a_server_that_falls_silent_is_not_waited_for(
    place: server.Place, workspace: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its record of the run stays open, until the next run finds that nobody runs it any more."""
    pid = json.loads((workspace / ".prefect/server.json").read_text())["pid"]
    with monkeypatch.context() as patched:
        patched.setattr(toy, "work", work := signalling(pid, signal.SIGSTOP))
        try:
            began = time.monotonic()
            assert orchestration.run(workspace, TOY, work, steps=3).lines == ["3 步"]
            assert time.monotonic() - began < 15
        finally:
            os.kill(pid, signal.SIGCONT)
    assert len(toy.calls) == 3, "once"
    assert "失去联系（没有应答）" in capfd.readouterr().err
    orchestration.run(workspace, TOY, toy.work, steps=1)
    assert last_run(place)["name"] == "试 done", "a server that was lost is left alone by this process"
    interrupted = last_run(place)
    assert interrupted["state_type"] == "RUNNING"
    orchestration._lost.clear()
    orchestration.run(workspace, TOY, toy.work, steps=1)
    found = {run["id"]: run for run in asked(place, "flow_runs/filter")}
    assert found[interrupted["id"]]["state_type"] == "CRASHED"
    assert "中途断了" in found[interrupted["id"]]["state"]["message"]
    assert "RUNNING" not in {run["state_type"] for run in found.values()}


def test_a_server_that_is_killed_costs_records_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with server.running(tmp_path) as starting:
        assert starting.wait()
        monkeypatch.setattr(toy, "work", work := signalling(starting.process.pid, signal.SIGKILL))
        began = time.monotonic()
        assert orchestration.run(tmp_path, TOY, work, steps=3).lines == ["3 步"]
        assert time.monotonic() - began < 15
    assert len(toy.calls) == 3, "once"
    assert "失去联系" in capfd.readouterr().err


# --- without a server ------------------------------------------------------------------------------------------------

PLAIN = """
import sys, time
from pathlib import Path
from flows import orchestration
def work(root, *, runner):
    return runner("step", lambda: "done")
began = time.monotonic()
done = orchestration.run(Path(sys.argv[1]), "no.such:flow", work)
print(done, "prefect" in sys.modules, time.monotonic() - began < 4)
"""


def plain_run(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-c", PLAIN, str(tmp_path)]
    return subprocess.run(command, cwd=ROOT, env=clean | env, capture_output=True, text=True, check=True)


def test_without_a_server_prefect_is_not_even_imported(tmp_path: Path) -> None:
    done = plain_run(tmp_path)
    assert (done.stdout, done.stderr) == ("done False True\n", "")


def test_a_silent_server_is_named_and_the_steps_run_plainly(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        done = plain_run(tmp_path, PREFECT_API_URL=url)
    assert done.stdout == "done False True\n"
    assert url in done.stderr
    assert "没有应答" in done.stderr


def test_the_task_name_is_ascii() -> None:
    from flows.tasks import _task_name

    assert [_task_name(name) for name in ("read 003 8f3a21", "facts.units", "名册")] == ["read", "facts.units", "step"]


def test_waiting_for_a_server_that_never_comes(tmp_path: Path) -> None:
    began = time.monotonic()
    assert orchestration.in_reach(tmp_path, env={"PREFECT_API_URL": "http://127.0.0.1:9/api"}) is None
    assert time.monotonic() - began < 3
