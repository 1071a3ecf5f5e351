"""Returns against an exhaustive search: which payment a credit undoes, where every payment is paid for certain.

Where all credits find a payment in one way only, nothing else is found; but a credit undoes first what it shows most
strongly (contract 11.10), even where another credit could undo nothing else. All of that way is found but for one group
in fifty: the passes look once, and what another credit leaves over they do not look at again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from random import Random

import pytest

from tests.spec.harness import Row
from tests.support.matching import Matcher, account, bank_line, line, together
from tests.support.seeds import FIXED, seeds_of_the_commit

SIZE = 600
RETURN_DAYS = 60
NAMES = ("人0", "人1", "人0")
Pair = tuple[Row, Row]  # credit, payment


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


def paid_group(unit: str, chance: Random) -> dict[str, list[Row]]:
    """Up to six payments, each by a debit that names its list, and up to four credits like some of them."""
    lines = [
        line(
            n, payee=payee, amount=chance.choice((100, 200)), day=chance.randint(0, 50), batch_no=f"第{n}批", unit=unit,
            source=chance.choice(("central", "provincial")), payee_name=NAMES[payee], person_name=NAMES[payee],
        )
        for n, payee in enumerate(chance.choices((0, 0, 1, 2), k=chance.randint(1, 6)))
    ]  # fmt: skip
    debits = [
        bank_line(
            f"d{n}", amount=row["amount_yuan"], day=0, payee=None, memo=row["batch_no"], unit=unit,
            counterparty_key=row["card_key"], value_on=row["pay_on"],
        )
        for n, row in enumerate(lines)
    ]  # fmt: skip
    credits = []
    for n in range(chance.randint(1, 4)):
        wish = chance.choice(lines)
        shows, says = chance.choice(("account", "name", "nobody")), chance.random() < 0.8
        credits.append(
            bank_line(
                f"i{n}", amount=wish["amount_yuan"], day=chance.randint(20, 120), payee=None, direction="in", unit=unit,
                memo="退汇" * says + chance.choice(("", "", wish["batch_no"])),
                counterparty_key=wish["card_key"] if shows == "account" else None,
                counterparty_name=wish["payee_name"] if shows == "name" else None,
            )
        )  # fmt: skip
    facts = {"matched.payment_lines": lines, "facts.bank_lines": [*debits, *credits]}
    return together(account(unit), facts)


def evidence(credit: Row, payment: Row) -> tuple[bool, bool, int] | None:
    """How a credit shows that it undoes a payment, the greater the stronger (contract 11.10); None: it does not."""
    later = (credit["value_on"] - payment["pay_on"]).days
    by_account = credit["counterparty_key"] == payment["card_key"]
    by_name = credit["counterparty_name"] == payment["payee_name"]
    by_number = payment["batch_no"] in credit["memo"]
    shows = by_account or ("退汇" in credit["memo"] and (by_name or by_number))
    if credit["amount_yuan"] != payment["amount_yuan"] or not 0 <= later <= RETURN_DAYS or not shows:
        return None
    return (by_account or by_name, by_number, -later)


def assignments(credits: Sequence[Row], payments: Sequence[Row]) -> Iterator[list[Pair]]:
    """Every way in which all of the credits undo a payment each."""
    for chosen in permutations(payments, len(credits)):
        pairs = list(zip(credits, chosen, strict=True))
        if all(evidence(*pair) for pair in pairs):
            yield pairs


def told(pairs: Sequence[Pair]) -> Counter[object]:
    return Counter((c["bank_line_id"], p["card_key"], p["amount_yuan"], p["fund_source"]) for c, p in pairs)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*FIXED[:2], *seeds_of_the_commit()[:2]])
def test_returns_agree_with_an_exhaustive_search(matcher: Matcher, seed: int) -> None:
    groups = [paid_group(f"g{n:04}", Random(seed * SIZE + n)) for n in range(SIZE)]
    made = matcher.run(together(*groups))
    undone = {row["bank_line_id"]: row["payment_id"] for row in made["matches"] if row["rule"] == "M50.return"}
    classes = {row["bank_line_id"]: row["classification"] for row in made["bank_lines"]}
    decided = exact = 0
    for group in groups:
        payments = {row["payment_id"]: row for row in group["matched.payment_lines"]}
        credits = [row for row in group["facts.bank_lines"] if row["direction"] == "in"]
        found = [(row, payments[undone[row["bank_line_id"]]]) for row in credits if row["bank_line_id"] in undone]
        assert all(evidence(*pair) for pair in found)
        assert len({payment["payment_id"] for _, payment in found}) == len(found)
        fitting = [row for row in credits if any(evidence(row, payment) for payment in payments.values())]
        answers = {frozenset(told(pairs).items()) for pairs in assignments(fitting, list(payments.values()))}
        if len(answers) == 1:
            decided += 1
            exact += frozenset(told(found).items()) in answers
            [answer] = answers
            own_way = all(_is_strongest(credit, chosen, payments.values()) for credit, chosen in found)
            assert told(found) <= Counter(dict(answer)) or own_way, (group, found)
        free = [payment for name, payment in payments.items() if name not in {p["payment_id"] for _, p in found}]
        assert not any(_is_better(credit, chosen, other) for credit, chosen in found for other in free), found
        left = [row for row in fitting if row["bank_line_id"] not in undone and any(evidence(row, p) for p in free)]
        assert {classes[row["bank_line_id"]] for row in left} <= {"ambiguous"}
    assert decided > SIZE / 3
    assert exact > decided * 0.98


def _is_strongest(credit: Row, chosen: Row, payments: Iterable[Row]) -> bool:
    said = [evidence(credit, payment) for payment in payments]
    return evidence(credit, chosen) == max(one for one in said if one)


def _is_better(credit: Row, chosen: Row, other: Row) -> bool:
    """Whether a payment that stands is shown more strongly than the one that was taken to come back."""
    found, else_found = evidence(credit, chosen), evidence(credit, other)
    alike = all(chosen[name] == other[name] for name in ("card_key", "fund_source"))
    return else_found is not None and found is not None and else_found > found and not alike
