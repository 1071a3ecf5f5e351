"""How large the sample is, and where its chance comes from."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """The arguments that decide what happened (noise decides only how the files look)."""

    households: int
    seed: int
    year: int
    units: int
    payments: int

    def __post_init__(self) -> None:
        """Refuse what cannot be told as this story."""
        if self.households < 4 * self.units:
            raise ValueError(f"{self.households} households are too few for {self.units} units: at least 4 a unit")
        if self.units < 2:
            raise ValueError("units: the city and at least one more")
        if self.payments < 60:
            raise ValueError(f"{self.payments} payments are too few for a year: at least 60")

    def chance(self, topic: str) -> random.Random:
        """A stream of chance of its own for each topic, so that one part does not disturb another."""
        return random.Random(f"{self.seed}/{self.year}/{self.households}/{self.units}/{self.payments}/{topic}")

    def scaled_fen(self, yuan: int, households: int) -> int:
        """An amount told for `households`, for this many; whole 100 yuan, in fen."""
        return (yuan * self.households * 2 + 100 * households) // (200 * households) * 10_000


def apportion(total: int, weights: list[int]) -> list[int]:
    """`total` in whole parts by weight; the largest remainders get what is left, the first of equals first."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
