"""A proposal of a layout for a statement that no layout knows: by its headings, by its values, by its running balance.

Pure and cautious: it says what each column seems to be and on what grounds. A person confirms it (docs/decisions/0012).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transforms.parsed.drafted_money import BALANCE, Balances, Liking, Way, best_way, flag_words
from transforms.parsed.drafted_values import Values, amount, is_account, is_day
from transforms.words import joined, squeezed, without_brackets

MONEY = ("in_yuan", "out_yuan", "amount_yuan", BALANCE)
_PARTIES = ("payer_account_no", "payer_name", "payee_account_no", "payee_name")
_DAYS = ("transacted_on", "booked_on", "valued_on")
_LEAST_HEADINGS, _LEAST_KNOWN, _SAMPLE, _MOST_MONEY = 3, 4, 50, 7
_KEY = re.compile(r"([^\s:：;；,，()（）]{1,15})(?:[(（\[][^)）\]]*[)）\]])?\s*[:：]\s*([^\s;；,，]*)")

Grid = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Known:
    """What all layouts know. `headers`: column → headings; `hints`: column → what a heading of it may contain;
    `not_hints`: column → what it then must not contain; `flags`: word → in, out; `keys`: of lines above, by what they
    tell; `total_keys`: key → field of the totals; `sum_rows`: first cells of a row of sums; `sides`: in, out → the
    words between a count and a sum.
    """

    headers: Mapping[str, frozenset[str]]
    hints: Mapping[str, tuple[str, ...]]
    not_hints: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, str]
    keys: Mapping[str, frozenset[str]]
    total_keys: Mapping[str, str]
    sum_rows: frozenset[str]
    sides: Mapping[str, tuple[str, ...]]
    header_rows: int


@dataclass(frozen=True)
class Proposal:
    """What a sheet seems to be. `columns`: column → heading as the file has it; `balances`: as far as the grid goes."""

    header_place: int
    columns: Mapping[str, str]
    memo: tuple[str, ...]
    ignored: tuple[str, ...]
    direction: str
    words: Mapping[str, str]
    above: Mapping[str, tuple[str, ...]]
    totals: Mapping[str, object]
    split: tuple[str, str] | None  # heading, sign
    balances: Balances
    guessed: tuple[str, ...] = field(default=())  # columns that only their values told


def proposed(grid: Grid, known: Known) -> Proposal | None:
    """The layout that a sheet's texts speak for, None where no table of days and amounts can be seen."""
    header = _header_place(grid, known)
    if header is None:
        return None
    columns = _columns(grid, header)
    roles = dict(_plain_roles(columns, known))
    if "transacted_on" not in roles and "booked_on" not in roles:
        return None
    found = _money(columns, roles, known)
    if found is None:
        return None
    way, balances = found
    roles |= way.places
    return _made(grid, header, columns, roles, way, balances, known)


def _forms(heading: str) -> set[str]:
    return {squeezed(heading), squeezed(without_brackets(heading))} - {""}


def _header_place(grid: Grid, known: Known) -> int | None:
    """The row of headings over a column of days and one of numbers; of several the one with most known headings."""
    every = frozenset().union(*known.headers.values())
    worth = {}
    for place, row in enumerate(grid[: known.header_rows]):
        texts = [text for text in row if text]
        if len(texts) < _LEAST_HEADINGS or any(is_day(text) or amount(text) is not None for text in texts):
            continue
        columns = _columns(grid[: place + _SAMPLE], place)
        named = sum(not every.isdisjoint(_forms(text)) for text in texts)
        has_days = any(column.are_days for column in columns)
        if (has_days and any(column.are_numbers for column in columns)) or named >= _LEAST_KNOWN:
            worth[place] = (has_days, named, -place)
    return max(worth, key=lambda place: worth[place]) if worth else None


def _columns(grid: Grid, header: int) -> list[Values]:
    """The columns under the headings, of the rows that have a day: what has none is footer."""
    lines = [row for row in grid[header + 1 :] if any(is_day(text) for text in row)]
    return [
        Values(heading, [row[place] if place < len(row) else "" for row in lines])
        for place, heading in enumerate(grid[header])
    ]


def _liking(columns: Sequence[Values], known: Known) -> dict[str, dict[int, int]]:
    """Column → place → 3 for a heading that some layout has for it, 1 for one that sounds like it, −2 like another.

    A column of known words of direction is as good as one whose heading sounds so.
    """
    liking: dict[str, dict[int, int]] = {}
    for place, column in enumerate(columns):
        forms = _forms(column.heading)
        sounds = squeezed(column.heading)
        for name in {*known.headers, *known.hints}:
            if not forms.isdisjoint(known.headers.get(name, frozenset())):
                liking.setdefault(name, {})[place] = 3
            elif any(hint in sounds for hint in known.hints.get(name, ())):
                against = any(hint in sounds for hint in known.not_hints.get(name, ()))
                liking.setdefault(name, {})[place] = -2 if against else 1
        if column.words and all(joined(word) in known.flags for word in column.words):
            liking.setdefault("direction_text", {}).setdefault(place, 1)
    return liking


