"""A .zip → its files, with the names as they were meant."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from transforms.columns import Rules
from transforms.parsed.magic import file_type
from transforms.parsed.names import inner_name, is_junk

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_CHUNK = 1 << 20


class ArchiveError(ValueError):
    """An archive that cannot or must not be unpacked; the text says why, in Chinese."""


def archive(content: bytes, rules: Rules, *, depth: int = 0) -> list[tuple[str, bytes]]:
    """The files of a zip in the order of their names, no more and no larger than `rules` allow.

    Archives in it count with what is in them, so that a small one cannot grow behind another. `depth`: in how many
    archives this one lies. Raises ArchiveError for what cannot or must not be unpacked.
    """
    try:
        if depth >= rules.archive_depth:
            raise ArchiveError(f"压缩包套压缩包超过 {rules.archive_depth} 层")
        _Scale(rules).weigh(content, rules.archive_depth - depth)
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            files = [(name, opened.read(info)) for name, info in _wanted(opened, rules)]
        return sorted(files, key=lambda pair: pair[0])
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ArchiveError("压缩包不完整或已损坏") from error


class _Scale:
    """Weighs an archive by unpacking it piece by piece; what an entry says of its size is not believed."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.members_left, self.bytes_left = rules.archive_members, rules.archive_bytes

    def weigh(self, content: bytes, depth: int) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            wanted = _wanted(opened, self.rules)
            self.members_left -= len(wanted)
            if self.members_left < 0:
                raise ArchiveError(f"压缩包内的文件超过 {self.rules.archive_members} 个")
            for name, info in wanted:
                _require_plain(name, info)
                data = self._unpacked(opened, info)
                if depth > 1 and file_type(data) == "archive":
                    self.weigh(data, depth - 1)

    def _unpacked(self, opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        parts = []
        with opened.open(info) as member:
            while part := member.read(_CHUNK):
                self.bytes_left -= len(part)
                if self.bytes_left < 0:
                    raise ArchiveError(f"压缩包展开后超过 {self.rules.archive_bytes // 2**20} MB")
                parts.append(part)
        return b"".join(parts)


def _wanted(opened: zipfile.ZipFile, rules: Rules) -> list[tuple[str, zipfile.ZipInfo]]:
    """Name as it was meant → entry; neither folders nor what systems leave behind."""
    entries = [(_name(info), info) for info in opened.infolist() if not info.is_dir()]
    return [(name, info) for name, info in entries if not is_junk(name, rules.junk)]


def _require_plain(name: str, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise ArchiveError("压缩包设有密码")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ArchiveError(f"压缩包内的「{name}」只是一个链接，不是文件")


def _name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK and says nothing of it."""
    if info.flag_bits & _UTF8_NAME:
        return inner_name(info.filename)
    return inner_name(info.filename.encode("cp437", errors="replace"))
