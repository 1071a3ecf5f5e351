"""Delimited text → one sheet: UTF-8 with or without mark, UTF-16 with mark, GB18030; comma, tab, pipe or semicolon."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import polars as pl

from transforms.parsed.cells import EMPTY, Cell, Row, Sheet

DELIMITERS = (",", "\t", "|", ";")
MOST_COLUMNS = 1_024  # as of a workbook (data/reference/reading.yaml, limits)
_SAMPLE_LINES = 40
_SAMPLE_BYTES = 2**16
_PIECE = 2**20
_PIECE_OF_LINES = 2**23
_BARE_RETURN = re.compile(rb"\r(?!\n)")  # as old Macs end lines
_PADDING = re.compile(r"\t(?=[ \t]*[,|;])")  # a bank that fills its cells with tabs before the true delimiter
_MOST_LINES = 100  # of one cell
_END = "\x1e end of text"  # a line after the last, which no quote may swallow
_LONGEST_FIELD = 2**25  # characters


class TextError(ValueError):
    """A text file that is no table; the text says what to do, in Chinese."""


def decoded(content: bytes) -> str:
    """The text of a file; raises UnicodeDecodeError when it is none."""
    return _utf8(content).decode()


def delimiter(text: str) -> str:
    """The sign that parts most lines into the same number of fields, more than one."""
    lines = [_PADDING.sub("", line) for line in text.splitlines() if line.strip()][:_SAMPLE_LINES]
    best, best_score = DELIMITERS[0], (0, 0)
    for sign in DELIMITERS:
        widths = Counter(line.count(sign) for line in lines if sign in line)
        if widths:
            width, lines_count = max(widths.items(), key=lambda item: (item[1] * item[0], item[0]))
            best, best_score = max((best, best_score), (sign, (lines_count * width, width)), key=lambda pair: pair[1])
    return best


def delimited(content: bytes, *, name: str = "") -> Sheet:
    """A text file as a sheet. `row_no` is the line on which the record begins.

    Raises UnicodeDecodeError for what is no text, TextError for what is no table.
    """
    plain = _utf8(content)
    sign = delimiter(plain[:_SAMPLE_BYTES].decode(errors="ignore"))
    return _quick(plain, sign, name) or _thorough(plain, sign, name)


def _utf8(content: bytes) -> bytes:
    """The text in UTF-8, without mark; in pieces, for a bank's year is large."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16").encode()
    if b"\x00" in content:
        raise UnicodeDecodeError("utf-8", content[:16], 0, 1, "binary")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        for _ in _pieces(content, "utf-8"):
            pass
    except UnicodeDecodeError:
        return b"".join(piece.encode() for piece in _pieces(content, "gb18030"))
    return content


