"""One writer per workspace. The system holds the lock: a killed run leaves none. The file names the holder."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.edges import clock
from flows.problems import Exit, Refusal, refuse


@contextmanager
def sole_writer(path: Path, *, command: str) -> Iterator[None]:
    """Hold the workspace while it is changed. Refused (15), naming who holds it since when, when another run does."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _in_use(path) from error
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(_holder(command), ensure_ascii=False).encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _holder(command: str) -> dict[str, str | int]:
    return {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": clock.now().isoformat(sep=" "),
        "command": command,
    }


def _in_use(path: Path) -> Refusal:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        holder = {}
    known = {key: holder.get(key, "?") for key in ("pid", "host", "since", "command")}
    return refuse(Exit.IN_USE, "workspace.in_use", path.parent.name, **known)
