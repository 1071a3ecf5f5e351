"""requirements.in says why, pyproject.toml says what, requirements.lock says exactly which."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house.scan import ROOT, assert_clean


def lines(path: Path) -> list[str]:
    """Lines without comments, continued lines joined."""
    text = path.read_text("utf-8").replace("\\\n", " ")
    stripped = (line.split("#")[0].strip() for line in text.splitlines())
    return [line for line in stripped if line]


def unlocked(locked: list[str]) -> Iterator[str]:
    for line in locked:
        if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*==\S+( +--hash=sha256:[0-9a-f]{64})+", line):
            yield f"not one pinned release with its hashes: {line[:80]}"


def test_lock_is_pinned_and_hashed() -> None:
    locked = lines(ROOT / "requirements.lock")
    assert_clean(locked, unlocked(locked))


def test_project_asks_for_what_requirements_explain() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["dev"]
    assert asked == lines(ROOT / "requirements.in")


def test_lock_holds_what_is_required() -> None:
    locked = {line.split("==")[0] for line in lines(ROOT / "requirements.lock")}
    wanted = {re.split(r"[=<>]", line)[0] for line in lines(ROOT / "requirements.in")}
    assert_clean(wanted, wanted - locked)


def test_lock_check_can_fail() -> None:
    bad = ["xlwt==1.3.0", "xlwt>=1 --hash=sha256:" + "0" * 64, "-e ."]
    assert len(list(unlocked(bad))) == len(bad)
    assert list(unlocked(["xlwt==1.3.0 --hash=sha256:" + "0" * 64])) == []
