"""Layouts as files → the plain values that reading takes: `data/layouts`, a workspace's `layouts/` over them.

A workspace's layout that `layout draft` proposed (`drafted_from`) is used from the day on which a person has set
`confirmed: true` (docs/decisions/0012).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

import data
from expectations.contracts import CONTRACTS, FIELDS
from expectations.yaml_files import read_yaml
from flows.edges.layout_check import faults
from flows.problems import Exit, Refusal, problem
from transforms.columns import Join, Layout, Split, Totals
from transforms.words import joined, squeezed

DATA = Path(data.__file__).parent
SHIPPED = DATA / "layouts"
OWN = "layouts"  # the folder of a workspace


def load_layouts(workspace: Path | None = None) -> tuple[Layout, ...]:
    """The layouts in use, in the order of their names. Refused (2) when a file of the workspace cannot be used."""
    shipped = {path.stem: _document(path) for path in _files(SHIPPED)}
    own = {path.stem: _checked(path) for path in _own_files(workspace)}
    entries = shipped | {name: entry for name, entry in own.items() if not _is_proposal(entry)}
    return tuple(layout_of(entries[name]) for name in sorted(entries))


def lexicon_mark(workspace: Path) -> str:
    """Changes whenever a file could be read otherwise than before: program, contracts, words, layouts in use."""
    ours = [CONTRACTS, FIELDS, DATA / "reference", SHIPPED]
    own = [path for path in _own_files(workspace) if not _is_proposal(_checked(path))]
    mark = hashlib.sha256(version("mingzhang").encode())
    for path in [*(path for folder in ours for path in _files(folder)), *own]:
        mark.update(hashlib.sha256(path.name.encode() + b"\0" + path.read_bytes()).digest())
    return mark.hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _own_files(workspace: Path | None) -> list[Path]:
    return _files(workspace / OWN) if workspace else []


def _is_proposal(entry: Mapping[str, Any]) -> bool:
    return "drafted_from" in entry and entry.get("confirmed") is not True


def _document(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(path)
    return loaded


def _checked(path: Path) -> Mapping[str, Any]:
    """A workspace's layout: people write and mend these files. Ours are checked by a test."""
    try:
        entry = _document(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _refused(path, [("—", " ".join(str(error).split()))]) from error
    if found := faults(entry, path.stem):
        raise _refused(path, found)
    return entry


def _refused(path: Path, found: list[tuple[str, str]]) -> Refusal:
    where = f"{OWN}/{path.name}"
    return Refusal(Exit.USAGE, [problem("layout.value", where, key=key, reason=reason) for key, reason in found])


def layout_of(entry: Mapping[str, Any]) -> Layout:
    """A layout file's mapping as the value that reading takes."""
    return Layout(
        name=entry["layout"],
        kind=entry["kind"],
        title_zh=entry["title_zh"],
        columns={name: tuple(headers) for name, headers in entry["columns"].items()},
        required=tuple(entry["required"]),
        memo=tuple(entry.get("memo", ())),
        ignored=tuple(entry.get("ignored", ())),
        channel=entry.get("channel", ""),
        direction=entry.get("direction", ""),
        words={joined(word): code for word, code in entry.get("words", {}).items()},
        above={name: tuple(keys) for name, keys in entry.get("above", {}).items()},
        totals=_totals(entry["totals"]) if "totals" in entry else None,
        split={
            name: Split((each["into"][0], each["into"][1]), each["by"]) for name, each in entry.get("split", {}).items()
        },
        join={name: Join(tuple(each["of"]), each["by"]) for name, each in entry.get("join", {}).items()},
        carried=tuple(entry.get("carried", ())),
    )


def _totals(entry: Mapping[str, Any]) -> Totals:
    keys = {squeezed(key): name for name, texts in entry.get("keys", {}).items() for key in texts}
    return Totals(frozenset(map(squeezed, entry.get("rows", ()))), dict(entry.get("sides", {})), keys)
