"""Keyed hashes instead of personal numbers: same number, same key, in every table of a workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from transforms.validated.identities import lifted
from transforms.words import half_width

KeyKind = Literal["person", "digits", "name"]

KEY_BYTES = 8
_SHORTEST_ACCOUNT = 5  # fewer visible digits name no account
# Texts of which the key is that of the text itself: there is nothing to tidy.
PLAIN_FORMS: Mapping[KeyKind, str] = {
    "person": "^[0-9]{17}[0-9X]$",
    "digits": f"^[0-9]{{{_SHORTEST_ACCOUNT},}}$",
    "name": r"^[\x{4E00}-\x{9FFF}]+$",
}


@dataclass(frozen=True)
class Keys:
    """BLAKE2b, keyed with the workspace's household key (at most 64 bytes), 16 hex digits."""

    secret: bytes

    def of(self, text: str) -> str:
        """The key of a text."""
        return blake2b(text.encode(), key=self.secret, digest_size=KEY_BYTES).hexdigest()

    def of_each(self, texts: Sequence[str]) -> list[str]:
        """The keys of many texts."""
        begun, made = blake2b(key=self.secret, digest_size=KEY_BYTES).copy, []  # a third sooner than each from nothing
        for text in texts:
            hashed = begun()
            hashed.update(text.encode())
            made.append(hashed.hexdigest())
        return made

    def person(self, id_number: str | None) -> str | None:
        """The key of a person: of the 18-digit number, 15 digits lifted."""
        return self.of(lifted(id_number)) if id_number else None

    def digits(self, number: str | None) -> str | None:
        """The key of a card or account: of its digits. None where the bank hid some (****)."""
        if not number or "*" in number:
            return None
        plain = number if number.isdecimal() else "".join(sign for sign in number if sign.isdecimal())
        return self.of(plain) if len(plain) >= _SHORTEST_ACCOUNT else None

    def name(self, name: str | None) -> str | None:
        """The key of a name, however it was spaced."""
        plain = "".join(half_width(name).split()) if name else ""
        return self.of(plain) if plain else None
