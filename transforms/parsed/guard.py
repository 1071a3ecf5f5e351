"""What a table would cost, measured before any library opens it: bytes, cells, how far they reach.

A few kilobytes can ask for gigabytes: by packing, by one cell in the last corner of a sheet, by a chain that goes in a
circle. Libraries believe a file; this looks at its bytes. The limits are data (`data/reference/reading.yaml`, limits).
"""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import polars as pl

from transforms.ahead import ahead
from transforms.columns import Limits
from transforms.parsed.compound import MAGIC, CompoundError, streams
from transforms.parsed.reach import Reach, column_number, exact_reach

_CHUNK, _FIRST = 1 << 22, 1 << 18  # of what is in the first piece of a part a list is made
_TOGETHER, _TAGS = 2, 4  # parts at a time; tags that one element takes at least
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two that OOXML allows
_MERGED = re.compile(rb"""mergeCell\s[^>]*?\bref\s*=\s*["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)""")
_RATIO = 50  # no honest part packs so well
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<[A-Za-z_]", re.DOTALL)
_PROLOG = 1 << 16
_SHEET = re.compile(rb"[<:]sheet[\s/>]")
_DTD = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y|E\x00?N\x00?T\x00?I)")
_MIXED = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){6}")  # Chinese in UTF-8; by chance never in GB18030
_SAMPLE = 1 << 20
_FILLED = re.compile(rb"[^\x00]")
_BROKEN = "文件不完整或已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再报送"
_LOCKED = "文件设有打开密码，请去掉密码后再报"
_TOO_MUCH = "表格大得不合常理，请删去多余的空行、空列和工作表后另存，或导出为 .csv 再报送"

# BIFF records with a cell of a value: their number → whether one record holds several cells of its row
_VALUES = {0x06: False, 0xFD: False, 0x203: False, 0x204: False, 0x205: False, 0x27E: False, 0xD6: False, 0xBD: True}
_BIFF_BEGIN, _BIFF_LOCK, _BIFF_SIZE = 0x809, 0x2F, 0x200
_BIFF_SIZES = {14: "<IIHH", 10: "<HHHH"}  # by the length of the record: first row, last + 1, first column, last + 1
_BIFF_LARGEST = 65_536 * 256  # an old sheet has no more


class GuardError(ValueError):
    """A workbook or text that must not be opened; the text says why and what to do, in Chinese."""


def check(content: bytes, limits: Limits) -> frozenset[str]:
    """Raises GuardError for a workbook or text that costs more than any office's table, or lies about itself.

    Gives the parts of a package in which there are errors or formulas, for those that read it (`unseen.py`).
    """
    try:
        if content.startswith(b"PK"):
            return _check_package(content, limits)
        if content.startswith(MAGIC):
            _check_records(content, limits)
        else:
            _check_text(content, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, CompoundError) as error:
        raise GuardError(_BROKEN) from error
    return frozenset()


