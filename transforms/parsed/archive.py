"""A .zip → its files, with the names as they were meant."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.IGNORECASE)


class ArchiveError(ValueError):
    """An archive that cannot or must not be unpacked; the text says why, in Chinese."""


def is_junk(name: str) -> bool:
    """Files that systems leave behind and nobody sent."""
    return bool(_JUNK.search(name))


def archive(content: bytes, *, members: int, size: int) -> list[tuple[str, bytes]]:
    """The files of a zip in the order of their names; at most `members` files, `size` bytes unpacked in all.

    Raises ArchiveError for what cannot or must not be unpacked.
    """
    try:
        return _unpacked(content, members=members, size=size)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ArchiveError("压缩包不完整或已损坏") from error


def _unpacked(content: bytes, *, members: int, size: int) -> list[tuple[str, bytes]]:
    files: list[tuple[str, bytes]] = []
    left = size
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        entries = [(_name(info), info) for info in opened.infolist() if not info.is_dir()]
        wanted = [(name, info) for name, info in entries if not is_junk(name)]
        if len(wanted) > members:
            raise ArchiveError(f"压缩包内有 {len(wanted)} 个文件，超过 {members} 个")
        for name, info in sorted(wanted, key=lambda pair: pair[0]):
            if info.flag_bits & _ENCRYPTED:
                raise ArchiveError("压缩包设有密码")
            with opened.open(info) as member:
                data = member.read(left + 1)
            left -= len(data)
            if left < 0:
                raise ArchiveError(f"压缩包展开后超过 {size // 2**20} MB")
            files.append((name, data))
    return files


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: Chinese Windows writes GBK and says nothing; no way out of the archive."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", errors="replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", errors="replace")
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts)
