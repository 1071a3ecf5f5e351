"""一户一次, kept from the start: which household is visited in which window."""

import random

from data.synthetic.records import Household

REGULAR_SHARE = 0.31  # households visited outside the two festivals; the others are kept for 两节, none has both


class WarmthRegister:
    """Hands out households for visits, each at most once a window, and never in both groups of campaigns."""

    def __init__(self, by_unit: dict[str, list[Household]], chance: random.Random) -> None:
        self.free: dict[tuple[str, str], list[Household]] = {}
        for code, households in by_unit.items():
            shuffled = households[:]
            chance.shuffle(shuffled)
            cut = round(len(shuffled) * REGULAR_SHARE)
            self.free[code, "regular_warmth"] = shuffled[:cut]
            # two seasons of 两节 touch the sample year: the same households may be visited in both
            self.free[code, "before"] = shuffled[cut:]
            self.free[code, "two_festivals"] = shuffled[: cut - 1 : -1] if cut else shuffled[::-1]

    def visit(self, code: str, campaign: str, programme: str, count: int) -> list[Household]:
        """Up to `count` households that nobody has visited in this window."""
        window = "before" if programme == "pool_before" else campaign
        free = self.free[code, window]
        taken, self.free[code, window] = free[:count], free[count:]
        return taken
