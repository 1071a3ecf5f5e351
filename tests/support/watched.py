"""A federation whose year is received under a Prefect server: with faults in it, and after a run that was killed."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from flows import server
from tests.golden.tiny.inbox import CITY, card, id_number, write_inbox
from tests.support.command import ARGV, ROOT, Ran, environment, mingzhang

PERSONS = ("王小明", "李大海", "赵铁柱")
_HEAD = "批次号,姓名,身份证号,帮扶项目,金额,银行卡号,资金来源,预算年度,发放日期"


@dataclass(frozen=True)
class Watched:
    """The workspace, its server while it lasts, and what the run after the killed one said."""

    workspace: Path
    place: server.Place
    ran: Ran

    def asked(self, path: str, **body: Any) -> Any:
        """What the server answers to a question, `flow_runs/filter`."""
        answer = httpx.post(f"{self.place.url}/{path}", json=body, trust_env=False, timeout=30)
        return answer.raise_for_status().json()

    def runs(self) -> list[dict[str, Any]]:
        """Flow runs, the latest first."""
        found: list[dict[str, Any]] = self.asked("flow_runs/filter", sort="START_TIME_DESC")
        return found


@contextmanager
def watched(root: Path) -> Iterator[Watched]:
    """Make it: an ingest that is killed while it receives files, and another one that ends."""
    assert mingzhang("init", root, "--unit", CITY, "--region", "430600").code == 0
    write_inbox(root / "inbox")
    _faults(root / "inbox" / CITY)
    with server.running(root) as starting:
        place = starting.wait()
        assert place is not None, (root / ".prefect/server.log").read_text()
        _kill_an_ingest(root)
        yield Watched(root, place, mingzhang("ingest", "--json", workspace=root))


def _faults(folder: Path) -> None:
    """Lines that cannot be read, files that cannot be opened, and people's names in names of files."""
    lines = [
        f'HR-9,{PERSONS[0]},{id_number(50)},生活救助,"1,2O0.00",{card(50)},市财政,2023,2023-07-01',
        f"HR-9,{PERSONS[1]},{id_number(51)},生活救助,800,{card(51)},市财政,2023,2023-07-01",
        f"HR-9,{PERSONS[2]},{id_number(52)[:-1]}?,生活救助,800,{card(52)},市财政,2023,2023-07-01",
    ]
    (folder / f"{PERSONS[0]}的发放表.csv").write_text("\n".join([_HEAD, *lines]) + "\n", "utf-8")
    (folder / f"{PERSONS[1]}身份证.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "材料.rar").write_bytes(b"Rar!\x1a\x07\x00nothing")
    (folder / "旧表.xlsx").write_bytes(b"PK\x03\x04broken")


def _kill_an_ingest(root: Path) -> None:
    run = subprocess.Popen(
        [*ARGV, "ingest", "--workspace", str(root)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while run.poll() is None and len(list((root / "evidence").glob("*/*"))) < 5:
        time.sleep(0.005)
    assert run.poll() is None, "it was over before it could be killed"
    run.send_signal(signal.SIGKILL)
    run.wait()
