"""Zip and OOXML by hand: packages that no office program would write."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from tests.unit.parsed.making import Grid

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
Part = str | bytes | Iterable[bytes]


def sheet_xml(rows: str, *, before: str = "", after: str = "", doctype: str = "") -> str:
    return f'{HEAD}{doctype}<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def rows_xml(grid: Grid, *, first: int = 1) -> str:
    return "".join(
        f'<row r="{number}">{"".join(cell_xml(place, number, value) for place, value in enumerate(values, 1))}</row>'
        for number, values in enumerate(grid, first)
    )


def cell_xml(place: int, number: int, value: object) -> str:
    at = f"{get_column_letter(place)}{number}"
    if isinstance(value, int):
        return f'<c r="{at}"><v>{value}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def book(*sheets: Part, workbook: str = "", more: Mapping[str, Part] | None = None) -> bytes:
    """A workbook of these sheets, each as its XML; `more`: further parts, or others in the place of the usual ones."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="表{number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers)
    related = (
        "".join(
            f'<Relationship Id="rId{number}" Type="{_REL}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in numbers
        )
        + f'<Relationship Id="rId0" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    parts: dict[str, Part] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}{workbook}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        "</Relationships>",
        **{f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in zip(numbers, sheets, strict=True)},
        **(more or {}),
    }
    return package(parts)


def package(parts: Mapping[str, Part]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as opened:
                for piece in [part.encode()] if isinstance(part, str) else [part] if isinstance(part, bytes) else part:
                    opened.write(piece)
    return target.getvalue()


def many(piece: bytes, times: int, *, before: str = "", after: str = "") -> Iterable[bytes]:
    """A part that is large and packs to nothing, made piece by piece."""
    yield before.encode()
    for _ in range(times):
        yield piece
    yield after.encode()


def lying(content: bytes, size: int) -> bytes:
    """The same archive, whose lists say that every file in it is only so large."""
    made = bytearray(content)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = made.find(mark)
        while place >= 0:
            struct.pack_into("<I", made, place + at, size)
            place = made.find(mark, place + 4)
    return bytes(made)
