"""Where a quirk may strike: lists and lines that nothing else has touched yet."""

import random
from collections import Counter
from collections.abc import Iterator

from data.synthetic.records import Batch, Federation, Payment, Unit
from data.synthetic.size import Size

OFFICE_ACCOUNT = "基本户"


def chance(size: Size, key: str) -> random.Random:
    """The quirk's own stream of chance: switching it on disturbs no other."""
    return size.chance(f"quirk {key}")


def counties(federation: Federation) -> list[Unit]:
    """Every unit but the federation's own."""
    return [unit for unit in federation.units if not unit.is_city]


def counties_with_office_account(federation: Federation) -> list[Unit]:
    """Counties whose money for help lies on the account of their wages and running costs."""
    return [unit for unit in counties(federation) if federation.accounts[unit.code].nature == OFFICE_ACCOUNT]


def busiest_county(federation: Federation, place: int = 0) -> Unit | None:
    """The county with most lists, or the next after it; None where there are not so many counties."""
    lists = Counter(batch.unit.code for batch in federation.batches)
    ranked = sorted(counties(federation), key=lambda unit: -lists[unit.code])
    return ranked[place] if place < len(ranked) else None


def untouched_lists(federation: Federation) -> Iterator[Batch]:
    """First lists that went through as they are: every line paid, number and day stated, nobody in the register."""
    registered = {id(visit.payment.batch) for visit in federation.visits}
    for batch in federation.batches:
        is_plain = batch.original is None and not any(payment.incident for payment in batch.payments)
        if is_plain and batch.is_numbered and batch.is_dated and id(batch) not in registered:
            yield batch


def plain_lines(federation: Federation, category: str = "") -> Iterator[Payment]:
    """Lines of first lists that were paid at once to a card of 本人."""
    for batch in federation.batches:
        if batch.original is None and category in ("", batch.aid_category):
            yield from (p for p in batch.payments if not p.incident and not p.card.holder)
