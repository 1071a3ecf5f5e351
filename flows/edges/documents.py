"""Words of one of the documents that we write (data/policy/documents), the workspace's own laid over them."""

from __future__ import annotations

from typing import Any

from expectations.yaml_files import read_yaml
from flows.edges.workspace import SHIPPED, Workspace


def document_words(workspace: Workspace, name: str) -> dict[str, Any]:
    """Top-level keys that the workspace's file of the same name states replace ours."""
    words: dict[str, Any] = {}
    for folder in (SHIPPED / "data" / "policy" / "documents", workspace.policy / "documents"):
        path = folder / f"{name}.yaml"
        if path.is_file():
            words |= read_yaml(path) or {}
    return words
