"""Which columns of an unknown statement hold receipts, payments and balance: every reading is tried, and the one is
taken under which each balance follows from the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, permutations, product

from transforms.parsed.drafted_values import Values
from transforms.words import joined

BALANCE = "balance_yuan"
Liking = Mapping[str, Mapping[int, int]]  # column → place → how well its heading suits


@dataclass(frozen=True)
class Way:
    """One reading of the amounts. `places`: column → place; `words`: the flag's words → in, out."""

    direction: str
    places: Mapping[str, int]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Balances:
    """How many balances follow from their neighbour, of how many that have one; `newest_first`: in which order."""

    good: int
    of: int
    newest_first: bool

    @property
    def hold(self) -> bool:
        return self.of > 0 and self.good == self.of


Line = tuple[str, Decimal | None, Decimal | None]  # account, amount (out: negative), balance


def running(lines: Sequence[Line]) -> Balances:
    """Both orders of time, each account for itself: before + in - out = after."""
    accounts: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for account, amount, balance in lines:
        if amount is not None and balance is not None:
            accounts.setdefault(account, []).append((amount, balance))
    pairs = [pair for entries in accounts.values() for pair in pairwise(entries)]
    rising = sum(before[1] + after[0] == after[1] for before, after in pairs)
    falling = sum(older[1] + newer[0] == newer[1] for newer, older in pairs)
    return Balances(max(rising, falling), len(pairs), newest_first=falling > rising)


def best_way(
    columns: Sequence[Values], money: Sequence[int], flags: Mapping[int, Sequence[Mapping[str, str]]],
    accounts: Sequence[str], liking: Liking,
) -> tuple[Way, Balances] | None:  # fmt: skip
    """The way whose balances run on; of equals the one that the headings say; None when no column is an amount.

    A flag of which neither heading nor words are known is believed only where it makes every balance run on.
    """
    believed: list[tuple[Way, Balances]] = []
    for way in _ways(columns, money, flags):
        lines = lines_of(way, columns, accounts)
        balances = running(lines)
        if _is_told(way, liking) or (balances.hold and all(amount is not None for _, amount, _ in lines)):
            believed.append((way, balances))
    return max(believed, key=lambda each: _worth(each[0], each[1], liking, len(accounts)), default=None)


def _is_told(way: Way, liking: Liking) -> bool:
    flag = way.places.get("direction_text")
    return flag is None or liking.get("direction_text", {}).get(flag, 0) > 0


def _worth(way: Way, balances: Balances, liking: Liking, height: int) -> tuple[float, int, int, int]:
    share = balances.good / height if height else 0.0  # of all lines: one that a way cannot read speaks against it
    said = sum(liking.get(name, {}).get(place, 0) for name, place in way.places.items())
    return share, said, len(way.places), -("two_columns", "flag", "flag_unsigned", "sign").index(way.direction)


def _ways(
    columns: Sequence[Values], money: Sequence[int], flags: Mapping[int, Sequence[Mapping[str, str]]]
) -> Iterator[Way]:
    for into, out in permutations(money, 2):
        if not _overlap(columns[into], columns[out]):
            for rest in _rest(money, into, out):
                yield Way("two_columns", {"in_yuan": into, "out_yuan": out, **rest}, {})
    for amount in money:
        for rest in _rest(money, amount):
            for flag, words in ((flag, words) for flag, every in flags.items() for words in every):
                places = {"direction_text": flag, "amount_yuan": amount, **rest}
                yield Way("flag", places, words)
                if columns[amount].has_minus:
                    yield Way("flag_unsigned", places, words)
            if columns[amount].has_minus:
                yield Way("sign", {"amount_yuan": amount, **rest}, {})


def _rest(money: Sequence[int], *used: int) -> Iterator[dict[str, int]]:
    """The balance is one of the other columns, or there is none."""
    yield {}
    yield from ({BALANCE: place} for place in money if place not in used)


def _overlap(into: Values, out: Values) -> bool:
    """A line is a receipt or a payment: where both columns have an amount, they are not these two."""
    return any(a and b for a, b in zip(into.amounts, out.amounts, strict=True))


def lines_of(way: Way, columns: Sequence[Values], accounts: Sequence[str]) -> list[Line]:
    """The lines as this way reads them."""
    amounts = {name: columns[place].amounts for name, place in way.places.items() if name != "direction_text"}
    balances = amounts.get(BALANCE) or [None] * len(accounts)
    if way.direction == "two_columns":
        signed = [
            None if into is None and out is None else (into or Decimal(0)) - (out or Decimal(0))
            for into, out in zip(amounts["in_yuan"], amounts["out_yuan"], strict=True)
        ]
    elif way.direction == "sign":
        signed = list(amounts["amount_yuan"])
    else:
        signed = _flagged(way, amounts["amount_yuan"], columns[way.places["direction_text"]].texts)
    return list(zip(accounts, signed, balances, strict=True))


def _flagged(way: Way, amounts: Sequence[Decimal | None], texts: Sequence[str]) -> list[Decimal | None]:
    signs = {"in": 1, "out": -1}
    made: list[Decimal | None] = []
    for amount, text in zip(amounts, texts, strict=True):
        sign = signs.get(way.words.get(joined(text), ""))
        if amount is None or sign is None:
            made.append(None)
        else:
            made.append(sign * (abs(amount) if way.direction == "flag_unsigned" else amount))
    return made


def flag_words(words: Iterable[str], known: Mapping[str, str]) -> list[dict[str, str]]:
    """What the words of a flag may mean: as known; of words that nobody knows, every way round that has both sides."""
    codes = {joined(word): known.get(joined(word)) for word in sorted(words)}
    unknown = [word for word, code in codes.items() if code is None]
    if len(unknown) > 2:
        return []
    told = {word: code for word, code in codes.items() if code}
    every = [told | dict(zip(unknown, sides, strict=True)) for sides in product(("in", "out"), repeat=len(unknown))]
    return [words for words in every if not unknown or len(set(words.values())) == 2]
