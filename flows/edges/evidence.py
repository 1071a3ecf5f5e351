"""Received bytes, kept for good under the name of their SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flows.edges.files import write_whole


def sha256_of(content: bytes) -> str:
    """The name of these bytes."""
    return hashlib.sha256(content).hexdigest()


def keep(folder: Path, content: bytes) -> Path:
    """Keep these bytes; what is already there is never touched again."""
    name = sha256_of(content)
    path = folder / name[:2] / name
    if not path.exists():
        write_whole(path, content, mode=0o400)
    return path


def kept(folder: Path, sha256: str) -> bytes | None:
    """The bytes of that name; None where the evidence is not at hand."""
    path = folder / sha256[:2] / sha256
    return path.read_bytes() if path.is_file() else None
