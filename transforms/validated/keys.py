"""Keyed hashes instead of personal numbers: same number, same key, in every table of a workspace."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from transforms.validated.identities import lifted
from transforms.words import half_width

KEY_DIGITS = 16
_SHORTEST_ACCOUNT = 5  # fewer visible digits name no account


@dataclass(frozen=True)
class Keys:
    """HMAC-SHA256 under the workspace's household key, first 16 hex digits."""

    secret: bytes
    _known: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def of(self, text: str) -> str:
        """The key of a text."""
        known = self._known.get(text)
        if known is None:
            known = hmac.digest(self.secret, text.encode(), "sha256").hex()[:KEY_DIGITS]
            self._known[text] = known
        return known

    def person(self, id_number: str | None) -> str | None:
        """The key of a person: of the 18-digit number, 15 digits lifted."""
        return self.of(lifted(id_number)) if id_number else None

    def digits(self, number: str | None) -> str | None:
        """The key of a card or account: of its digits. None where the bank hid some (****)."""
        if not number or "*" in number:
            return None
        plain = "".join(sign for sign in number if sign.isdecimal())
        return self.of(plain) if len(plain) >= _SHORTEST_ACCOUNT else None

    def name(self, name: str | None) -> str | None:
        """The key of a name, however it was spaced."""
        plain = "".join(half_width(name).split()) if name else ""
        return self.of(plain) if plain else None
