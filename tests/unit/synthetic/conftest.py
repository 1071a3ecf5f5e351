"""One small sample for all tests of the generator, and its truth as rows."""

import csv
from pathlib import Path
from typing import Any

import pytest

from data.synthetic.federation import build_federation
from data.synthetic.generate import size_of, write_sample
from data.synthetic.records import Federation

Rows = list[dict[str, str]]
SMALL: dict[str, Any] = {"households": 150, "seed": 11, "year": 2021}


def read_truth(out: Path, name: str) -> Rows:
    with (out / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample") / "workspace"
    write_sample(out, **SMALL, noise=1)
    return out


@pytest.fixture(scope="session")
def plain_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("plain") / "workspace"
    write_sample(out, **SMALL, noise=0)
    return out


@pytest.fixture(scope="session")
def federation() -> Federation:
    return build_federation(size_of(600, 5, 2021, None, None))
