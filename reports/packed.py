"""Office files as bytes that depend on their content only: the same parts, zipped with one fixed time."""

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold


def packed(office_file: bytes) -> bytes:
    """The same file with fixed times, order and attributes of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office_file)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        # [Content_Types].xml sorts first, where readers expect it.
        for name in sorted(given.namelist()):
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            made.writestr(part, given.read(name))
    return out.getvalue()
