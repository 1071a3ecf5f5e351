"""待发: what is new for a unit on one day, as one file to forward."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

_NO_TIME = (2000, 1, 1, 0, 0, 0)


def parcel(path: Path, new: Sequence[Path], *, gone_from: Path) -> bytes:
    """These files, and those of an earlier parcel of the same day that still lie in the folder `gone_from`."""
    held = {each.name: each.read_bytes() for each in new}
    if path.is_file():
        with zipfile.ZipFile(path) as earlier:
            for name in earlier.namelist():
                if name not in held and (gone_from / name).is_file():
                    held[name] = (gone_from / name).read_bytes()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(held):
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, held[name])
    return target.getvalue()