def _plain_roles(columns: Sequence[Values], known: Known) -> Iterator[tuple[str, int]]:
    """The columns that are no money: first what headings say and values bear out, then what values alone tell."""
    liking, used = _liking(columns, known), set[int]()
    wanted = [*_DAYS, "serial_no", *_PARTIES, "counterparty_account_no", "account_no", "counterparty_name"]
    for name in wanted:
        fitting = [
            (worth, -place) for place, worth in liking.get(name, {}).items()
            if worth > 0 and place not in used and _bears_out(name, columns[place])
        ]  # fmt: skip
        if name == "transacted_on" and not fitting:
            fitting = [(0, -place) for place, column in enumerate(columns) if column.are_days]
        if fitting:
            place = -max(fitting)[1]
            used.add(place)
            yield name, place


def _bears_out(name: str, column: Values) -> bool:
    if name in _DAYS:
        return column.are_days or not column.texts
    if name.endswith("account_no"):
        return not column.filled or any(map(is_account, column.filled))
    if name == "serial_no":
        return not column.are_days
    return not (column.are_amounts or column.are_days or column.are_accounts)


def _money(columns: Sequence[Values], roles: Mapping[str, int], known: Known) -> tuple[Way, Balances] | None:
    """Every column that holds amounts, or whose heading says that it would, is tried in every part."""
    liking: Liking = _liking(columns, known)
    said = {place for name in MONEY for place, worth in liking.get(name, {}).items() if worth > 0}
    free = [place for place in range(len(columns)) if place not in roles.values()]
    money = [
        place for place in free
        if (columns[place].are_amounts or (place in said and (columns[place].are_numbers or not columns[place].filled)))
    ]  # fmt: skip
    flags = {place: flag_words(columns[place].words, known.flags) for place in free if place not in money}
    account = columns[roles["account_no"]].texts if "account_no" in roles else [""] * len(columns[0].texts)
    return best_way(columns, sorted(money, key=lambda place: place not in said)[:_MOST_MONEY], flags, account, liking)


def _made(
    grid: Grid,
    header: int,
    columns: Sequence[Values],
    roles: Mapping[str, int],
    way: Way,
    balances: Balances,
    known: Known,
) -> Proposal:
    liking = _liking(columns, known)
    headings = {name: columns[place].heading for name, place in roles.items()}
    left = [place for place, column in enumerate(columns) if column.heading and place not in roles.values()]
    both = next((place for place in left if columns[place].parting_sign), None)
    memo = [place for place in left if liking.get("memo", {}).get(place, 0) > 0 and place != both]
    ignored = [columns[place].heading for place in left if place not in memo and place != both]
    split = (columns[both].heading, columns[both].parting_sign or "/") if both is not None else None
    if split:
        headings = {name: text for name, text in headings.items() if not name.startswith("counterparty_")}
    guessed = [name for name, place in roles.items() if liking.get(name, {}).get(place, 0) < 1]
    return Proposal(
        header, headings, tuple(columns[place].heading for place in memo), tuple(ignored), way.direction, way.words,
        _above(grid[:header], known), _totals(grid, header, known), split, balances, tuple(guessed),
    )  # fmt: skip


def _pairs(rows: Grid) -> Iterator[tuple[str, str]]:
    """键：值 of the lines above, or a key and what stands in the next cell."""
    for row in rows:
        texts = [text for text in row if text]
        for place, text in enumerate(texts):
            following = texts[place + 1] if place + 1 < len(texts) else ""
            pairs = _KEY.findall(text)
            yield from ((key, value or following) for key, value in pairs)
            if not pairs:
                yield without_brackets(text).strip(), following


def _above(rows: Grid, known: Known) -> dict[str, tuple[str, ...]]:
    """Keys that layouts know, and an account under a key that none knows."""
    found: dict[str, list[str]] = {}
    for key, value in _pairs(rows):
        for name, keys in known.keys.items():
            if squeezed(key) in keys:
                found.setdefault(name, []).append(key)
        if is_account(value) and not is_day(value) and squeezed(key) not in known.total_keys:
            found.setdefault("account_no", []).append(key)
    return {name: tuple(dict.fromkeys(keys)) for name, keys in found.items()}


def _totals(grid: Grid, header: int, known: Known) -> dict[str, object]:
    """Where the statement says what its lines add up to, in one of the ways that a layout can tell."""
    foot = [row for row in grid[header + 1 :] if not any(is_day(text) for text in row)]
    made: dict[str, object] = {}
    first = [next((text for text in row if text), "") for row in foot]
    if sums := [text for text in first if squeezed(text) in known.sum_rows]:
        made["rows"] = list(dict.fromkeys(sums))
    text = " ".join(cell for row in foot for cell in row if cell)
    told = {side: _between(text, words) for side, words in known.sides.items()}
    sides = {side: word for side, word in told.items() if word}
    keys: dict[str, list[str]] = {}
    for key, _ in _pairs([*grid[:header], *foot]):
        if squeezed(key) in known.total_keys:
            keys.setdefault(known.total_keys[squeezed(key)], []).append(key)
    return made | ({"sides": sides} if sides else {}) | ({"keys": keys} if keys else {})


def _between(text: str, words: Sequence[str]) -> str | None:
    """The word of a side, where it stands between a count and a sum: 5 收 91,007,497.02."""
    return next((word for word in words if re.search(rf"\d\s*笔?\s*{word}\s*[\d,]+\.\d\d", text)), None)
