"""The seam between received bytes and the pure functions: one file in, everything that intake inserts out.

Never raises for what is in a file: a garbled one is `unreadable`, with a problem that says so.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import polars as pl

from expectations.contracts import Contract
from flows.edges.lexicon import kind_of, load_enums, load_layouts
from transforms.columns import Layout, Vocabulary
from transforms.parsed.archive import ArchiveError, archive
from transforms.parsed.cells import Sheet
from transforms.parsed.context import Place
from transforms.parsed.delimited import TextError, delimited, unwrapped
from transforms.parsed.filed import filed
from transforms.parsed.guard import GuardError, check
from transforms.parsed.headers import Shape, shapes
from transforms.parsed.magic import file_type
from transforms.parsed.marks import FileMark, file_mark
from transforms.parsed.recognised import SheetProblem
from transforms.parsed.workbook import WorkbookError, workbook
from transforms.validated.draft import Reading
from transforms.validated.file import Contents, contents, nothing
from transforms.validated.keys import Keys
from transforms.validated.versions import VERSIONS

__all__ = ["ReadFile", "load_enums", "load_layouts", "read_file"]

_UNREADABLE = {
    "locked": "文件设有打开密码，请去掉密码后再报",
    "broken": "文件不完整或已损坏，请重新导出或重新发送",
    "empty": "文件是空的，请检查后重新发送",
    "archive": "压缩包不能打开，请重新打包，或直接发送其中的文件",
    "text": "文件不是文本，也不是电子表格",
    "disguised": "名称是表格，内容却是图片或 PDF；请发送表格本身，扫描件请用 .pdf 或 .jpg 的名称报送",
}
_WAY_OUT = {
    ".rar": "请解压后直接报送其中的文件，或改用 .zip 打包",
    ".7z": "请解压后直接报送其中的文件，或改用 .zip 打包",
    ".gz": "请解压后直接报送其中的文件，或改用 .zip 打包",
    ".doc": "请把表格另存为 .xlsx 后报送；纸质材料请扫描为 PDF",
    ".docx": "请把表格另存为 .xlsx 后报送；纸质材料请扫描为 PDF",
}
_TABLES = (".xlsx", ".xls", ".et", ".wps", ".csv")
_OTHER_WAY_OUT = "请用 Excel 或 WPS 打开后另存为 .xlsx 再报送"


@dataclass(frozen=True)
class ReadFile:
    """One received file, read: its receipt's fields, the frames of what is in it. `inner`: files of an archive."""

    receipt_id: str
    sha256: str
    source_file: str
    sender: str
    byte_count: int
    state: str  # accepted, unreadable, refused, document
    city_code: str
    contents: Contents
    inner: tuple[ReadFile, ...] = field(default=())

    @property
    def sheets(self) -> pl.DataFrame:
        """Rows of received.sheets."""
        return self.contents.sheets

    @property
    def validated(self) -> Mapping[str, pl.DataFrame]:
        """All rows of validated.<kind> by kind; amounts as text with two places."""
        return {kind: pl.concat([frame for frame, _ in facts]) for kind, facts in self.contents.facts.items()}

    @property
    def versions(self) -> pl.DataFrame:
        """All rows of validated.versions."""
        made = [versions for facts in self.contents.facts.values() for _, versions in facts]
        return pl.concat([pl.DataFrame(schema=VERSIONS), *made])

    @property
    def problems(self) -> pl.DataFrame:
        """Rows of validated.problems."""
        return self.contents.problems

    @property
    def statement_periods(self) -> pl.DataFrame:
        """Rows of received.statement_periods."""
        return self.contents.statement_periods

    @property
    def control_totals(self) -> pl.DataFrame:
        """Rows of received.control_totals; amounts as text with two places."""
        return self.contents.control_totals


@dataclass(frozen=True)
class _Reader:
    """What every file of a run is read with."""

    shapes: Sequence[Shape]
    words: Vocabulary
    keys: Keys
    city_code: str