def _pieces(content: bytes, encoding: str) -> Iterable[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    for start in range(0, len(content), _PIECE):
        yield decoder.decode(view[start : start + _PIECE])
    yield decoder.decode(b"", final=True)


def _quick(plain: bytes, sign: str, name: str) -> Sheet | None:
    """Read at once where a line is a record; None where quoted fields go over lines or are quoted in an own way."""
    lines = plain.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if _BARE_RETURN.search(plain) else plain
    is_quoted = b'"' in lines
    height = lines.count(b"\n") + (not lines.endswith(b"\n"))
    try:
        texts = _columns(lines, sign, lines[:_SAMPLE_BYTES], is_quoted=is_quoted)
        texts = _columns(lines, sign, lines, is_quoted=is_quoted) if texts is None else texts
    except pl.exceptions.PolarsError:
        return None
    if texts is None or texts.height != height or (is_quoted and _holds(texts, '"')):
        return None
    filled = [place for place, column in enumerate(texts, start=1) if column.null_count() < height]
    texts = texts[:, : max(filled, default=0)]
    return Sheet(name, texts, pl.int_range(1, texts.height + 1, dtype=pl.Int32, eager=True))


def _columns(lines: bytes, sign: str, sample: bytes, *, is_quoted: bool) -> pl.DataFrame | None:
    """The cells, as many to a line as the longest line of the sample has; None if a line beyond it has more."""
    width = max(line.count(sign.encode()) for line in io.BytesIO(sample or b"\n")) + 1
    if width > MOST_COLUMNS:
        raise TextError(f"一行有 {width} 栏，超过 {MOST_COLUMNS} 栏，不是表格；请检查后重新导出")
    head = sign.join(str(place) for place in range(width)).encode()
    quote = '"' if is_quoted else None
    pieces = []
    for piece in [lines] if is_quoted else _pieces_of_lines(lines):
        try:
            table = io.BytesIO(b"\n".join((head, piece)))
            read = pl.read_csv(table, separator=sign, quote_char=quote, infer_schema=False)
        except pl.exceptions.ComputeError:
            if sample is lines:
                raise
            return None
        pieces.append(_cleaned(read))
    return pl.concat(pieces)


def _pieces_of_lines(lines: bytes) -> Iterator[bytes]:
    """Whole lines, some megabytes at a time: read as one, a bank's year would be in memory twice."""
    start = 0
    while start < len(lines):
        end = lines.find(b"\n", start + _PIECE_OF_LINES) + 1 or len(lines)
        yield lines[start:end]
        start = end


def _holds(texts: pl.DataFrame, sign: str) -> bool:
    return any(column.str.contains(sign, literal=True).any() for column in texts)


def _cleaned(texts: pl.DataFrame) -> pl.DataFrame:
    """Without pads and guards; null where nothing is left. See `_cell`."""
    made = texts.with_columns(pl.all().str.strip_chars())
    guarded = [name for name in made.columns if made[name].str.starts_with('="').any()]
    quoted = [name for name in made.columns if made[name].str.starts_with("'").any()]
    made = made.with_columns(pl.col(guarded).str.replace(r'^="(.*)"$', "${1}"))
    made = made.with_columns(pl.col(sorted({*guarded, *quoted})).str.strip_prefix("'").str.strip_chars())
    return made.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _thorough(plain: bytes, sign: str, name: str) -> Sheet:
    """Record by record, as people and programs quote."""
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(chain(io.StringIO(plain.decode(), newline=""), [_END]), delimiter=sign)
    rows, begins, width, values = [], 1, 0, [""]
    try:
        for values in reader:
            if reader.line_num > begins and _swallows(values, sign, width):
                raise csv.Error
            rows.append(Row(begins, [_cell(value) for value in values]))
            begins, width = reader.line_num + 1, max(width, len(values))
    except csv.Error as error:
        raise TextError(f"第 {begins} 行起引号不成对，不能分栏；请检查后重新导出") from error
    if values != [_END]:
        raise TextError(f"第 {rows[-1].row_no} 行起引号不成对，到文件末尾也没有关上；请检查后重新导出")
    return replace(Sheet.of(name, rows[:-1]), kinds=None)


def _swallows(values: Sequence[str], sign: str, width: int) -> bool:
    """Whether a quoted cell runs over what are lines of their own: its quote was never meant to open one."""
    lines = [line for value in values if "\n" in value or "\r" in value for line in value.splitlines()]
    return len(lines) > _MOST_LINES or any(line.count(sign) >= max(3, width // 2) for line in lines)


def _cell(value: str) -> Cell:
    """Banks pad with spaces and tabs, and guard numbers as ="…" or '…."""
    text = value.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    text = text.removeprefix("'").strip()
    return Cell(text) if text else EMPTY


def unwrapped(sheet: Sheet) -> Sheet:
    """A workbook that only wraps csv lines in one column, as one bank exports it, taken apart; else as it is."""
    filled = (
        sheet.texts.select(pl.sum_horizontal(pl.all().is_not_null()).alias("n"))["n"] if sheet.texts.width else None
    )
    if filled is None or (filled.max() or 0) != 1:
        return sheet
    lines = sheet.texts.select(pl.coalesce(pl.all()).alias("line"))["line"].to_list()
    said = [line for line in lines if line]
    sign = delimiter("\n".join(said))
    if sum(line.count(sign) >= 3 for line in said) < max(2, len(said) // 2):
        return sheet
    rows = [
        Row(row_no, [_cell(part) for part in next(csv.reader([line or ""], delimiter=sign), [])])
        for row_no, line in zip(sheet.row_nos, lines, strict=True)
    ]
    taken_apart = Sheet.of(sheet.name, rows)
    return replace(sheet, texts=taken_apart.texts, kinds=None, merges=())
