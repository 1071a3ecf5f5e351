"""What later statements do to what was settled before.

A decision of people holds or is told to be void. What the passes found themselves stands, is open again (and so has a
finding), or is paired otherwise with what is alike in every figure; only a number that a later line names is stronger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

import pytest

from tests.spec.harness import Row
from tests.support.little_groups import Group, found, little_group
from tests.support.matching import DAY, Matcher, together
from tests.support.reference_links import Link
from tests.support.seeds import FIXED, seeds_of_the_commit

SIZE = 500
OPEN = ("ambiguous", "unexplained")
Made = Mapping[str, Sequence[Row]]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(certificates=True)


@pytest.fixture(params=[*FIXED[:2], *seeds_of_the_commit()[:2]])
def groups(request: pytest.FixtureRequest) -> list[Group]:
    return [little_group(f"g{n:04}", Random(request.param * SIZE + n)) for n in range(SIZE)]


def known_by(facts: Mapping[str, Sequence[Row]], day: date) -> dict[str, Sequence[Row]]:
    """The same facts when statements reach to that day."""
    return {
        **facts,
        "facts.bank_lines": [row for row in facts["facts.bank_lines"] if row["value_on"] <= day],
        "facts.coverage": [{**row, "covered_to": day} for row in facts["facts.coverage"]],
    }


def choices(group: Group, chance: Random) -> Iterator[Row]:
    """Decisions on some debits: a payment of that amount, whoever it is for and whenever it was due."""
    for debit in group.debits:
        fitting = [payment for payment in group.payments if payment.amount == debit.amount]
        if fitting and chance.random() < 0.4:
            chosen = chance.choice(fitting).name
            yield {
                "row_id": f"d.{debit.name}", "item_id": debit.name, "bank_line_id": debit.name, "choice": "chosen",
                "unit_code": group.unit, "payment_id": chosen, "candidate_id": chosen, "ingest_no": 1,
                "is_disputed": False,
            }  # fmt: skip


def test_a_decision_holds_or_is_told_to_be_void(matcher: Matcher, groups: list[Group]) -> None:
    chance = Random(len(groups))
    decided = [row for group in groups for row in choices(group, chance)]
    facts = together(*(group.facts for group in groups), {"facts.choices": decided})
    first = matcher.run(known_by(facts, DAY + timedelta(days=25)))
    held = {(row["bank_line_id"], row["payment_id"]) for row in first["matches"] if row["rule"] == "M05.decided"}
    later = matcher.run(facts, ("void_decisions",))
    holds = {(row["bank_line_id"], row["payment_id"]) for row in later["matches"] if row["rule"] == "M05.decided"}
    void = {row["bank_line_id"] for row in later["void_decisions"]}
    assert len(held) > SIZE / 4
    assert [pair for pair in held - holds if pair[0] not in void] == []


def test_what_was_found_stands_or_is_open_again(matcher: Matcher, groups: list[Group]) -> None:
    facts = together(*(group.facts for group in groups))
    for days in (15, 35):
        named = named_after(groups, DAY + timedelta(days=days))
        first = linked(matcher.run(known_by(facts, DAY + timedelta(days=days)), ("batch_debits",)), groups)
        made = matcher.run(facts, ("batch_debits",))
        later = linked(made, groups)
        classes = {row["bank_line_id"]: row["classification"] for row in made["bank_lines"]}
        assert sum(map(len, first.values())) > SIZE / 4
        for name, before in first.items():
            if classes[name] not in OPEN and name.partition(".")[0] not in named:
                assert told(before) == told(later[name]), name


def named_after(groups: Sequence[Group], day: date) -> set[str]:
    """Units of which a line after that day names a list."""
    return {group.unit for group in groups if any(debit.names and debit.on > day for debit in group.debits)}


def linked(made: Made, groups: Sequence[Group]) -> dict[str, list[Link]]:
    """The links of each debit, as the passes have them."""
    by_unit: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {"batch_debits": [], "matches": []})
    for name in ("batch_debits", "matches"):
        for row in made[name]:
            by_unit[row["bank_line_id"].partition(".")[0]][name].append(row)
    links: dict[str, list[Link]] = defaultdict(list)
    for group in groups:
        for link in found(by_unit[group.unit], group):
            for name in link.debits:
                links[name].append(link)
    return links


def told(links: Sequence[Link]) -> Counter[object]:
    """What a debit pays, in words that are the same for what is alike."""
    return Counter(link.paid_to for link in links)
