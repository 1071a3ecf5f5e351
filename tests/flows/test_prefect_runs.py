"""The same steps, plainly or as flow and task runs on a real server; a lost or silent server costs records only."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows import orchestration, server
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
        monkeypatch.setattr("flows.runs.tally", tally)
    toy.calls.clear()


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
    assert {task["name"] for task in tasks} == {f"read 名册{number}.xlsx" for number in range(40)}
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}
    assert all(task["task_key"].isascii() for task in tasks)
    notes = asked(place, "artifacts/filter", flow_runs={"id": {"any_": [run["id"]]}})
    assert ["40 步" in note["data"] and "outbox/甲.xlsx" in note["data"] for note in notes] == [True]


def test_a_refusal_passes_through_and_is_told_on_the_page(place: server.Place, workspace: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        orchestration.run(workspace, TOY, toy.work, steps=2, ends="refused")
    assert refusal.value.exit_code is Exit.IN_USE
    run = last_run(place)
    assert (run["state_type"], run["state_name"]) == ("FAILED", "Refused")
    assert "workspace.in_use" in run["state"]["message"]


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


def test_a_server_lost_on_the_way_costs_records_only(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with server.running(tmp_path) as starting:
        assert starting.wait()

        def kills(root: Path, **_: Any) -> None:
            starting.process.kill()
            starting.process.wait()

        toy.calls.clear()
        real = toy.work
        try:
            toy.work = lambda root, **named: (kills(root), real(root, **named))[1]
            outcome = orchestration.run(tmp_path, TOY, toy.work, steps=3)
        finally:
            toy.work = real
    assert outcome.lines == ["3 步"]
    assert len(toy.calls) == 3
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
    from flows.runs import _task_name

    assert [_task_name(name) for name in ("read 名册.xlsx", "facts.units", "名册")] == [
        "read .xlsx",
        "facts.units",
        "step",
    ]


def test_waiting_for_a_server_that_never_comes(tmp_path: Path) -> None:
    began = time.monotonic()
    assert orchestration.in_reach(tmp_path, env={"PREFECT_API_URL": "http://127.0.0.1:9/api"}) is None
    assert time.monotonic() - began < 3
