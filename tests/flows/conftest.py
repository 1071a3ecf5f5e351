"""Workspaces that several tests look at; whoever changes one takes a copy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.synthetic.generate import write_sample
from tests.flows import decided
from tests.support.command import mingzhang

CITY = ("--unit", "岳阳市总工会", "--region", "430600")


@pytest.fixture(scope="session")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small federation's year, delivered and not yet received."""
    root = tmp_path_factory.mktemp("delivered") / "workspace"
    write_sample(root, households=50, seed=7, year=2021, noise=1)
    return root


@pytest.fixture(scope="session")
def received(delivered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same year, received. Read only."""
    root = tmp_path_factory.mktemp("received") / "workspace"
    shutil.copytree(delivered, root)
    ran = mingzhang("ingest", "--json", workspace=root)
    assert ran.code in (0, 10), ran.err
    return root


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace just made. Read only."""
    root = tmp_path_factory.mktemp("empty") / "workspace"
    ran = mingzhang("init", root, *CITY)
    assert ran.code == 0, ran.err
    return root


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    """A copy of a workspace that a test may change."""

    def copied(workspace: Path) -> Path:
        target = tmp_path / "workspace"
        shutil.copytree(workspace, target)
        return target

    return copied


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two second visits (R11, one group) and one wrong ID (R01). Read only."""
    root = tmp_path_factory.mktemp("decided") / "workspace"
    decided.make(root)
    return root


@pytest.fixture
def root(found: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    shutil.copytree(found, tmp_path / "workspace")
    return tmp_path / "workspace"
