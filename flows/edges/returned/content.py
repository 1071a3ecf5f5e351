"""The bytes of a received file: kept under their own name, or inside the archive that brought them."""

from __future__ import annotations

from flows.edges.evidence import kept, sha256_of
from flows.edges.warehouse import Warehouse
from transforms.columns import Rules
from transforms.parsed.archive import ArchiveError, archive
from transforms.parsed.magic import file_type


def content_of(warehouse: Warehouse, source_file: str, sha256: str, rules: Rules) -> bytes | None:
    """None where the evidence is not at hand."""
    evidence = warehouse.workspace.evidence
    found = kept(evidence, sha256)
    outer = source_file.partition("!")[0]
    if found is not None or outer == source_file:
        return found
    archives = warehouse.rows(
        "SELECT sha256 FROM received.receipts WHERE source_file = $outer ORDER BY receipt_id", {"outer": outer}
    )
    for (name,) in archives:
        packed = kept(evidence, name)
        found = _inside(packed, sha256, rules) if packed else None
        if found is not None:
            return found
    return None


def _inside(content: bytes, sha256: str, rules: Rules) -> bytes | None:
    try:
        files = archive(content, rules)
    except ArchiveError:
        return None
    for _, data in files:
        found = data if sha256_of(data) == sha256 else None
        if found is None and file_type(data) == "archive":
            found = _inside(data, sha256, rules)
        if found is not None:
            return found
    return None
