"""Any order of the files of one run gives the same tables."""

import random
import shutil
from pathlib import Path

import pytest

from flows.edges.inbox import list_inbox
from flows.edges.intake import close_moments
from flows.edges.warehouse import open_warehouse
from flows.edges.workspace import open_workspace
from flows.ingesting import ingest_files
from flows.settling import settle
from tests.support.dump import dump_marts, stored_order

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", [1, 2])
def test_files_in_another_order(delivered: Path, received: Path, tmp_path: Path, seed: int) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(delivered, root)
    workspace = open_workspace(root)
    files = list_inbox(workspace.inbox)
    random.Random(seed).shuffle(files)
    with open_warehouse(workspace, command="test") as warehouse:
        names = [file.file for file in ingest_files(warehouse, files)]
        assert names != sorted(names)
        settle(warehouse, command="test")
        close_moments(warehouse)
    assert dump_marts(root) == dump_marts(received)
    assert stored_order(root) == stored_order(received)
