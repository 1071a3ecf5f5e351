"""The bytes of a received file, be it inside an archive."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.edges.evidence import keep
from flows.edges.lexicon import load_enums
from flows.edges.returned.content import content_of

LIST = b"a list"


def _zip(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def warehouse(tmp_path: Path) -> Callable[[bytes], Any]:
    """One that kept this archive as a.zip."""

    def of(content: bytes) -> Any:
        sha256 = keep(tmp_path, content).name
        workspace = SimpleNamespace(evidence=tmp_path)
        return SimpleNamespace(workspace=workspace, rows=lambda sql, given: [(sha256,)])

    return of


@pytest.mark.parametrize(
    ("source_file", "kept"),
    [
        ("list.csv", LIST),
        ("a.zip!list.csv", _zip(other=b"x", list=LIST)),
        ("a.zip!b.zip!list.csv", _zip(b=_zip(list=LIST))),
    ],
    ids=["by itself", "in an archive", "in an archive within an archive"],
)
def test_found_where_it_came(warehouse: Callable[[bytes], Any], source_file: str, kept: bytes) -> None:
    assert content_of(warehouse(kept), source_file, hashlib.sha256(LIST).hexdigest(), load_enums(None).rules) == LIST


def test_not_at_hand(warehouse: Callable[[bytes], Any]) -> None:
    sha256 = hashlib.sha256(LIST).hexdigest()
    assert content_of(warehouse(_zip(other=b"x")), "a.zip!list.csv", sha256, load_enums(None).rules) is None
    assert content_of(warehouse(b"PK\x03\x04 broken"), "a.zip!list.csv", sha256, load_enums(None).rules) is None
