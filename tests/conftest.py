"""What every test shares: tests of real pages are skipped, by name, where the machine cannot show them."""

import shutil

import pytest

PROGRAMS = {"browser": ("chromium", "chromium-browser"), "office": ("soffice",)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for marker, names in PROGRAMS.items():
        if any(shutil.which(name) for name in names):
            continue
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"needs {names[0]}, see .ci/run"))
