"""What every test shares: tests of real pages are skipped, by name, where the machine cannot show them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.watched import Watched

PROGRAMS = {"browser": ("chromium", "chromium-browser"), "office": ("soffice",)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for marker, names in PROGRAMS.items():
        if any(shutil.which(name) for name in names):
            continue
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"needs {names[0]}, see .ci/run"))


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A faulty year, received under a Prefect server after a killed run. Read only."""
    from tests.support.watched import watched as make

    with make(tmp_path_factory.mktemp("watched") / "workspace") as made:
        yield made
