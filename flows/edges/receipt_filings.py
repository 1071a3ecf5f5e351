"""资料归类 on a 收件回执: how each document is filed and by which words, to be corrected where it stands.

Its columns are those of a 资料目录表: dropped back into the inbox, it is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from expectations.contracts import load_fields
from flows.edges.warehouse import Warehouse
from transforms.parsed.filed import own_path
from transforms.validated.documents import AND, told_filing

Row = dict[str, Any]

_LABELS = """
SELECT domain, code, label_zh FROM policy.labels
WHERE document_set = 'default' AND domain IN ('document_kind', 'fund_source', 'original_or_copy')
"""
_FILED = """
SELECT
    f.*, r.source_file, r.sender, u.unit_name, t.source_file AS line_file, w.row_no AS line_no
FROM facts.filed_documents AS f
INNER JOIN received.receipts AS r ON r.receipt_id = f.receipt_id
LEFT JOIN facts.units AS u ON u.unit_code = f.unit_code
LEFT JOIN raw.rows AS w ON w.row_id = f.row_id
LEFT JOIN received.receipts AS t ON t.receipt_id = w.receipt_id
WHERE (r.ingest_no = $ingest_no AND list_contains($senders, r.sender))
    OR (t.ingest_no = $ingest_no AND list_contains($senders, t.sender))
ORDER BY r.source_file, r.receipt_id
"""
_DOUBTS = {"batch_nos": "batch_doubts", "notice_nos": "notice_doubts", "file_nos": "file_doubts"}
_FIELDS = {"fund_source": "fund_sources"}  # what the names say of one source stands in a column of several


def filed_documents(warehouse: Warehouse, ingest_no: int, senders: Sequence[str], unit_code: str | None) -> list[Row]:
    """The documents that came in this moment, and those that a 资料目录表 of this moment has filed, in words.

    `unit_code`: whom the receipt is for; a document says its unit only where that is another one.
    """
    labels = {(domain, code): label for domain, code, label in warehouse.rows(_LABELS)}
    rows = warehouse.records(_FILED, {"ingest_no": ingest_no, "senders": list(senders)})
    for row in rows:
        row |= _labelled(row, labels) | {"file_text": _file_text(row, senders)}
        if row["unit_code"] == unit_code:
            row["unit_name"] = None
    return rows


def _labelled(row: Row, labels: Mapping[tuple[str, str], str]) -> Row:
    def label(domain: str, code: str | None) -> str | None:
        return labels.get((domain, code), code) if code else None

    sources = [label("fund_source", code) or "" for code in (row["fund_sources"] or "").split(AND)]
    return {
        "document_kind": label("document_kind", row["document_kind"]),
        "original_or_copy": label("original_or_copy", row["original_or_copy"]),
        "fund_sources": AND.join(sources),
    }


def _file_text(row: Row, senders: Sequence[str]) -> str:
    """The file as a line of a 资料目录表 names it: below the sender's folder, if there is only one."""
    return "/".join(own_path(row["source_file"], row["sender"] if len(senders) == 1 else ""))


def filing_lines(rows: Sequence[Row], words: Mapping[str, Any]) -> Iterator[list[Any]]:
    """One line a document: file, what it is taken for, by which words, and the same once more, to be corrected."""
    for number, row in enumerate(rows, start=1):
        texts = [_text(row[name]) for name in _COLUMNS]
        yield [str(number), row["file_text"], told_filing(texts), _reasons(row, words["filed_by"]), *texts]


_COLUMNS = (
    "document_kind", "fund_sources", "notice_nos", "batch_nos", "file_nos", "formed_on", "unit_name", "keeper",
    "storage_place", "original_or_copy", "page_count", "amount_yuan", "person_count",
)  # fmt: skip


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _reasons(row: Row, words: Mapping[str, str]) -> str:
    """By which line or which words; what was left open because the names say several things."""
    if row["line_file"]:
        return words["line"].format(file=row["line_file"], row_no=row["line_no"])
    fields = load_fields()
    said: list[str] = []
    for name, origin in json.loads(row["said_by"]).items():
        where, _, text = origin.partition(":")
        said.append(f"{fields[_FIELDS.get(name, name)].label_zh}：{words[where].format(text=text)}")
    said += [f"{fields[name].label_zh}：{words['number']}" for name in _DOUBTS if row[name]]
    doubts = {_FIELDS.get(name, name): text for name, text in json.loads(row["doubts"]).items()}
    doubts |= {name: row[doubt] for name, doubt in _DOUBTS.items() if row[doubt]}
    said += [f"{fields[name].label_zh}：{words['several'].format(text=text)}" for name, text in doubts.items()]
    return "；".join(said) or words["nothing"]
