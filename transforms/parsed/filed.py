"""The names of a document's file and folders → what they say of it: kind, source, year, date, and by which words.

The file's own name speaks first, then the folders from the inside out. A level that says one thing is believed; one
that says several says nothing, and no level outside it is asked. Numbers of batches, notices and case files are looked
for when the books are settled, among those that the books know.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from transforms.columns import Vocabulary
from transforms.parsed.context import years_in
from transforms.words import Enumeration, half_width, joined

DOCUMENTS: Mapping[str, Any] = {
    "receipt_id": pl.String, "path_text": pl.String, "number_text": pl.String, "document_kind": pl.String,
    "fund_source": pl.String, "budget_year": pl.Int32, "formed_on": pl.Date, "said_by": pl.String,
    "doubts": pl.String, "city_code": pl.String,
}  # fmt: skip
FILE, FOLDER = "file", "folder"
_SPACE = re.compile(r"\s+")
_BRACKETS = re.compile(r"[〔〕\[\]【】()《》]")
_DAY = re.compile(r"(?<!\d)(20\d\d)(?:(\d\d)(\d\d)(?!\d)|[-._年](\d{1,2})[-._月](\d{1,2})(?!\d)日?)")

Said = Mapping[str, str]  # what a text says → the word that says it


@dataclass(frozen=True)
class Filed:
    """What the names say. `said_by`: field → `file:word` or `folder:word`; `doubts`: field → the words in doubt."""

    path_text: str
    number_text: str
    document_kind: str | None
    fund_source: str | None
    budget_year: int | None
    formed_on: dt.date | None
    said_by: Mapping[str, str]
    doubts: Mapping[str, str]

    def frame(self, receipt_id: str, city_code: str) -> pl.DataFrame:
        """The row of received.documents."""
        told = {name: json.dumps(getattr(self, name), ensure_ascii=False) for name in ("said_by", "doubts")}
        return pl.DataFrame([vars(self) | told | {"receipt_id": receipt_id, "city_code": city_code}], schema=DOCUMENTS)


def own_path(source_file: str, sender: str) -> tuple[str, ...]:
    """The parts of a path below the sender's folder; an archive is a folder."""
    parts = tuple(part for part in source_file.replace("!", "/").replace("\\", "/").split("/") if part)
    return parts[1:] if sender and len(parts) > 1 and parts[0] == sender else parts


def path_text(parts: Sequence[str]) -> str:
    """A path as it is compared: half width, small letters, no spaces."""
    return "/".join(_SPACE.sub("", half_width(part)).lower() for part in parts)


def number_text(text: str) -> str:
    """A text in which printed numbers are looked for: 〔2021〕第5号 and [2021]5号 are the same."""
    return _BRACKETS.sub("|", text).replace("|第", "|")


def filed(source_file: str, sender: str, words: Vocabulary) -> Filed:
    """Read the names of one document. Nothing is guessed from its bytes."""
    parts = own_path(source_file, sender)
    levels = [(FILE, parts[-1].rpartition(".")[0] or parts[-1]), *((FOLDER, part) for part in reversed(parts[:-1]))]
    asked: dict[str, Callable[[str], Said]] = {
        "document_kind": lambda text: _codes(text, words.domains["document_kind"]),
        "fund_source": lambda text: _codes(text, words.domains["fund_source"]),
        "budget_year": lambda text: _years(text, words.rules.year_stop_words),
        "formed_on": _days,
    }
    values: dict[str, str] = {}
    said_by: dict[str, str] = {}
    doubts: dict[str, str] = {}
    for field, ask in asked.items():
        level, said = next(((level, said) for level, text in levels if (said := ask(text))), (FILE, {}))
        if len(said) == 1:
            [(values[field], word)] = said.items()
            said_by[field] = f"{level}:{word}"
        elif said:
            doubts[field] = "、".join(said.values())
    path = path_text(parts)
    year, day = values.get("budget_year"), values.get("formed_on")
    return Filed(
        path, number_text(path), values.get("document_kind"), values.get("fund_source"),
        int(year) if year else None, dt.date.fromisoformat(day) if day else None, said_by, doubts,
    )  # fmt: skip


def _codes(text: str, domain: Enumeration) -> Said:
    """The codes whose words stand in a name, each with its longest; a longer word hides the shorter ones inside it."""
    rest = joined(text)
    found: dict[str, str] = {}
    for word, code in domain.in_text:
        if word in rest:
            found.setdefault(code, word)
            rest = rest.replace(word, "\n")
    return found


def _years(text: str, stop_words: tuple[str, ...]) -> Said:
    return {str(year): f"{year}年度" for year in sorted(years_in(text, stop_words, is_title=False))}


def _days(text: str) -> Said:
    """Days written in full: 20211203, 2021-12-03, 2021年12月3日."""
    found = {}
    for match in _DAY.finditer(half_width(text)):
        year, month, day = match[1], match[2] or match[4], match[3] or match[5]
        try:
            found[dt.date(int(year), int(month), int(day)).isoformat()] = match[0]
        except ValueError:
            continue
    return found
