"""Writes the workbooks that go back, the same content as the same bytes; removes those whose findings are closed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flows.edges.documents import document_words
from flows.edges.files import write_whole
from flows.edges.lexicon import load_enums
from flows.edges.outbox import file_name
from flows.edges.returned.advice import Advice
from flows.edges.returned.asked import PREFIX, ReturnedFile, files_to_return
from flows.edges.returned.content import content_of
from flows.edges.returned.listing import write_list
from flows.edges.returned.marking import mark_sheets
from flows.edges.returned.original import Original
from flows.edges.returned.packing import packed
from flows.edges.warehouse import Warehouse
from transforms.columns import Rules
from transforms.parsed.marks import PROPERTY, property_of

_MADE_OF = "mingzhang_made_of"
_FORM = "3"  # raised when the same findings are to look otherwise


@dataclass(frozen=True)
class Written:
    """A returned workbook that stands. `made_of`: the fingerprint of everything in it; `finding_ids`: what it lists."""

    receipt_id: str
    unit: str
    path: Path
    made_of: str
    finding_ids: tuple[str, ...]


def write_returned(warehouse: Warehouse) -> list[Written]:
    """One workbook for each received file with open findings of its own; those that are as they should be are left."""
    workspace = warehouse.workspace
    rules = load_enums(workspace.root).rules
    words = document_words(workspace, "returned_workbook")
    standing = []
    for file in files_to_return(warehouse):
        path = workspace.outbox / file_name(file.unit) / _name(file, words)
        made_of = hashlib.sha256(repr((_FORM, asdict(file), words, rules.returned)).encode()).hexdigest()
        if not path.is_file() or property_of(path.read_bytes(), _MADE_OF) != made_of:
            content = content_of(warehouse, file.source_file, file.sha256, rules)
            if content is None:  # the books do not stand or fall with it
                continue
            write_whole(path, returned_workbook(content, file, made_of, rules, words))
        ids = tuple(said.finding_id for said in file.said)
        standing.append(Written(file.receipt_id, file.unit, path, made_of, ids))
    _remove_closed(warehouse, {each.path for each in standing})
    return standing


def _name(file: ReturnedFile, words: Mapping[str, Any]) -> str:
    return file_name(str(words["file_name"].format(stem=file.stem, sha6=file.sha256[:6])))


def returned_workbook(
    content: bytes, file: ReturnedFile, made_of: str, rules: Rules, words: Mapping[str, Any]
) -> bytes:
    """The unit's own workbook, marked, with the list of findings before it."""
    data = {name: max((sheet.header_row_no, *sheet.tokens)) for name, sheet in file.sheets.items()}
    heads = {name: sheet.header_row_no for name, sheet in file.sheets.items()}
    original = Original(content, stem=file.stem, rules=rules, heads=heads, data=data)
    found = mark_sheets(original, file, rules, Advice(words))
    write_list(original.book, file, found, rules, words)
    return packed(original.book, {PROPERTY: file.mark.text, _MADE_OF: made_of})


def _remove_closed(warehouse: Warehouse, standing: set[Path]) -> None:
    """A workbook of ours whose findings are all closed misleads; what people put beside it stays."""
    known = {sha256[:6] for (sha256,) in warehouse.rows("SELECT sha256 FROM received.receipts")}
    for path in warehouse.workspace.outbox.glob(f"*/{PREFIX}*.xlsx"):
        if path not in standing and path.stem.rpartition("_")[2] in known:
            path.unlink()
