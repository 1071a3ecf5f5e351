"""The peers, each in an environment of its own, made when it is first wanted, at work on the same year as we."""

from __future__ import annotations

import json
import shutil
import subprocess
import venv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.matching.year import Year, fill

_HERE = Path(__file__).parent / "peers"
_MADE = Path(__file__).parents[1] / ".peers"
_INSTALL = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r"]
_PAYMENTS = """
COPY (SELECT i AS id, unit, batch_no AS reference, amount_yuan AS amount, pay_on AS on_day, name AS payee FROM lines)
TO '{path}' (HEADER)
"""
_LINES = """
COPY (
    SELECT id, unit, memo AS reference, amount_yuan AS amount, value_on AS on_day, counterparty_name AS payee
    FROM (FROM moved UNION ALL FROM others)
)
TO '{path}' (HEADER)
"""


class UnavailableError(Exception):
    """A peer that cannot be measured here, and why."""


@dataclass(frozen=True)
class Peer:
    """A library; `release` as its lock has it."""

    name: str

    @property
    def lock(self) -> Path:
        return _HERE / f"{self.name}.txt"

    @property
    def script(self) -> Path:
        return _HERE / f"with_{self.name.replace('-', '_')}.py"

    @property
    def release(self) -> str:
        """As its lock pins it: `civicpay 0.1.1`."""
        lines = self.lock.read_text(encoding="ascii").splitlines()
        [pinned] = [line for line in lines if line.startswith(f"{self.name}==")]
        return f"{self.name} {pinned.split('==')[1].split()[0]}"

    def interpreter(self) -> Path:
        """Its own Python, with what its lock says and nothing else. Raises UnavailableError where it cannot be made."""
        folder = _MADE / self.name
        python, stamp, locked = folder / "bin" / "python", folder / "made-from.txt", self.lock.read_bytes()
        if stamp.is_file() and stamp.read_bytes() == locked:
            return python
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        done = subprocess.run([str(python), *_INSTALL, str(self.lock)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise UnavailableError(f"its environment cannot be made: {_last(done.stderr)}")
        stamp.write_bytes(locked)
        return python

    def run(self, folder: Path) -> Found:
        """Once, on the year in this folder."""
        files = [self.script, folder / "payments.csv", folder / "lines.csv"]
        command = [str(self.interpreter()), "-I", *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise UnavailableError(f"it stopped: {_last(done.stderr)}")
        said = json.loads(_last(done.stdout))
        return Found(said["seconds"], said["matched"])


@dataclass(frozen=True)
class Found:
    """Seconds by way of working (`call`: the matching alone; `written`: with results in its tables), and matches."""

    seconds: dict[str, float]
    matched: int


def _last(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def write_year(folder: Path, payments: int, year: Year) -> None:
    """A year's payments and bank lines as two csv files."""
    with duckdb.connect(":memory:") as connection:
        fill(connection, payments, year)
        for sql, name in ((_PAYMENTS, "payments.csv"), (_LINES, "lines.csv")):
            connection.execute(sql.format(path=folder / name))
