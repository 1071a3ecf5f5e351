"""The passes against an exhaustive search in plain Python, on connected groups of at most twelve items."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from random import Random

import pytest

from tests.spec.harness import Row
from tests.support.little_groups import Group, found, little_group
from tests.support.matching import Matcher, together
from tests.support.reference_links import Link, links
from tests.support.reference_matcher import Answer, answers
from tests.support.seeds import FIXED
from tests.support.used_once import faults

SIZE = 800


@dataclass(frozen=True)
class Judged:
    """A unit with what the passes and what the reference say of it."""

    group: Group
    linked: list[Link]
    answers: list[Answer]
    made: dict[str, list[Row]]


@pytest.fixture(scope="module", params=FIXED)
def judged(request: pytest.FixtureRequest, matcher: Matcher) -> list[Judged]:
    """Many small units in one run."""
    groups = [little_group(f"g{n:04}", Random(request.param * SIZE + n)) for n in range(SIZE)]
    facts = together(*(group.facts for group in groups))
    made = matcher.run(facts, ("batch_debits", "candidates"))
    assert faults(facts, made) == []
    by_unit: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {name: [] for name in made})
    for name, rows in made.items():
        for row in rows:
            by_unit[(row.get("bank_line_id") or row["payment_id"]).partition(".")[0]][name].append(row)
    return [
        Judged(group, found(by_unit[group.unit], group), answers(group.payments, group.debits), by_unit[group.unit])
        for group in groups
    ]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(certificates=True)


@pytest.mark.slow
def test_what_is_matched_is_certain_and_what_is_decidable_is_found(judged: list[Judged]) -> None:
    """No false match; all of it where one assignment fits."""
    counted: Counter[str] = Counter()
    for unit in judged:
        for answer in unit.answers:
            got = answer.words.canon(link for link in unit.linked if link.debits <= answer.debits)
            assert not got - answer.admitted, (unit.group, answer)
            assert got == answer.certain or not answer.is_decidable, (unit.group, answer)
            counted["decidable"] += answer.is_decidable
            counted["ambiguous"] += answer.reading_count > 1 and not answer.is_decidable
    assert counted["decidable"] > SIZE / 4, "the groups say nothing: hardly any can be decided"
    assert counted["ambiguous"] > SIZE / 8, "the groups say nothing: hardly any leaves a doubt"


@pytest.mark.slow
def test_what_fits_one_to_one_and_stays_open_is_called_ambiguous(judged: list[Judged]) -> None:
    """On both sides, and the certificates name the pair and why it was not taken."""
    for unit in judged:
        used = frozenset[str]().union(*(link.debits | link.payments for link in unit.linked))
        classes = {row["bank_line_id"]: row["classification"] for row in unit.made["bank_lines"]}
        statuses = {row["payment_id"]: row["status"] for row in unit.made["payments"]}
        told = {row["bank_line_id"] for row in unit.made["candidates"] if row["loss_code"]}
        for link in links(unit.group.payments, unit.group.debits):
            if link.tier == 4 and not used & (link.debits | link.payments):
                assert {classes[name] for name in link.debits} == {"ambiguous"}, (unit.group, link)
                assert {statuses[name] for name in link.payments} == {"ambiguous"}, (unit.group, link)
                assert link.debits <= told, (unit.group, link)
