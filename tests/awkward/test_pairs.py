"""Every awkward way by itself and with every way of every other class: what the writer wrote is what is read."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.awkward.formats import FORMATS
from tests.awkward.table import NAMES, Paper
from tests.awkward.ways import CLASSES
from tests.unit.parsed.making import read

Choice = tuple[str, str]  # class, way
WAYS = [(group, way) for group, ways in CLASSES.items() for way in ways]


def told(made: Any) -> list[dict[str, Any]]:
    files = made.inner or (made,)
    rows = [row for file in files for row in file.validated.get("rosters", []).to_dicts()]
    return [{name: row[name] for name in NAMES} for row in rows]


def complaints(made: Any) -> list[tuple[Any, ...]]:
    """Everything that was found wrong; a remark on a sheet beside the table is none."""
    files = made.inner or (made,)
    return [
        (row["rule_id"], row["row_no"], row["column_name"], row["value_text"])
        for file in files
        for row in file.problems.to_dicts()
        if row["severity"] != "info"
    ]


def judged(form: str, *chosen: Choice) -> str | None:
    """'' when all is read as it was written, else what differs; None where the format cannot hold such a paper."""
    paper = Paper()
    for group, way in chosen:
        paper = CLASSES[group][way](paper)
    made = FORMATS[form](paper)
    if made is None:
        return None
    name, content = made
    found = read(content, name)
    same = told(found) == paper.truth() and not complaints(found)
    return "" if same else f"{form}, {chosen}: {found.state} {complaints(found)[:2]}"


@pytest.mark.parametrize("form", FORMATS)
def test_every_way_in_every_format(form: str) -> None:
    seen = [told for choice in WAYS if (told := judged(form, choice)) is not None]
    assert len(seen) > 40
    assert not any(seen), "\n".join(filter(None, seen))


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(CLASSES, 2)))
def test_every_pair_of_ways(first: str, second: str) -> None:
    pairs = itertools.product(CLASSES[first], CLASSES[second])
    seen = [judged("xlsx", (first, one), (second, two)) for one, two in pairs]
    assert len(seen) == len(CLASSES[first]) * len(CLASSES[second])
    assert not any(seen), "\n".join(filter(None, seen))
