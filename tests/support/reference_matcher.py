"""Matching by exhaustive search, in plain Python: what the passes are held against.

Written from the contract (section 6) and decision 0019, not from the passes. A *group* is what one unit's books and
bank state of lists of payments and of debits. A *link* says that these debits pay these payments, to the fen:

- by number, at any time: a debit that names a list and is its total (tier 1); one that names several and is what they
  come to, or all debits together that name only this list (tier 2); within the window, a debit to a payee of the list
  that it names (tier 3). A list that is named is answered by number or not at all; a debit that names the list of a
  payment that it fits pays none of another list.
- one to one (tier 4), within the window: a debit to a payee's account (where the bank hides it, to somebody of his
  name) and a payment to him of that amount; a debit to nobody known and a list of that total. A list of one is not paid
  by a debit that shows somebody else's account, unless it speaks of a list; a list of which every line has a debit to
  its payee is not paid as a whole.
- sums (tier 5), within the window, debits of one account that speak of a list or show no account: one debit and several
  lists, several debits and one list.

A *reading* is a set of links that share nothing. Of two readings the better one settles more payments by number, in
the order of the tiers; then more payments, then more debits one to one; then has more accounts shown, then more lists
that their debit speaks of; then settles more payments by sums. Nearness in time is no evidence. Readings that differ
only in which of several alike they pair are one reading. Payments are alike in payee, amount, source, notice, category
and year, lists in their sum and in all that money is told apart by; debits in account and amount, while all that they
pay is alike: of two that pay different money in different readings it matters which pays which, for their days differ.

- *certain* is what all best readings have in common: nothing else may be matched.
- a group is *decidable* when its best readings are one, and leave nothing open: all of it must be found.

More cautious than that, on purpose, so that no such group counts as decidable: a debit known by a name that two payees
bear; a sum that two groups of candidates come to, whoever else may need them (it comes about by chance); sums of more
candidates than the policy lets be searched; a sum of which a part may be answered one to one as well (the passes take
the stronger first and do not go back). Of a group with such a name or such a part no more is asked than that what is
matched fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from tests.support.reference_links import Debit, Link, Payment, links

Canon = Counter[tuple[object, ...]]  # who paid what: each side by its likeness or, where that matters, by name


class Words:
    """How a reading is told so that two that are the same in every figure are told alike."""

    def __init__(self, ways: Iterable[Link]) -> None:
        self._likenesses: dict[str, set[object]] = defaultdict(set)
        for link in ways:
            for name in link.debits:
                self._likenesses[name].add(link.paid_to)

    def canon(self, reading: Iterable[Link]) -> Canon:
        return Counter(map(self._told, reading))

    def _told(self, link: Link) -> tuple[object, ...]:
        named = [name for name in link.debits if len(self._likenesses[name]) > 1]
        return (link.paid_from, tuple(sorted(named)), link.paid_to)


@dataclass(frozen=True)
class Answer:
    """What is certain of one connected group, what may be matched (the same, but for the cautious cases), and whether
    all of it must be; `words` tells other readings of it."""

    debits: frozenset[str]
    words: Words
    certain: Canon
    admitted: Canon
    is_decidable: bool
    reading_count: int


def answers(payments: Sequence[Payment], debits: Sequence[Debit]) -> list[Answer]:
    """What can be said of each connected group of a unit."""
    ways = links(payments, debits)
    several, mixed = _by_chance(ways)
    namesakes = {debit.name for debit in debits if debit.is_by_name and len(debit.payees) > 1}
    made = []
    for mine, theirs, part in _connected([debit.name for debit in debits], ways):
        best = _best(sorted(mine), part)
        is_cautious = bool(mine & (mixed | namesakes))
        words = Words(part if is_cautious else {link for reading in best for link in reading})
        certain = reduce(and_, [words.canon(reading) for reading in best])
        is_whole = all(_settles(reading, mine, theirs) and words.canon(reading) == certain for reading in best)
        is_decidable = bool(part) and is_whole and not is_cautious and not mine & several
        made.append(
            Answer(mine, words, certain, words.canon(part) if is_cautious else certain, is_decidable, len(best))
        )
    return made


def _settles(reading: Sequence[Link], debits: frozenset[str], payments: frozenset[str]) -> bool:
    paid = frozenset[str]().union(*(link.payments for link in reading))
    return paid == payments and frozenset[str]().union(*(link.debits for link in reading)) == debits


def _by_chance(ways: Sequence[Link]) -> tuple[set[str], set[str]]:
    """Debits of sums that are not the only ones; debits of sums that share something with what is one to one."""
    sums = [link for link in ways if link.tier == 5]
    asked = Counter(side for link in sums for side in (link.debits, link.payments))
    alone = {name for link in ways if link.tier == 4 for name in link.debits | link.payments}
    several = {name for link in sums if asked[link.debits] + asked[link.payments] > 2 for name in link.debits}
    return several, {name for link in sums if (link.debits | link.payments) & alone for name in link.debits}


def _connected(
    debits: Sequence[str], ways: Sequence[Link]
) -> Iterator[tuple[frozenset[str], frozenset[str], list[Link]]]:
    left = list(ways)
    while left:
        part = [left.pop()]
        mine, theirs = part[0].debits, part[0].payments
        while more := [link for link in left if link.debits & mine or link.payments & theirs]:
            part += more
            left = [link for link in left if link not in more]
            mine = mine.union(*(link.debits for link in more))
            theirs = theirs.union(*(link.payments for link in more))
        yield mine, theirs, part
    linked = {name for link in ways for name in link.debits}
    yield from ((frozenset([name]), frozenset[str](), list[Link]()) for name in debits if name not in linked)


def _best(debits: Sequence[str], ways: Sequence[Link]) -> list[tuple[Link, ...]]:
    best: list[tuple[Link, ...]] = []
    worth: tuple[int, ...] = ()
    for reading in _readings(debits, ways, ()):
        value = _value(reading)
        if value > worth:
            best, worth = [], value
        if value == worth:
            best.append(reading)
    return best


def _readings(debits: Sequence[str], ways: Sequence[Link], taken: tuple[Link, ...]) -> Iterator[tuple[Link, ...]]:
    """Every set of links that share nothing: of each debit in turn, none of its links or one."""
    if not debits:
        yield taken
        return
    first, rest = debits[0], debits[1:]
    without = [link for link in ways if first not in link.debits]
    yield from _readings(rest, without, taken)
    for link in ways:
        if first in link.debits:
            fitting = [o for o in without if not o.debits & link.debits and not o.payments & link.payments]
            yield from _readings(rest, fitting, (*taken, link))


def _value(reading: Sequence[Link]) -> tuple[int, ...]:
    def count(tier: int) -> int:
        return sum(len(link.payments) for link in reading if link.tier == tier)

    return (
        count(1), count(2), count(3), count(4), sum(len(link.debits) for link in reading if link.tier == 4),
        sum(link.by_account for link in reading),
        sum(link.speaking for link in reading if link.tier == 4), count(5),
    )  # fmt: skip
