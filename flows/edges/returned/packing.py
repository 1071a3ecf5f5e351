"""A workbook as bytes that depend on its content alone: no clock, neither in the file nor in its wrapping."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

_NO_TIME = (2000, 1, 1, 0, 0, 0)
_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_CORE = "docProps/core.xml"


def packed(book: Workbook, properties: dict[str, str]) -> bytes:
    """The bytes of a workbook, with these properties of its own."""
    kept: Any = book.custom_doc_props  # type: ignore[attr-defined]  # the stubs do not know it
    for name in [each.name for each in kept.props if each.name in properties]:
        del kept[name]
    for name, text in properties.items():
        kept.append(StringProperty(name=name, value=text))
    saved = io.BytesIO()
    book.save(saved)
    return _without_time(saved.getvalue())


def _without_time(content: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == _CORE:
                data = _MOMENTS.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", data)
            info = zipfile.ZipInfo(entry.filename, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return target.getvalue()
