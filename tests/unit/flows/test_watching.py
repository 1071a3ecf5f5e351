"""One look after the other at an inbox, without a warehouse: what is handed on, and what a failure costs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows import stopping
from flows.edges.workspace import Workspace
from flows.outcome import Outcome
from flows.problems import Exit, refuse
from flows.watching import Watcher


class Receiving:
    """Stands for `ingest`: notes what it is given, fails where it is told to."""

    def __init__(self) -> None:
        self.given: list[list[str]] = []
        self.fails: list[Exception] = []
        self.states: dict[str, str] = {}

    def __call__(self, root: Path, paths: tuple[Path, ...]) -> Outcome:
        self.given.append([path.name for path in paths])
        if self.fails:
            raise self.fails.pop(0)
        rows = [{"file": path.name, "state": self.states.get(path.name, "accepted")} for path in paths]
        return Outcome("ingest", summary={"file_count": len(paths)}, rows=rows)


@pytest.fixture
def receiving() -> Receiving:
    return Receiving()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    settings = 'unit = "岳阳市总工会"\nregion = "430600"\n[intake]\nquiet_seconds = 5\n'
    (tmp_path / "mingzhang.toml").write_text(settings, "utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [100.0]
    monkeypatch.setattr("flows.watching.clock.ticks", lambda: now[0])
    yield now
    stopping._asked.clear()


@pytest.fixture
def watcher(root: Path, receiving: Receiving) -> Watcher:
    return Watcher(Workspace(root), receiving)


def looks(watcher: Watcher, clock: list[float], count: int = 2, seconds: float = 5) -> None:
    for _ in range(count):
        watcher.look()
        clock[0] += seconds


def test_what_is_new_is_received_once(root: Path, watcher: Watcher, receiving: Receiving, clock: list[float]) -> None:
    (root / "inbox" / "a.csv").write_text("x")
    (root / "inbox" / "~$a.xlsx").write_text("x")
    (root / "inbox" / "b.csv.crdownload").write_text("x")
    looks(watcher, clock, 5)
    assert receiving.given == [["a.csv"]]
    assert (watcher.runs, watcher.files) == (1, 1)


def test_one_that_grows_waits_and_is_named(
    root: Path, watcher: Watcher, receiving: Receiving, clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "inbox" / "still.csv").write_text("x")
    for size in range(3):
        with (root / "inbox" / "grows.csv").open("a") as file:
            file.write("x" * (size + 1))
        looks(watcher, clock, 1)
    assert receiving.given == [["still.csv"]]
    assert "还在写入，留待下次接收：grows.csv" in capsys.readouterr().err
    looks(watcher, clock, 2)
    assert receiving.given == [["still.csv"], ["grows.csv"]]


def test_a_newer_version_under_the_same_name(
    root: Path, watcher: Watcher, receiving: Receiving, clock: list[float]
) -> None:
    path = root / "inbox" / "a.csv"
    path.write_text("x")
    looks(watcher, clock, 3)
    (root / "new.csv").write_text("y")
    os.replace(root / "new.csv", path)
    looks(watcher, clock, 3)
    assert receiving.given == [["a.csv"], ["a.csv"]]


@pytest.mark.parametrize(
    "failure",
    [refuse(Exit.IN_USE, "workspace.in_use", pid=1, host="h", since="s", command="c"), OSError(5, "x"), KeyError()],
)
def test_a_run_that_fails_is_tried_again_and_told_once(
    root: Path, watcher: Watcher, receiving: Receiving, clock: list[float], capsys: Any, failure: Exception
) -> None:
    (root / "inbox" / "a.csv").write_text("x")
    receiving.fails = [failure, failure]
    looks(watcher, clock, 6)
    assert receiving.given == [["a.csv"]] * 3
    assert capsys.readouterr().err.count("下次再试") == 1


def test_a_share_that_goes_and_comes_back(
    root: Path, watcher: Watcher, receiving: Receiving, clock: list[float], capsys: Any
) -> None:
    (root / "inbox" / "a.csv").write_text("x")
    looks(watcher, clock, 2)
    shutil.move(root / "inbox", root / "away")
    looks(watcher, clock, 3)
    assert capsys.readouterr().err.count("收件夹暂时不在") == 1
    shutil.move(root / "away", root / "inbox")
    (root / "inbox" / "b.csv").write_text("x")
    looks(watcher, clock, 3)
    assert receiving.given == [["a.csv"], ["b.csv"]]


def test_a_share_that_cannot_be_listed(
    root: Path, watcher: Watcher, receiving: Receiving, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "inbox" / "a.csv").write_text("x")

    def stale(*_: object) -> None:
        raise OSError(116, "Stale file handle")

    with monkeypatch.context() as away:
        away.setattr("flows.watching.list_inbox", stale)
        looks(watcher, clock, 2)
    looks(watcher, clock, 2)
    assert receiving.given == [["a.csv"]]


def test_one_that_cannot_be_read_is_tried_again_after_a_pause(
    root: Path, watcher: Watcher, receiving: Receiving, clock: list[float]
) -> None:
    (root / "inbox" / "a.csv").write_text("x")
    receiving.states = {"a.csv": "unread"}
    looks(watcher, clock, 20, seconds=5)
    assert len(receiving.given) == 4  # after 10, 20, 40 seconds


def test_what_was_left_when_asked_to_stop_is_not_taken_for_received(
    root: Path, watcher: Watcher, receiving: Receiving, clock: list[float]
) -> None:
    (root / "inbox" / "a.csv").write_text("x")
    looks(watcher, clock, 1)
    stopping.stop()
    looks(watcher, clock, 2)
    assert receiving.given == [["a.csv"]] * 2