def read_file(
    *,
    content: bytes,
    source_file: str,
    sender: str,
    layouts: Sequence[Layout],
    contracts: Mapping[str, Contract],
    enums: Vocabulary,
    household_key: bytes,
    city_code: str,
) -> ReadFile:
    """Read one file. `source_file`: relative to the inbox, `a.zip!inner` in an archive; `sender`: first folder or ''.

    Rows depend on the file's bytes, name and folder alone.
    """
    every = shapes([kind_of(contract) for contract in contracts.values()], layouts)
    reader = _Reader(every, enums, Keys(household_key), city_code)
    with _uncollected():
        return _read(reader, content, source_file, sender, depth=0)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Cells by the million and no cycle among them: looking for one takes a tenth of the reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(reader: _Reader, content: bytes, source_file: str, sender: str, *, depth: int) -> ReadFile:
    sha256 = hashlib.sha256(content).hexdigest()
    place = Place.of(source_file, sender)
    reading = Reading(
        receipt_id=sha256[:16],
        source_file=source_file,
        city_code=reader.city_code,
        stem=place.stem,
        folder_unit=sender or _inner_folder(source_file),
        keys=reader.keys,
        words=reader.words,
    )
    inner: tuple[ReadFile, ...] = ()
    kind: str = file_type(content)
    if kind == "document" and PurePosixPath(source_file).suffix.lower() in _TABLES:
        kind = "disguised"
    if kind == "archive":
        state, made, inner = _unpacked(reader, content, reading, sender, depth)
    elif kind in ("workbook", "text"):
        state, made, sender = _tables(reader, content, kind, sender, reading)
    else:
        state, made = _untouched(kind, reading)
    return ReadFile(sha256[:16], sha256, source_file, sender, len(content), state, reader.city_code, made, inner)


def _inner_folder(source_file: str) -> str | None:
    """In an archive that lies straight in the inbox, its own first folder names the unit."""
    inside = source_file.partition("!")[2]
    return inside.split("/")[0] if "/" in inside else None


def _tables(reader: _Reader, content: bytes, kind: str, sender: str, reading: Reading) -> tuple[str, Contents, str]:
    """State, contents and sender. A workbook that came back is its first sender's, read as what it was made from."""
    try:
        computed = check(content, reader.words.rules.limits)
        sheets: list[Sheet] = workbook(content, computed) if kind == "workbook" else [delimited(content)]
    except (GuardError, WorkbookError, TextError, UnicodeDecodeError) as error:
        reason = _UNREADABLE["text"] if isinstance(error, UnicodeDecodeError) else str(error)
        return "unreadable", _unreadable(reason, reading), sender
    mark = file_mark(content, sheets, reader.words.rules) if kind == "workbook" else None
    if mark:
        sender = mark.sender
        reading = _as_first_sent(mark, reading)
    place = Place.of(mark.context_file if mark else reading.source_file, sender)
    made = contents([unwrapped(sheet) for sheet in sheets], reader.shapes, place, reading, mark)
    return "accepted", made, sender


def _as_first_sent(mark: FileMark, reading: Reading) -> Reading:
    """Rows keep what the names of file and folder said of them, wherever the workbook lies now."""
    stem = Place.of(mark.context_file, mark.sender).stem
    return replace(reading, stem=stem, folder_unit=mark.sender or _inner_folder(mark.context_file))


def _unpacked(
    reader: _Reader, content: bytes, reading: Reading, sender: str, depth: int
) -> tuple[str, Contents, tuple[ReadFile, ...]]:
    """The files of an archive, each read on its own; the archive itself holds no rows."""
    rules = reader.words.rules
    try:
        files = archive(content, rules, depth=depth)
    except ArchiveError as error:
        return "unreadable", _unreadable(f"{error}。{_UNREADABLE['archive']}", reading), ()
    inner = tuple(_read(reader, data, f"{reading.source_file}!{name}", sender, depth=depth + 1) for name, data in files)
    return "accepted", nothing(None, reading), inner


def _untouched(kind: str, reading: Reading) -> tuple[str, Contents]:
    """Documents are filed by name; refused formats get the sentence what to do."""
    if kind == "document":
        names = filed(reading.source_file, reading.folder_unit or "", reading.words)
        row = names.frame(reading.receipt_id, reading.city_code)
        return "document", replace(nothing(None, reading), further={"received.documents": row})
    if kind == "refused":
        ending = PurePosixPath(reading.source_file).suffix.lower()
        args = (reading.source_file, _WAY_OUT.get(ending, _OTHER_WAY_OUT))
        return "refused", nothing(SheetProblem("S.refused_format", "reject", "", "", args), reading)
    return "unreadable", _unreadable(_UNREADABLE[kind], reading)


def _unreadable(reason: str, reading: Reading) -> Contents:
    return nothing(SheetProblem("S.unreadable", "reject", "", "", (reading.source_file, reason)), reading)
