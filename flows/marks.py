"""Marks of flow runs that are alive, so that a killed run does not stand on the server's page as running for ever.

A mark is a file in `.prefect/running/`, named by the flow run and locked by the process that runs it. The operating
system lets a lock go when its process ends, however it ends: a mark that nobody holds is that of a killed run.
"""

from __future__ import annotations

import fcntl
from contextlib import suppress
from pathlib import Path
from typing import IO
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import State
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows.page_tables import page_words
from flows.server import home

_held: list[IO[bytes]] = []


def hold(workspace: Path, run_id: UUID) -> None:
    """From now on this flow run is alive, until `let_go`, the next run of this process, or the end of the process."""
    let_go()
    folder = home(workspace) / "running"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{run_id}"
    handle = draft.open("wb")
    fcntl.flock(handle, fcntl.LOCK_EX)
    draft.rename(folder / str(run_id))  # locked before anybody can see it
    _held.append(handle)


def let_go() -> None:
    """Nothing runs in this process any more. The mark stays: the next run asks whether the server knows of the end."""
    while _held:
        _held.pop().close()


def end_the_dead(workspace: Path) -> list[str]:
    """Tell the server that flow runs of this workspace that nobody runs any more have ended; gives their ids.

    A run that this server does not know keeps its mark: another server may.
    """
    ended: list[str] = []
    for mark in sorted((home(workspace) / "running").glob("[!.]*")):
        with suppress(OSError), mark.open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # OSError: it lives
            run_id = UUID(mark.name)
            with get_client(sync_client=True) as client, suppress(ObjectNotFound):
                state = client.read_flow_run(run_id).state
                if state is None or not state.is_final():
                    _end(client, run_id)
                    ended.append(mark.name)
                mark.unlink(missing_ok=True)
    return ended


def _end(client: SyncPrefectClient, run_id: UUID) -> None:
    """The flow run and its unfinished task runs are crashed."""
    killed: State[None] = Crashed(message=page_words()["killed"])
    for task_run_id in _unfinished(client, run_id):
        client.set_task_run_state(task_run_id, killed, force=True)
    client.set_flow_run_state(run_id, killed, force=True)


def _unfinished(client: SyncPrefectClient, run_id: UUID) -> list[UUID]:
    asked = {
        "flow_runs": {"id": {"any_": [str(run_id)]}},
        "task_runs": {"state": {"type": {"any_": ["PENDING", "RUNNING", "SCHEDULED"]}}},
    }
    found = client.request("POST", "/task_runs/filter", json=asked).json()
    return [UUID(each["id"]) for each in found]
