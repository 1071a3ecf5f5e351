"""Writing so that a killed process leaves either the old file or the new one, never half of one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write beside, flush to the disk, rename over. `mode`: who may read it, from the first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.tmp")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(beside, path)
    sync_folder(path.parent)


def replace_file(beside: Path, path: Path) -> None:
    """Put a finished file in the place of another, at once."""
    with beside.open("rb") as handle:
        os.fsync(handle.fileno())
    os.replace(beside, path)
    sync_folder(path.parent)


def replace_folder(beside: Path, path: Path) -> None:
    """Put a finished folder in the place of another; a reader sees the old one, then for a moment none."""
    outgoing = path.with_name(f".{path.name}.old")
    shutil.rmtree(outgoing, ignore_errors=True)
    if path.exists():
        os.replace(path, outgoing)
    os.replace(beside, path)
    sync_folder(path.parent)
    shutil.rmtree(outgoing, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """See to it that renames in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
