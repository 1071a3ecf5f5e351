"""The names of people that were received, so that they can be hidden in what others read: file names, sentences."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from expectations.masking import Mask, mask_text, mask_value
from flows.edges.warehouse import Warehouse

_NAMES_IN = {
    "households": ("name", "card_holder"),
    "members": ("name",),
    "rosters": ("name", "student_name", "card_holder"),
    "payouts": ("payee_name",),
}
_VISITED = "SELECT name FROM validated.visits WHERE object_type IS DISTINCT FROM 'collective'"
_LONGEST_NAME = 4


def known_names(warehouse: Warehouse) -> frozenset[str]:
    """Everybody's name in anything received: none of them may stand in a file name or a message."""
    columns = [f'SELECT "{name}" FROM validated.{kind}' for kind, fields in _NAMES_IN.items() for name in fields]
    found = (name.strip() for (name,) in warehouse.rows(" UNION ".join([*columns, _VISITED])) if name)
    return frozenset(name for name in found if _is_person(name))


def masked(text: str, mask: Mask, names: frozenset[str]) -> str:
    """A value as its field says that it is masked; in a text also the known names."""
    return mask_text(text, _names_in(text, names)) if mask == "text" else mask_value(text, mask)


def _names_in(text: str, names: frozenset[str]) -> Iterable[str]:
    """The known names that stand in a text, looked up piece by piece: there are more names than pieces."""
    pieces = {text[start : start + length] for length in _lengths(names) for start in range(len(text) - length + 1)}
    return pieces & names


@lru_cache(maxsize=1)
def _lengths(names: frozenset[str]) -> tuple[int, ...]:
    return tuple(sorted({len(name) for name in names}))


def _is_person(name: str) -> bool:
    """Two to four characters, or 名·姓: what is longer is a unit that was paid, and its name may be read."""
    return 1 < len(name) <= _LONGEST_NAME or "·" in name
