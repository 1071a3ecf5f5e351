"""Words of one of the documents that we write (data/policy/documents), the workspace's own laid over them."""

from __future__ import annotations

from typing import Any

import yaml

from flows.edges.workspace import SHIPPED, Workspace


def document_words(workspace: Workspace, name: str) -> dict[str, Any]:
    """Top-level keys that the workspace's file of the same name states replace ours."""
    words: dict[str, Any] = {}
    for folder in (SHIPPED / "data" / "policy" / "documents", workspace.policy / "documents"):
        path = folder / f"{name}.yaml"
        if path.is_file():
            words |= yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    return words
