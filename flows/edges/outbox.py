"""Everything made for people: where it is put, under names that every office system takes."""

from __future__ import annotations

import re

from flows.edges.files import write_whole
from flows.edges.workspace import Workspace

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def put(workspace: Workspace, *parts: str, content: bytes) -> str:
    """Write `outbox/<part>/…/<part>`; gives the path relative to the workspace."""
    path = workspace.outbox.joinpath(*(file_name(part) for part in parts))
    write_whole(path, content)
    return workspace.relative(path)


def file_name(text: str) -> str:
    """A text as a file or folder name."""
    return _NOT_IN_NAMES.sub("_", text).strip(" .") or "_"
