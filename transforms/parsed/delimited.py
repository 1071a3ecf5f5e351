"""Delimited text → one sheet: UTF-8 with or without mark, UTF-16 with mark, GB18030; comma, tab, pipe or semicolon."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from transforms.parsed.cells import EMPTY, Cell, Row, Sheet

DELIMITERS = (",", "\t", "|", ";")
_SAMPLE_LINES = 40
_PADDING = re.compile(r"\t(?=[ \t]*[,|;])")  # a bank that fills its cells with tabs before the true delimiter


def decoded(content: bytes) -> str:
    """The text of a file; raises UnicodeDecodeError when it is none."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    if b"\x00" in content:
        raise UnicodeDecodeError("utf-8", content[:16], 0, 1, "binary")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


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
    """A text file as a sheet. `row_no` is the line on which the record begins."""
    return from_text(decoded(content), name=name)


def from_text(text: str, *, name: str = "") -> Sheet:
    """Delimited lines as a sheet."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
    rows, begins = [], 1
    for values in reader:
        rows.append(Row(begins, [_cell(value) for value in values]))
        begins = reader.line_num + 1
    return Sheet(name, rows)


def _cell(value: str) -> Cell:
    """Banks pad with spaces and tabs, and guard numbers as ="…" or '…."""
    text = value.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    text = text.removeprefix("'").strip()
    return Cell(text, "text") if text else EMPTY


def unwrapped(sheet: Sheet) -> Sheet:
    """A workbook that only wraps csv lines in one column, as one bank exports it, taken apart; else as it is."""
    filled = [[cell.text for cell in row.cells if cell.text] for row in sheet.rows]
    lines = [values for values in filled if values]
    if not lines or any(len(values) > 1 for values in lines):
        return sheet
    sign = delimiter("\n".join(values[0] for values in lines))
    if sum(values[0].count(sign) >= 3 for values in lines) < max(2, len(lines) // 2):
        return sheet
    rows = []
    for row, values in zip(sheet.rows, filled, strict=True):
        parts = next(csv.reader([values[0]], delimiter=sign)) if values else []
        rows.append(Row(row.row_no, [_cell(part) for part in parts]))
    return Sheet(sheet.name, rows, (), sheet.epoch, sheet.is_hidden)
