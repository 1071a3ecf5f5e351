"""The workspace's own Prefect server: quiet, offline, on a free loopback port, gone with the process that started it.

Only `serve` and `demo` start one. Every other command asks `find` whether a server is in reach. Prefect's ephemeral
server is never used: it loses records of task runs.
"""

import fcntl
import json
import os
import queue
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flows.server_process import GRACE_SECONDS, LOCK

ANSWER_SECONDS = 2.0
START_SECONDS = 90.0
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

# Nothing leaves the machine, nothing is printed, nothing is asked.
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_LOGGING_LEVEL": "INFO",
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # what failed is told once, by the command
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_SERVER_API_HOST": "127.0.0.1",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}


@dataclass(frozen=True)
class Place:
    """Where a Prefect server is said to be. `said_by` is what people can look up: a variable or a file."""

    url: str
    said_by: str

    @property
    def page(self) -> str:
        """The address a person opens."""
        return self.url.removesuffix("/api")


def environment(workspace: Path) -> dict[str, str]:
    """What makes Prefect in this workspace quiet and its own: its records lie in `.prefect/`."""
    return QUIET | {"PREFECT_HOME": str(home(workspace))}


def home(workspace: Path) -> Path:
    """Prefect's folder of this workspace: its database of runs, its state file."""
    return workspace.resolve() / ".prefect"


def find(workspace: Path, env: Mapping[str, str] | None = None) -> Place | None:
    """The server that this workspace's runs belong to, as configured; whether it answers is `answers`."""
    configured = (os.environ if env is None else env).get("PREFECT_API_URL", "").strip()
    if configured:
        return Place(configured.rstrip("/"), "PREFECT_API_URL")
    state = home(workspace) / "server.json"
    try:
        said = json.loads(state.read_text("utf-8"))
        url = str(said["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # Left behind by a machine that was switched off: nobody is waiting for that server.
    return Place(url, str(state)) if _is_running(workspace) else None


def answers(url: str, seconds: float = ANSWER_SECONDS) -> bool:
    """Whether a Prefect server answers at this address in time, name resolution included."""
    said: queue.Queue[bool] = queue.Queue()
    threading.Thread(target=lambda: said.put(_healthy(url, seconds)), daemon=True).start()
    try:
        return said.get(timeout=seconds)
    except queue.Empty:
        return False


@contextmanager
def running(workspace: Path) -> Iterator["Starting"]:
    """A server for the length of a block. It starts beside it; `Starting.wait` gives its place when it answers."""
    starting = Starting(workspace)
    try:
        yield starting
    finally:
        starting.stop()


class Starting:
    """A server process on its way up, then up. Ends with `stop`, or with the process that made it."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.started = time.perf_counter()
        self.seconds = 0.0
        folder = home(workspace)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._log = (folder / "server.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows.server_process"],
            env=_inherited() | environment(workspace),
            cwd=_package_root(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,  # Ctrl-C is for us; we end the server after our last record is in
        )

    def wait(self, seconds: float = START_SECONDS) -> Place | None:
        """Its place, once it answers; None if it ended or took too long (its log says why)."""
        assert self.process.stdout is not None
        url = self.process.stdout.readline().decode().strip()
        deadline = self.started + seconds
        while url and self.process.poll() is None and time.perf_counter() < deadline:
            if _healthy(url, ANSWER_SECONDS):
                self.seconds = time.perf_counter() - self.started
                _write_state(self.workspace, url, self.process.pid)
                return Place(url, str(home(self.workspace) / "server.json"))
            time.sleep(0.05)
        return None

    def stop(self) -> None:
        """End it orderly, at last by force; nothing of it stays, also when called twice."""
        (home(self.workspace) / "server.json").unlink(missing_ok=True)
        if self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.close()
        self.process.terminate()
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self._log.close()


def without_proxy(url: str, env: Mapping[str, str]) -> dict[str, str]:
    """What to set so that a loopback server is asked directly, whatever proxy the office prescribes."""
    host = urlsplit(url).hostname
    if host not in LOOPBACK:
        return {}
    said = env.get("NO_PROXY") or env.get("no_proxy") or ""
    hosts = ",".join(part for part in (said, host) if part)
    return {"NO_PROXY": hosts, "no_proxy": hosts}


def _healthy(url: str, seconds: float) -> bool:
    direct = urlsplit(url).hostname in LOOPBACK
    handlers = [urllib.request.ProxyHandler({})] if direct else []
    try:
        with urllib.request.build_opener(*handlers).open(f"{url}/health", timeout=seconds) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError, urllib.error.URLError):
        return False


def _is_running(workspace: Path) -> bool:
    """Whether a server process holds the lock of this workspace: true while it lives, whatever became of its parent."""
    try:
        with (home(workspace) / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _write_state(workspace: Path, url: str, pid: int) -> None:
    state = home(workspace) / "server.json"
    draft = state.with_suffix(".tmp")
    draft.write_text(json.dumps({"url": url, "pid": pid}), "utf-8")
    draft.replace(state)


def _inherited() -> dict[str, str]:
    """Our environment without what others set for their own Prefect: profiles, data bases, addresses."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}


def _package_root() -> Path:
    return Path(__file__).resolve().parents[1]
