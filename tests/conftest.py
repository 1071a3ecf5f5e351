"""What every test shares: tests of real pages are skipped, by name, where the machine cannot show them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.watched import Watched

PROGRAMS = {"browser": ("chromium", "chromium-browser"), "office": ("soffice",)}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_made_together(item)))
    for marker, names in PROGRAMS.items():
        if any(shutil.which(name) for name in names):
            continue
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"needs {names[0]}, see .ci/run"))


def _made_together(item: pytest.Item) -> str:
    """Tests that look at the same costly thing run on one core: a server, a sample year, else their module's."""
    if "watched" in getattr(item, "fixturenames", ()):
        return "watched"
    sample = getattr(item, "callspec", None) and item.callspec.params.get("workspace")  # type: ignore[attr-defined]
    return f"{item.path.stem} {sample}" if sample else item.path.stem


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A faulty year, received under a Prefect server after a killed run. Read only."""
    from tests.support.watched import watched as make

    with make(tmp_path_factory.mktemp("watched") / "workspace") as made:
        yield made
