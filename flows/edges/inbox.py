"""The files that came in, in a fixed order, each with its sender and its bytes."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.edges.lexicon import load_junk, load_limits
from flows.problems import Exit, refuse
from transforms.parsed.names import is_junk, readable


class UnreadError(OSError):
    """The bytes of a delivered file cannot be had. `code`: what people are told, a problem of flows/words.yaml."""

    code = "inbox.unread"  # its share has gone, it is locked or forbidden


class GrowingError(UnreadError):
    """The file changed while it was read: whoever writes it has not finished."""

    code = "inbox.growing"


class LinkError(UnreadError):
    """A link that leads nowhere, or out of the inbox: what lies there was not delivered."""

    code = "inbox.link"


class SpecialError(UnreadError):
    """A pipe, a device: reading it might never end."""

    code = "inbox.special"


class TooLargeError(UnreadError):
    """More bytes than any office sends."""

    code = "inbox.too_large"


@dataclass(frozen=True)
class InboxFile:
    """A file as delivered. `source_file`: relative to the inbox, readable; `sender`: its first folder there, else ''.

    `within`: the folder that a link must not lead out of.
    """

    path: Path
    source_file: str
    sender: str
    within: Path | None = None

    def content(self) -> bytes:
        """Its bytes, whole. Raises UnreadError."""
        try:
            self._require_file()
            before = self.path.stat()
            if before.st_size > load_limits().file_bytes:
                raise TooLargeError(errno.EFBIG, "", self.source_file)
            content = self.path.read_bytes()
            after = self.path.stat()
        except UnreadError:
            raise
        except OSError as error:
            raise UnreadError(error.errno, error.strerror, self.source_file) from error
        if _mark(before) != _mark(after) or len(content) != after.st_size:
            raise GrowingError(errno.EBUSY, "", self.source_file)
        return content

    def mark(self) -> tuple[int, int, int]:
        """What changes when the file does, without opening it; of a link that leads nowhere, its own."""
        try:
            return _mark(self.path.stat())
        except OSError:
            return _mark(self.path.lstat())

    def _require_file(self) -> None:
        if self.path.is_symlink():
            target = self.path.resolve()
            if not target.is_file() or (self.within and not target.is_relative_to(self.within)):
                raise LinkError(errno.ELOOP, "", self.source_file)
        elif not stat.S_ISREG(self.path.stat().st_mode):
            raise SpecialError(errno.ELOOP, "", self.source_file)


def _mark(said: os.stat_result) -> tuple[int, int, int]:
    return said.st_ino, said.st_size, said.st_mtime_ns


def list_inbox(inbox: Path, paths: Sequence[Path] = (), *, unit: str | None = None) -> list[InboxFile]:
    """The files below the inbox, or below the given paths, in the order of their paths. Refused (2) for a missing path.

    `unit`: who sent them, where the folder does not say it.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise refuse(Exit.USAGE, "usage.no_path", value=path)
    roots = paths or ([inbox] if inbox.is_dir() else [])
    found: dict[Path, Path] = {}
    for root in map(_resolved, roots):
        found |= {path: root for path in _files(root) if path not in found}
    return [_delivered(inbox.resolve(), path, found[path], unit) for path in sorted(found)]


def _resolved(path: Path) -> Path:
    """Without links on the way; a link that is named itself stays one, as it is when its folder is listed."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _files(root: Path) -> Iterator[Path]:
    """What was delivered below a folder: not what programs leave lying about (`data/reference/reading.yaml`, junk)."""
    if not root.is_dir():
        yield root
        return
    junk = load_junk()
    for path in root.rglob("*"):
        if (path.is_symlink() or not path.is_dir()) and not is_junk(path.relative_to(root).as_posix(), junk):
            yield path


def _delivered(inbox: Path, path: Path, root: Path, unit: str | None) -> InboxFile:
    """`root`: the path given. Elsewhere in the workspace the first folder is a delivery's name, no sender's."""
    if path.is_relative_to(inbox):
        parts = path.relative_to(inbox).parts
    elif path.is_relative_to(inbox.parent):
        inside = path.relative_to(inbox.parent).parts
        parts = inside[1:] or inside
    else:
        parts = path.relative_to(root).parts or (path.name,)
    source_file = "/".join(readable(os.fsencode(part)) for part in parts)
    folder = source_file.split("/")[0] if "/" in source_file else ""
    within = inbox if path.is_relative_to(inbox) else root if root.is_dir() else None
    return InboxFile(path, source_file, folder or unit or "", within)
