"""What a file is, by its first bytes and its inside, never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

FileType = Literal["workbook", "text", "archive", "document", "refused", "locked", "empty", "broken"]

_DOCUMENTS = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")
_BITMAP = re.compile(rb"^BM.{4}\x00{4}", re.DOTALL)  # a table may begin with these two letters, too
_LEAST = 2  # bytes that say something
_REFUSED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"{\\rtf", b"\x1f\x8b")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MARKUP = re.compile(rb"^(\xef\xbb\xbf)?\s*(<(!doctype|html|\?xml|table|style|meta|!--)|mime-version:)", re.IGNORECASE)


def file_type(content: bytes) -> FileType:
    """The type of a file: what to do with it."""
    if len(content.strip(b"\x00 \r\n\t")) < _LEAST:
        return "empty"
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zip_type(content)
    if content.startswith(_OLE):
        return _ole_type(content)
    if content.startswith(_REFUSED) or _MARKUP.match(content[:256]):
        return "refused"
    if (
        content.startswith(_DOCUMENTS)
        or _BITMAP.match(content)
        or content[8:12] == b"WEBP"
        or content[4:12] in (b"ftypheic", b"ftypmif1")
    ):
        return "document"
    return "text"


def _zip_type(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            names = set(opened.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "broken"
    if any(name.startswith("xl/") for name in names):
        return "workbook"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "refused"
    if "OFD.xml" in names:
        return "document"
    return "archive"


def _ole_type(content: bytes) -> FileType:
    """The streams of an old Office file are named in its directory, in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "locked"
    if "WordDocument".encode("utf-16-le") in content:
        return "refused"
    if "Workbook".encode("utf-16-le") in content or "Book\x00".encode("utf-16-le") in content:
        return "workbook"
    return "refused"
