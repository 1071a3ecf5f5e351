"""The demo's folder: whose it is, how far it has come, and which files of the sample are delivered later."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from flows.edges.files import write_whole
from flows.problems import Exit, refuse

MARK = ".mingzhang-demo.json"
CORRECTIONS, WAIVERS = "corrections", "waivers.xlsx"
_MAKING, _LATER = ".sample", ".later"


def claim(root: Path) -> dict[str, Any]:
    """What the mark of the demo says; an empty folder is marked as its own. Refused (2) for anybody else's folder."""
    if root.exists() and (not root.is_dir() or (any(root.iterdir()) and not (root / MARK).is_file())):
        raise refuse(Exit.USAGE, "demo.foreign", str(root), value=root)
    if (root / MARK).is_file():
        said: dict[str, Any] = json.loads((root / MARK).read_text("utf-8"))
        return said
    root.mkdir(parents=True, exist_ok=True)
    mark(root, {})
    return {}


def mark(root: Path, said: dict[str, Any]) -> None:
    """Note how far the demo has come."""
    write_whole(root / MARK, json.dumps(said, ensure_ascii=False, default=str).encode())


def making(root: Path) -> Path:
    """An empty place beside the workspace's own folders, where the sample is written; a begun one is dropped."""
    shutil.rmtree(root / _MAKING, ignore_errors=True)
    return root / _MAKING


def move_in(root: Path, later: str) -> None:
    """Make the finished sample the workspace, all but the files whose names hold `later`; they wait for `deliver`.

    mingzhang.toml comes last: a folder of ours without it was never used, and what lies there is from a killed run.
    """
    made = root / _MAKING
    inbox = made / "inbox"
    for path in sorted(path for path in inbox.rglob("*") if path.is_file() and later in path.name):
        waiting = root / _LATER / path.relative_to(inbox)
        waiting.parent.mkdir(parents=True, exist_ok=True)
        path.replace(waiting)
    for path in sorted(made.iterdir(), key=lambda path: path.name == "mingzhang.toml"):
        shutil.rmtree(root / path.name, ignore_errors=True)
        path.replace(root / path.name)
    made.rmdir()


def deliver(root: Path) -> None:
    """Put the files that have waited into the inbox."""
    waiting = root / _LATER
    for path in sorted(path for path in waiting.rglob("*") if path.is_file()):
        place = root / "inbox" / path.relative_to(waiting)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    shutil.rmtree(waiting, ignore_errors=True)
