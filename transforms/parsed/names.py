"""Names of files as people may read them, whatever a sender, a share or an archive made of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from fnmatch import fnmatchcase

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, marks that turn the writing round, halves of signs


def is_junk(name: str, patterns: Iterable[str]) -> bool:
    """Whether a part of this path is what systems leave behind, or a copy still on its way: nobody sent it."""
    return any(fnmatchcase(part.lower(), pattern) for part in name.split("/") for pattern in patterns)


def inner_name(name: str | bytes) -> str:
    """A path in an archive: readable, with slashes, and no way out of the archive."""
    parts = readable(name).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def readable(name: str | bytes) -> str:
    """A name on one line, in the direction in which it is written; bytes are UTF-8, else GBK."""
    text = name if isinstance(name, str) else _decoded(name)
    return "".join("_" if unicodedata.category(sign) in _UNSEEN else sign for sign in text)


def _decoded(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", errors="replace")
