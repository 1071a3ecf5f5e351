"""What a hostile or merely odd file is, and what must become of it: said first, beside whoever builds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.unit.parsed.making import ROSTER_ROW, Grid, roster

NAME = ROSTER_ROW[0]
NAMED = ("张三", "李四", "王五")


@dataclass(frozen=True)
class Read:
    """Read right: so many rows of lists, and these values in them, each as often as it is said here."""

    rows: int = 1
    texts: Mapping[str, str] = field(default_factory=dict)  # column of a list → the value in every row


@dataclass(frozen=True)
class Refused:
    """Not read (11); people are told why, in these words."""

    why: str


@dataclass(frozen=True)
class Case:
    """A file. `make` gives its bytes, the same every time."""

    name: str
    becomes: Read | Refused
    make: Callable[[], bytes]

    @property
    def id(self) -> str:
        return self.name


def people(count: int, prefix: str = "P") -> Grid:
    """A list of so many lines, no two alike."""
    return roster(*({"姓名": NAMED[number % 3], "批次号": f"{prefix}{number}"} for number in range(count)))
