"""Which files of the inbox have come to rest: looked at from outside, twice, without opening one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

Mark = tuple[int, int, int]  # changes when the file does: InboxFile.mark
LONGEST_PAUSE = 3600.0  # seconds between two attempts at a file that cannot be read


@dataclass
class _Seen:
    mark: Mark
    since: float  # the clock at the first look that saw it so
    is_handled: bool = False
    attempts: int = 0
    again_at: float = 0.0


@dataclass(frozen=True)
class Look:
    """What one look finds. `quiet`: new and at rest; `growing`: changed since the look before."""

    quiet: tuple[Path, ...]
    growing: tuple[Path, ...]


class Resting:
    """Remembers what lay there and what has been handled, as long as the process lives.

    Nothing of it is written down: after a restart every file is handed over once more, and its bytes, which are known,
    change nothing. Clocks of shares are not asked: a file is at rest when it looks the same `seconds` later.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._seen: dict[Path, _Seen] = {}

    def look(self, marks: Mapping[Path, Mark], at: float) -> Look:
        """Compare with the looks before. `at`: seconds of a clock that only goes forward."""
        quiet, growing = [], []
        for path, mark in sorted(marks.items()):
            before = self._seen.get(path)
            if before is None or before.mark != mark:
                self._seen[path] = _Seen(mark, at)
                if before is not None:
                    growing.append(path)
            elif not before.is_handled and at - before.since >= self.seconds and at >= before.again_at:
                quiet.append(path)
        return Look(tuple(quiet), tuple(growing))

    def handled(self, paths: Iterable[Path]) -> None:
        """These were received, or known: not again, unless they change."""
        for path in paths:
            self._seen[path].is_handled = True

    def unread(self, paths: Iterable[Path], at: float) -> None:
        """These could not be read: again after a pause, twice as long each time."""
        for path in paths:
            seen = self._seen[path]
            seen.attempts += 1
            seen.again_at = at + min(LONGEST_PAUSE, max(self.seconds, 1.0) * 2**seen.attempts)
