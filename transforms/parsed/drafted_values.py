"""What the cells of a column look like: days, amounts, accounts, words of direction. For proposals only; reading has
its own, stricter functions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from transforms.words import half_width

_DAY = re.compile(
    r"^(?:19|20)\d\d\s*([-/.年]?)\s*(?:0?[1-9]|1[0-2])\s*(?:\1|月)\s*(?:0?[1-9]|[12]\d|3[01])\s*日?(?!\d)"
)
_COMPACT = re.compile(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\D.*|\d{6})?$")
_AMOUNT = re.compile(r"^[+-]?[￥¥]?[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,2})?$")
_ACCOUNT = re.compile(r"^(?=(?:\D*\d){4})[\d*Xx-]{9,30}$")
_BOTH = re.compile(r"^[\d*-]{5,}\s*([/／|_ ])\s*[^\d*\s]")
NOTHING = frozenset({"", "-", "--", "---", "—", "——", "/"})
_MOSTLY = 0.8


def is_day(text: str) -> bool:
    """A calendar day, with or without a time behind it."""
    return bool(_COMPACT.match(text) if text[:8].isdecimal() else _DAY.match(text))


def amount(text: str) -> Decimal | None:
    """An amount exactly as it is written, None for what is none or nothing."""
    plain = half_width(text).replace(" ", "").translate({0x2212: "-", 0xA5: None, 0xFFE5: None})
    return Decimal(plain.replace(",", "")) if _AMOUNT.match(plain) else None


def is_account(text: str) -> bool:
    """An account or card, some digits of which the bank may have hidden."""
    return bool(_ACCOUNT.match("".join(text.split())))


@dataclass(frozen=True)
class Values:
    """The cells of one column under its heading, '' where nothing stands."""

    heading: str
    texts: Sequence[str]

    @cached_property
    def filled(self) -> list[str]:
        return [text for text in self.texts if text not in NOTHING]

    @cached_property
    def amounts(self) -> list[Decimal | None]:
        return [amount(text) for text in self.texts]

    @property
    def are_days(self) -> bool:
        return self._mostly([is_day(text) for text in self.filled])

    @property
    def are_accounts(self) -> bool:
        return self._mostly([is_account(text) for text in self.filled])

    @cached_property
    def are_amounts(self) -> bool:
        """Numbers, some of them written as money is: with a point or with commas."""
        numbers = [amount(text) is not None for text in self.filled]
        return self._mostly(numbers) and any("." in text or "," in text for text in self.filled)

    @property
    def are_numbers(self) -> bool:
        return self._mostly([amount(text) is not None for text in self.filled])

    @property
    def has_minus(self) -> bool:
        return any(number is not None and number < 0 for number in self.amounts)

    @property
    def is_one(self) -> bool:
        """The same in every row."""
        return len(set(self.filled)) == 1

    @property
    def words(self) -> frozenset[str]:
        """What stands in it, where that is one of a few words: a flag."""
        found = frozenset(self.filled)
        return found if 0 < len(found) <= 4 and all(len(word) <= 6 for word in found) else frozenset()

    @property
    def parting_sign(self) -> str | None:
        """The sign between an account and a name in one cell."""
        signs = [match[1] for text in self.filled if (match := _BOTH.match(text))]
        return half_width(signs[0]) if signs and 2 * len(signs) > len(self.filled) else None

    def _mostly(self, answers: Sequence[bool]) -> bool:
        return bool(answers) and sum(answers) >= _MOSTLY * len(answers)
