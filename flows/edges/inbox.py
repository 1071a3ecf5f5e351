"""The files that came in, in a fixed order, each with its sender and its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.problems import Exit, refuse
from transforms.parsed.archive import is_junk


class UnreadError(OSError):
    """The bytes of a delivered file cannot be had: its share has gone, it is locked or forbidden."""


@dataclass(frozen=True)
class InboxFile:
    """A file as delivered. `source_file`: relative to the inbox; `sender`: its first folder there, else ''."""

    path: Path
    source_file: str
    sender: str

    def content(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise UnreadError(error.errno, error.strerror, self.source_file) from error


def list_inbox(inbox: Path, paths: Sequence[Path] = (), *, unit: str | None = None) -> list[InboxFile]:
    """The files below the inbox, or below the given paths, in the order of their paths. Refused (2) for a missing path.

    `unit`: who sent them, where the folder does not say it.
    """
    for path in paths:
        if not path.exists():
            raise refuse(Exit.USAGE, "usage.no_path", value=path)
    roots = paths or ([inbox] if inbox.is_dir() else [])
    found: dict[Path, Path] = {}
    for root in (root.resolve() for root in roots):
        found |= {path: root for path in _files(root) if path not in found}
    return [_delivered(inbox.resolve(), path, found[path], unit) for path in sorted(found)]


def _files(root: Path) -> list[Path]:
    """Not what office programs and file managers leave lying about: dotfiles, ~$ locks, Thumbs.db."""
    if root.is_file():
        return [root]
    return [
        path
        for path in root.rglob("*")
        if path.is_file()
        and not is_junk(relative := path.relative_to(root).as_posix())
        and not any(part.startswith(".") for part in relative.split("/"))
    ]


def _delivered(inbox: Path, path: Path, root: Path, unit: str | None) -> InboxFile:
    """`root`: the path given. Elsewhere in the workspace the first folder is a delivery's name, no sender's."""
    if path.is_relative_to(inbox):
        parts = path.relative_to(inbox).parts
    elif path.is_relative_to(inbox.parent):
        inside = path.relative_to(inbox.parent).parts
        parts = inside[1:] or inside
    else:
        parts = path.relative_to(root).parts or (path.name,)
    source_file = "/".join(parts)
    folder = source_file.split("/")[0] if "/" in source_file else ""
    return InboxFile(path, source_file, folder or unit or "")
