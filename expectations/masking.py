"""Hiding personal data in what others read: names, ID numbers, cards, accounts, phones (domain.md 10.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Mask = Literal["none", "name", "id", "card", "text"]

_ID = re.compile(
    r"(?<!\d)(?:\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx]|\d{8}(?:0[1-9]|1[0-2])[0-3]\d{4})(?![\dXx])"
)
_LONG_NUMBER = re.compile(r"(?<!\d)\d{15,30}[\dXx]?(?!\d)")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def mask_name(text: str) -> str:
    """张三 → 张**, whatever its length: the number of characters is told by nothing."""
    stripped = text.strip()
    return f"{stripped[0]}**" if stripped else ""


def mask_id(text: str) -> str:
    """Two characters, stars, three characters; a text too short for that, or damaged, stars only."""
    stripped = text.strip()
    if len(stripped) < 8:
        return "*" * len(stripped)
    return f"{stripped[:2]}{'*' * (len(stripped) - 5)}{stripped[-3:]}"


def mask_card(text: str) -> str:
    """The last four characters of a card or account."""
    digits = re.sub(r"[\s-]", "", text)
    return f"****{digits[-4:]}" if len(digits) > 4 else "*" * len(digits)


def mask_phone(text: str) -> str:
    """138****1234."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 7 else "*" * len(text)


def mask_text(text: str, names: Iterable[str] = ()) -> str:
    """Free text, a file or a sheet name: ID numbers, long numbers, phones, and the names that the caller knows."""
    masked = _ID.sub(lambda found: mask_id(found[0]), text)
    masked = _LONG_NUMBER.sub(lambda found: mask_card(found[0]), masked)
    masked = _PHONE.sub(lambda found: mask_phone(found[0]), masked)
    for name in sorted({name.strip() for name in names if len(name.strip()) > 1}, key=lambda name: (-len(name), name)):
        masked = masked.replace(name, mask_name(name))
    return masked


def mask_value(text: str, mask: Mask) -> str:
    """A value as its field says that it is masked; names that stand in a text are the caller's to know (mask_text)."""
    if mask == "name":
        return mask_name(text)
    if mask == "id":
        return mask_id(text)
    if mask == "card":
        return mask_card(text)
    return mask_text(text)
