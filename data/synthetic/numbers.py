"""Numbers that pass every check and belong to nobody: ID numbers, cards, accounts, telephones."""

import random
from collections.abc import Callable
from datetime import date, timedelta

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Numbers:
    """Draws numbers and never gives one twice."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.given: set[str] = set()

    def _new(self, draw: Callable[[], str]) -> str:
        while (number := draw()) in self.given:
            pass
        self.given.add(number)
        return number

    def id_number(self, region_code: str, born_on: date, is_male: bool) -> str:
        """18 characters, GB 11643: region, birth date, sequence (odd: male), check character."""

        def draw() -> str:
            sequence = self.chance.randrange(0, 500) * 2 + (1 if is_male else 0)
            body = f"{region_code}{born_on:%Y%m%d}{sequence:03d}"
            return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, ID_WEIGHTS, strict=True)) % 11]

        return self._new(draw)

    def card(self, bin_digits: str) -> str:
        """19 digits that pass Luhn; no tail of zeros, which would look like digits lost in Excel."""

        def draw() -> str:
            while True:
                body = bin_digits + "".join(self.chance.choices("0123456789", k=18 - len(bin_digits)))
                number = body + luhn_digit(body)
                if not number.endswith("00"):
                    return number

        return self._new(draw)

    def account(self, head: str, length: int) -> str:
        """A corporate account number: digits after a fixed head, no check digit."""
        return self._new(lambda: head + "".join(self.chance.choices("123456789", k=length - len(head))))

    def phone(self) -> str:
        """139000 and five digits: no subscriber's number."""
        return f"139000{self.chance.randrange(100_000):05d}"

    def day_between(self, first: date, last: date) -> date:
        """Any day of the span."""
        return first + timedelta(days=self.chance.randrange((last - first).days + 1))


def luhn_digit(body: str) -> str:
    """The digit that makes `body` + digit pass Luhn."""
    doubled = [int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(body))]
    return str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)
