"""Everything made for people: where it is put, under names that every office system takes."""

from __future__ import annotations

import re

from flows.edges.files import write_whole
from flows.edges.workspace import Workspace

_MOST_BYTES, _END = 200, 20  # of a name, of 255 that systems take; characters of its end
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def put(workspace: Workspace, *parts: str, content: bytes) -> str:
    """Write `outbox/<part>/…/<part>`; gives the path relative to the workspace."""
    path = workspace.outbox.joinpath(*(file_name(part) for part in parts))
    write_whole(path, content)
    return workspace.relative(path)


def file_name(text: str) -> str:
    """A text as a file or folder name; a long one keeps its beginning and its end, by which it is told from others."""
    name = _NOT_IN_NAMES.sub("_", text).strip(" .") or "_"
    if len(name.encode()) <= _MOST_BYTES:
        return name
    end = name[-_END:]
    return f"{name.encode()[: _MOST_BYTES - len(end.encode()) - 3].decode(errors='ignore')}…{end}"
