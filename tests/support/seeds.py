"""Seeds for the properties: five are fixed, five come from the commit, so that nobody can tune the product to them.

A year from files takes half a minute: each run of the tests takes some of the cases, other ones with each commit; all
are taken by `make soak`.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIXED = (1, 7, 42, 2021, 20230)


def seeds_of_the_commit() -> tuple[int, ...]:
    """Five seeds out of the hash of HEAD; of the tree's own date where there is no repository."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    digest = hashlib.sha256((head.stdout.strip() or "no repository").encode()).hexdigest()
    return tuple(int(digest[n * 8 : n * 8 + 8], 16) % 1_000_000 for n in range(5))


def all_seeds() -> tuple[int, ...]:
    """The five fixed ones, then the commit's."""
    return (*FIXED, *seeds_of_the_commit())


def in_turn(cases: Sequence[Any], step: int = len(FIXED)) -> list[Any]:
    """Each step-th of the cases, others with each commit; the rest is for soak. Of seeds: a fixed, a commit's one."""
    taken = seeds_of_the_commit()[0] % step
    return [pytest.param(case, marks=() if n % step == taken else pytest.mark.soak) for n, case in enumerate(cases)]
