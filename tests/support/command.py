"""Runs the real command, as a user would, and gives what it printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ARGV = (sys.executable, "-m", "flows.cli.main")


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """Nothing of the machine reaches the command but its path: no workspace, key or Prefect server of somebody else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MINGZHANG_", "PREFECT_"))}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def mingzhang(*arguments: str | Path, workspace: Path | None = None, **env: str) -> Ran:
    """`mingzhang <arguments> [--workspace …]` in a process of its own."""
    at = ("--workspace", str(workspace)) if workspace else ()
    done = subprocess.run(
        [*ARGV, *(str(argument) for argument in arguments), *at],
        capture_output=True,
        text=True,
        env=environment(**env),
        check=False,
        timeout=300,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
