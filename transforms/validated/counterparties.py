"""One cell that holds two columns of the contract, such as 对方账号与户名, taken apart as its layout says."""

from __future__ import annotations

import re

from transforms.columns import Split

_ACCOUNT = re.compile(r"^[\dXx*\-]*[\d*]{4}[\dXx*\-]*$")
_FULL_WIDTH = 0xFEE0  # from a sign to its full-width form


def parted(text: str, split: Split) -> dict[str, str]:
    """Column → its part of the cell, '' where the cell does not tell it. Only the first sign parts: names have some.

    A cell without the sign holds one of the two: digits and asterisks are an account, all else is the other column.
    """
    first, second = split.into
    parts = re.split(f"[{re.escape(split.by)}{chr(ord(split.by) + _FULL_WIDTH)}]", text.strip(), maxsplit=1)
    if len(parts) == 2:
        return {first: parts[0].strip(), second: parts[1].strip()}
    account, other = (first, second) if first.endswith("account_no") else (second, first)
    alone = account if _ACCOUNT.match("".join(text.split())) else other
    return {first: "", second: "", alone: text.strip()}
