"""What goes back to the units: returned workbooks, 对账待办, the 收件回执 of an ingest, one parcel for each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.edges.documents import document_words
from flows.edges.files import write_whole
from flows.edges.open_items_file import write_open_items
from flows.edges.outbox import file_name
from flows.edges.parcels import parcel
from flows.edges.receipt_facts import Addressee, addressees, remember, told, told_before
from flows.edges.receipt_sheet import receipt_workbook
from flows.edges.returned.writing import Written, write_returned
from flows.edges.warehouse import Warehouse
from flows.progress import working_on


def hand_back(warehouse: Warehouse) -> list[str]:
    """Bring the returned workbooks and 对账待办 up to date with what is open; gives paths relative to the workspace."""
    working_on("progress.returning")
    standing = [*write_returned(warehouse), *write_open_items(warehouse)]
    return [warehouse.workspace.relative(each.path) for each in standing]


def answer(warehouse: Warehouse) -> list[str]:
    """A 收件回执 for each sender of the moment, with what is new for it in one parcel; gives all paths, those too."""
    receivers = addressees(warehouse)
    if not receivers:
        return []
    standing = [*write_returned(warehouse), *write_open_items(warehouse)]
    outputs = [each.path for each in standing]
    words = document_words(warehouse.workspace, "receipt")
    words["levels"] = document_words(warehouse.workspace, "returned_workbook")["levels"]
    for to in receivers:
        outputs += _answer(warehouse, to, standing, words)
    return [warehouse.workspace.relative(path) for path in outputs]


def _answer(warehouse: Warehouse, to: Addressee, standing: Sequence[Written], words: Mapping[str, Any]) -> list[Path]:
    said = told(warehouse, to)
    names = {each.receipt_id: each.path.name for each in standing}
    folder = warehouse.workspace.outbox / file_name(to.unit)
    receipt = folder / words["file_name"].format(ingest_no=to.ingest_no)
    write_whole(receipt, receipt_workbook(said, names, words))
    own = [each for each in standing if each.unit == to.unit]
    before = told_before(warehouse, to, "workbook")
    fresh = [each.path for each in own if each.made_of not in before]
    package = folder / words["parcel"].format(day=to.received_at.strftime("%Y-%m-%d"))
    write_whole(package, parcel(package, [receipt, *fresh], gone_from=folder))
    ids: dict[str, set[str]] = defaultdict(set)
    ids["finding"] = {row["finding_id"] for row in said.open}
    ids["workbook"] = {each.made_of for each in own}
    remember(warehouse, to, ids)
    return [receipt, package]