def _check_package(content: bytes, limits: Limits) -> frozenset[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > limits.parts:
            raise GuardError(f"文件由 {len(parts)} 个部分组成，超过 {limits.parts} 个。{_TOO_MUCH}")
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise GuardError(_LOCKED)
        if any(part.compress_type not in _METHODS for part in parts):
            raise GuardError(_BROKEN)
        budget = _Budget(limits)
        with ThreadPoolExecutor(_TOGETHER) as threads:  # unpacking holds no lock of Python's
            found = threads.map(lambda part: _reach(part, _chunks(budget, package, part), budget), parts)
            reaches = dict(zip(parts, found, strict=True))
        is_far = _are_far(reaches.values(), limits)
        for part, reach in reaches.items():
            if not reach.is_sure or (is_far and reach.cells):
                content = package.read(part)
                budget.keep(content.count(b"<c"))
                reaches[part] = exact_reach(content)
        _require_near(reaches.values(), limits)
        return frozenset(budget.computed)


def _chunks(budget: _Budget, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterable[bytes]:
    """The pieces of a part; of a long one the next is unpacked while the last is looked at."""
    chunks = budget.chunks(package, part)
    return ahead(chunks) if part.file_size > _CHUNK else chunks


class _Budget:
    """What the parts of one file may take in all: unpacked bytes, elements that a reader keeps in memory."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.bytes, self.elements = limits, limits.workbook_bytes, limits.elements
        self.merged = limits.cells
        self.lock = Lock()  # parts are looked at side by side
        self.computed: set[str] = set()  # parts with errors or formulas

    def chunks(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """A part as it truly unpacks, whatever it says of its size, cut before a tag."""
        with package.open(part) as opened:
            rest, size = b"", _FIRST
            while chunk := opened.read(size):
                with self.lock:
                    self.bytes -= len(chunk)
                if self.bytes < 0:
                    raise GuardError(f"文件展开后超过 {self.limits.workbook_bytes // 2**20} MB。{_TOO_MUCH}")
                begin, cut = rest + chunk, chunk.rfind(b"<") if len(chunk) == size else len(chunk)
                if cut < 0 and size == _CHUNK and part.filename.endswith((".xml", ".rels")):
                    raise GuardError(f"有一格的内容超过 {_CHUNK // 2**20} MB，请删去后再报送")
                at = len(rest) + cut if cut >= 0 else len(begin)
                if at > _PROLOG:  # else what stands before all else could be cut in two
                    yield begin[:at]
                    begin = begin[at:]
                rest, size = begin, _CHUNK
            if rest:
                yield rest

    def merge(self, chunk: bytes) -> None:
        """Merged cells are made one by one by whoever writes the sheet again."""
        for left, top, right, bottom in _MERGED.findall(chunk):
            with self.lock:
                self.merged -= (abs(int(bottom) - int(top)) + 1) * (abs(column_number(right) - column_number(left)) + 1)
        self.keep(chunk.count(b"mergeCell"))
        if self.merged < 0:
            raise GuardError(f"合并的格子超过 {self.limits.cells // 10_000} 万个。{_TOO_MUCH}")

    def keep(self, elements: int) -> None:
        with self.lock:
            self.elements -= elements
        if self.elements < 0:
            raise GuardError(f"文件的格子和文字超过 {self.limits.elements // 10_000} 万个。{_TOO_MUCH}")


def _reach(part: zipfile.ZipInfo, chunks: Iterable[bytes], budget: _Budget) -> Reach:
    """How far a part may reach at most: by every reference in it, of empty cells, too.

    Of a large part most pieces are only searched for a cell outside what is known: no list is made of what is in them.
    """
    reach, sheets = Reach(), 0
    for number, chunk in enumerate(chunks):
        if number and _is_quiet(part, chunk, reach, budget.limits):
            continue
        if part.filename.lower().endswith("workbook.xml"):
            sheets += len(_SHEET.findall(chunk))
        if b"<c" not in chunk or part.file_size > _RATIO * part.compress_size:
            budget.keep(max(chunk.count(b"<c"), chunk.count(b"<") // _TAGS))
        if b"mergeCell" in chunk:
            budget.merge(chunk)
        if b't="e"' in chunk or b"<f" in chunk or (b":" in chunk and b":f" in chunk):
            budget.computed.add(part.filename)
        if number == 0:
            _require_no_dtd(part, chunk)
            reach.take_all(chunk)
        elif b":" in chunk and b":c" in chunk:
            reach.is_sure = False  # elements with a prefix
        elif reach.is_sure and reach.cells <= budget.limits.cells:
            reach.widen()
            if b"<c" in chunk and reach.outside().search(chunk):
                reach.take_all(chunk)
    if sheets > budget.limits.sheets:
        raise GuardError(_many_sheets(sheets, budget.limits))
    return reach


def _is_quiet(part: zipfile.ZipInfo, chunk: bytes, reach: Reach, limits: Limits) -> bool:
    """Nothing but cells within reach: Polars sees it without any lock of Python's, so that both cores are at work."""
    is_packed = part.file_size > _RATIO * part.compress_size
    if is_packed or part.filename.lower().endswith("workbook.xml") or b"<c" not in chunk:
        return False
    if not reach.is_sure or reach.cells > limits.cells:
        return False
    reach.widen()
    pattern = reach.anything_else()
    try:
        return bool(pattern) and not pl.Series([chunk], dtype=pl.Binary).cast(pl.String).str.contains(pattern).item()
    except pl.exceptions.PolarsError:
        return False  # no UTF-8


def _require_no_dtd(part: zipfile.ZipInfo, begin: bytes) -> None:
    """No office program writes a DTD; what it defines would be expanded or fetched. It stands before all else."""
    is_markup = part.filename.lower().endswith((".xml", ".rels")) or begin.lstrip().startswith(b"<")
    if is_markup and not _ROOT.match(begin) and (_DTD.search(begin) or len(begin) > _PROLOG):
        raise GuardError(f"文件里有表格不该有的定义（DTD）。{_BROKEN}")


def _many_sheets(count: int, limits: Limits) -> str:
    return f"工作表有 {count} 张，超过 {limits.sheets} 张，请分成几个文件报送"


def _are_far(reaches: Iterable[Reach], limits: Limits) -> bool:
    listed = list(reaches)
    return sum(each.cells for each in listed) > limits.cells or any(each.columns > limits.columns for each in listed)


def _require_near(reaches: Collection[Reach], limits: Limits) -> None:
    if _are_far(reaches, limits):
        furthest = max(reaches, key=lambda reach: reach.cells)
        raise GuardError(f"有内容的格子到了第 {furthest.rows} 行、第 {furthest.columns} 栏，离表太远。{_TOO_MUCH}")


def _check_records(content: bytes, limits: Limits) -> None:
    found = streams(content)
    book = found.get("Workbook", found.get("Book"))
    if book is None:
        raise GuardError(_BROKEN)
    reaches, reach, budget = [], Reach(), _Budget(limits)
    for record, body in _records(book):
        budget.keep(1)
        if record == _BIFF_LOCK:
            raise GuardError(_LOCKED)
        if record == _BIFF_BEGIN:
            reach = Reach()
            reaches.append(reach)
        elif record == _BIFF_SIZE:
            _require_true_size(body)
        elif record in _VALUES and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if _VALUES[record] else column
            reach.take(row + 1, max(column, last) + 1)
    _require_near(reaches, limits)
    if len(reaches) > limits.sheets + 1:  # the first is the workbook itself
        raise GuardError(_many_sheets(len(reaches) - 1, limits))


def _require_true_size(body: bytes) -> None:
    """How far a sheet says that it reaches: memory is asked for by that, and the process ends where there is none."""
    if len(body) in _BIFF_SIZES:
        first, last, left, right = struct.unpack_from(_BIFF_SIZES[len(body)], body)
        if first > last or left > right or (last - first) * (right - left) > _BIFF_LARGEST:
            raise CompoundError("a sheet says of itself what cannot be")


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, bytes) of each record; the zeros that fill a stream up are none."""
    at = 0
    while at <= len(book) - 4:
        record, length = struct.unpack_from("<HH", book, at)
        if record == length == 0:
            filled = _FILLED.search(book, at)
            at = at + (filled.start() - at) // 4 * 4 if filled else len(book)
            continue
        yield record, book[at + 4 : at + 4 + length]
        at += 4 + length


def _check_text(content: bytes, limits: Limits) -> None:
    if len(content) > limits.text_bytes:
        raise GuardError(f"文件超过 {limits.text_bytes // 2**20} MB，请分成几个文件报送")
    if len(content) > limits.text_cells:
        cells = max(content.count(sign) for sign in (b",", b"\t", b"|", b";")) + content.count(b"\n")
        if cells > limits.text_cells:
            raise GuardError(f"文件的格子超过 {limits.text_cells // 10_000} 万个，请删去空行、空栏或分成几个文件报送")
    _require_lines(content, limits)
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not _is_utf8(content):
        _require_one_encoding(content)


def _require_lines(content: bytes, limits: Limits) -> None:
    """No line is longer than the limit: looked for by its last end within reach, not line by line."""
    begin = 0
    while len(content) - begin > limits.line_bytes:
        window = begin, begin + limits.line_bytes
        end = max(content.rfind(b"\n", *window), content.rfind(b"\r", *window))
        if end < 0:
            line = content.count(b"\n", 0, begin) + 1
            raise GuardError(f"第 {line} 行超过 {limits.line_bytes // 2**20} MB，不是表格的一行；请检查后重新导出")
        begin = end + 1


def _require_one_encoding(content: bytes) -> None:
    """Two files put into one differ at the top and at the end; what is between costs more than it tells."""
    for begin in {0, max(0, len(content) - _SAMPLE)}:
        if found := _MIXED.search(content, begin, begin + _SAMPLE):
            line = content.count(b"\n", 0, found.start()) + 1
            raise GuardError(
                f"同一文件里有两种编码（第 {line} 行为 UTF-8，别处不是），会读错字；请另存为一种编码后再报送"
            )


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for begin in range(0, len(content), _CHUNK):
            decoder.decode(content[begin : begin + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
