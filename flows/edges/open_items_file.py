"""Writes each unit's 对账待办, the same items as the same file; removes it once nothing is open."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from flows.edges.documents import document_words
from flows.edges.files import write_whole
from flows.edges.open_items import open_items
from flows.edges.open_items_sheet import open_items_workbook
from flows.edges.outbox import file_name
from flows.edges.returned.writing import Written
from flows.edges.warehouse import Warehouse
from flows.words import speaking
from transforms.parsed.marks import property_of

_MADE_OF = "mingzhang_open_items"
_FORM = "1"  # raised when the same items are to look otherwise


def write_open_items(warehouse: Warehouse) -> list[Written]:
    """A workbook for each unit with something to decide. One that asks the same is left alone: people may be at it."""
    workspace = warehouse.workspace
    words: Mapping[str, Any] = document_words(workspace, "open_items")
    standing = []
    with speaking("zh"):  # what is written for people in the office is Chinese, whatever the command speaks
        for unit, lines in open_items(warehouse, words).items():
            path = workspace.outbox / file_name(unit) / words["file_name"]
            made_of = hashlib.sha256(repr((_FORM, unit, lines, words)).encode()).hexdigest()
            if not path.is_file() or property_of(path.read_bytes(), _MADE_OF) != made_of:
                write_whole(path, open_items_workbook(unit, lines, words, {_MADE_OF: made_of}))
            standing.append(Written("", unit, path, made_of, ()))
    kept = {each.path for each in standing}
    for path in workspace.outbox.glob(f"*/{words['file_name']}"):
        if path not in kept and property_of(path.read_bytes(), _MADE_OF):
            path.unlink()
    return standing
