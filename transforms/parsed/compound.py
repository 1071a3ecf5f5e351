"""The old Office container (.xls, .et, .wps): its streams, found by a careful walk.

Whoever trusts the numbers in such a file can be sent in circles, or told of more than there is. This walk trusts none:
a chain that leaves the file, or comes back to where it was, is an error.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA  # numbers from here on name no sector
_END = 0xFFFFFFFE
_ROOT, _STREAM = 5, 2


class CompoundError(ValueError):
    """A container whose chains do not hold."""


@dataclass(frozen=True)
class _Entry:
    name: str
    type: int
    first: int
    size: int


def streams(content: bytes) -> dict[str, bytes]:
    """Name → bytes of every stream, of equal names the first. Raises CompoundError."""
    try:
        return _Container(content).streams()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise CompoundError("a table of the container is cut off") from error


class _Container:
    """The allocation tables of one file."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise CompoundError("a sector size that no program writes")
        self.size, self.mini_size = 1 << shift, 1 << mini_shift
        self.sector_count = (len(content) - _HEADER) // self.size + 1
        (self.directory_at,) = struct.unpack_from("<I", content, 48)
        self.cutoff, self.mini_at, _, self.more_at, _ = struct.unpack_from("<5I", content, 56)
        self.fat = self._numbers(self._fat_sectors())
        self.mini_fat = self._numbers(self._chain(self.mini_at, self.fat))

    def streams(self) -> dict[str, bytes]:
        directory = b"".join(self._sector(number) for number in self._chain(self.directory_at, self.fat))
        entries = [_entry(directory, at) for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
        root = next((entry for entry in entries if entry.type == _ROOT), None)
        small = self._bytes(root.first, root.size) if root else b""
        found: dict[str, bytes] = {}
        for entry in entries:
            if entry.type == _STREAM and entry.name not in found:
                is_small = entry.size < self.cutoff
                found[entry.name] = self._small(entry, small) if is_small else self._bytes(entry.first, entry.size)
        return found

    def _fat_sectors(self) -> list[int]:
        listed = list(struct.unpack_from("<109I", self.content, 76))
        at, seen = self.more_at, 0
        while at < _LAST:
            numbers = struct.unpack(f"<{self.size // 4}I", self._sector(at))
            listed += numbers[:-1]
            at, seen = numbers[-1], seen + 1
            if seen > self.sector_count:
                raise CompoundError("the list of tables goes in a circle")
        return [number for number in listed if number < _LAST]

    def _numbers(self, sectors: Sequence[int]) -> list[int]:
        if len(set(sectors)) < len(sectors):
            raise CompoundError("a table is listed twice")
        return [number for at in sectors for number in struct.unpack(f"<{self.size // 4}I", self._sector(at))]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self.size
        part = self.content[begin : begin + self.size]
        if not part:
            raise CompoundError("a sector lies outside the file")
        return part.ljust(self.size, b"\x00")  # some programs cut the last one short

    def _chain(self, first: int, table: Sequence[int]) -> list[int]:
        found, at = [], first
        while at < _LAST:
            found.append(at)
            if len(found) > len(table):
                raise CompoundError("a chain goes in a circle")
            at = table[at]
        return found

    def _bytes(self, first: int, size: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(first, self.fat))[:size]

    def _small(self, entry: _Entry, small: bytes) -> bytes:
        parts = (
            small[at * self.mini_size : (at + 1) * self.mini_size] for at in self._chain(entry.first, self.mini_fat)
        )
        return b"".join(parts)[: entry.size]


def _entry(directory: bytes, at: int) -> _Entry:
    length, kind = struct.unpack_from("<HB", directory, at + 64)
    first, size = struct.unpack_from("<II", directory, at + 116)
    name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
    return _Entry(name, kind, first, size)
