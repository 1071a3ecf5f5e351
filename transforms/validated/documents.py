"""documents: contract `expectations/contracts/documents.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from transforms.parsed.filed import own_path, path_text
from transforms.parsed.headers import STATED_UNIT
from transforms.parsed.recognised import Table
from transforms.validated.draft import Draft, Reading, Typed, finished, typed
from transforms.validated.unreadable import UnreadableError
from transforms.words import tidy

LISTS = ("fund_sources", "notice_nos", "batch_nos", "file_nos")
TOLD = (  # what 认作 repeats, in this order
    "document_kind", *LISTS, "formed_on", STATED_UNIT, "keeper", "storage_place", "original_or_copy", "page_count",
    "amount_yuan", "person_count",
)  # fmt: skip
AND = "、"
_TOLD, _NOTHING = "；", "—"
_LIST = re.compile(r"[、,，;；\n]+")


def told_filing(texts: Sequence[str | None]) -> str:
    """认作: what a 收件回执 says of a document, a part for each of TOLD; a line that says otherwise was changed."""
    parts = [tidy(text or "") or _NOTHING for text in texts]
    while parts[1:] and parts[-1] == _NOTHING:
        parts.pop()
    return _TOLD.join(parts)


def documents(table: Table, reading: Reading) -> Typed:
    """资料目录表 as typed facts. Grain: one row per line of the received file that says something.

    Units: amount_yuan in yuan as text. A line of our own 资料归类 that nobody changed says nothing and is no row.
    """
    draft = typed(_saying(table), reading)
    _read_sources(draft)
    for name in LISTS[1:]:
        draft.derive(name, lambda text: AND.join(_items(text)) or None, name)
    draft.values["is_reviewed"] = draft.values["told_filing"].is_not_null()
    paths = [_path(name, reading) for name in draft.values["file_name"].to_list()]
    draft.values["folder"] = _texts("/".join(path[:-1]) for path in paths)
    draft.values["path_text"] = _texts(path_text(path) or None for path in paths)
    draft.values["file_name"] = _texts(path[-1] if path else None for path in paths)
    return finished(draft)


def _texts(values: Iterable[str | None]) -> pl.Series:
    return pl.Series(list(values), dtype=pl.String)


def _saying(table: Table) -> Table:
    """The table without the lines that only repeat what we wrote."""
    if "told_filing" not in table.cells:
        return table
    texts = {name: cells.texts.to_list() for name, cells in table.cells.items()}
    kept = [place for place in range(table.row_nos.len()) if not _repeats({n: c[place] for n, c in texts.items()})]
    return table.only(kept)


def _repeats(line: Mapping[str, str | None]) -> bool:
    told = line["told_filing"]
    return bool(told) and tidy(told) == told_filing([line.get(name) for name in TOLD])


def _items(text: str | None) -> list[str]:
    return list(dict.fromkeys(item for part in _LIST.split(text or "") if (item := tidy(part))))


def _read_sources(draft: Draft) -> None:
    """Sources as codes: a whole cell may name a pool that has 、 in its name."""
    column, said = draft.kind.by_name["fund_sources"], draft.values["fund_sources"]
    codes = {text: _codes(draft, text) for text in said.drop_nulls().unique().to_list()}
    for place, text in enumerate(said.to_list()):
        if text and codes[text] is None:
            draft.fail(place, column, UnreadableError(column.header, "S.enum"), text)
    draft.derive("fund_sources", codes.__getitem__, "fund_sources")


def _codes(draft: Draft, text: str) -> str | None:
    words = draft.reading.words
    whole = words.code("fund_source", text)
    codes = [whole] if whole else [words.code("fund_source", item) for item in _items(text)]
    return AND.join(dict.fromkeys(code for code in codes if code)) if all(codes) else None


def _path(name: str | None, reading: Reading) -> tuple[str, ...]:
    """Folders and name of the file that a line names: a bare name lies where the table lies."""
    sender = reading.folder_unit or ""
    parts = own_path(name or "", sender)
    return parts if len(parts) != 1 else (*own_path(reading.source_file, sender)[:-1], *parts)
