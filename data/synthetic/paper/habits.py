"""The habits of a sender, read from `story/habits.yaml`."""

from dataclasses import dataclass, field, fields
from typing import Any

from data.synthetic.knowledge import story


@dataclass(frozen=True, slots=True)
class Style:
    """How a sender writes one kind of table."""

    format: str = "xlsx"
    title: bool = False
    lines: list[str] = field(default_factory=list)
    lift: dict[str, str] = field(default_factory=dict)
    rename: dict[str, str] = field(default_factory=dict)
    front: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wan: list[str] = field(default_factory=list)
    wan_heading: list[str] = field(default_factory=list)
    money: str = "number"
    dates: str = "iso"
    total: bool = False
    notes: bool = False
    padding: bool = False
    drop_empty: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """A sender's profile."""

    wording: int
    sheets: str
    is_one_book: bool  # payout results and visits stand in the lists' workbook
    told: dict[str, Any]

    def style(self, kind: str) -> Style:
        """The style of a kind: what holds for all, and the kind's own on top."""
        told = {**self.told.get("all", {}), **self.told.get(kind, {})}
        known = {one.name for one in fields(Style)}
        if unknown := set(told) - known:
            raise ValueError(f"habits.yaml: unknown {sorted(unknown)}")
        return Style(**told)

    def word(self, domain: str, code: str) -> str:
        """The sender's word for a code."""
        words: list[str] = story("words")[domain][code]
        return words[self.wording % len(words)]


def habits_of(place: int, noise: int, own: str = "") -> Habits:
    """The habits of the n-th unit; the city is 0. `own`: a profile that the unit keeps at every noise."""
    told = story("habits")
    turn = told["by_noise"][noise]
    name = own or (turn["city"] if place == 0 else turn["units"][(place - 1) % len(turn["units"])])
    profile = told["plain"] if name == "plain" else told["profiles"][name]
    return Habits(profile["wording"], profile["sheets"], profile.get("one_book", False), profile)
