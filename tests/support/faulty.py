"""The second delivery of a faulty sample, and its states against the oracle."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support import truth


def deliver_second(workspace: Path) -> None:
    """Drop the corrections into the inbox under their own names, and the waivers beside them."""
    shutil.copytree(workspace / "corrections", workspace / "inbox", dirs_exist_ok=True)
    shutil.copy(workspace / "waivers.xlsx", workspace / "inbox")


def state_differences(workspace: Path, year: int, state: str = "") -> list[str]:
    """Statuses, classes, households and figures against the oracle, consequences of the faults included."""
    return [
        *truth.payment_differences(workspace, state),
        *truth.bank_line_differences(workspace, state),
        *truth.household_differences(workspace, year, state),
        *truth.figure_differences(workspace, state),
        *truth.source_differences(workspace, state),
    ]
