"""Amounts as people write them → yuan with two places, as text. The point is moved in the text; nothing is rounded."""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.validated.unreadable import UnreadableError
from transforms.words import half_width

_AMOUNT = re.compile(
    r"""^(?P<open>\()?
    (?P<sign>[+-]?)
    (?:人民币|RMB|CNY)?¥?
    (?P<inner>[+-]?)
    (?P<whole>\d{1,3}(?:,\d{3})+|\d+)?
    (?:\.(?P<part>\d*))?
    (?P<unit>万元?|元|圆)?整?
    (?P<close>\))?$""",
    re.VERBOSE | re.IGNORECASE,
)
_DASHES = str.maketrans({"−": "-", "–": "-", "￥": "¥", "．": "."})
_WHOLE_DIGITS = 16  # DECIMAL(18,2)


@lru_cache(maxsize=65536)
def yuan(text: str, places: int = 0) -> str:
    """An amount in yuan with exactly two places. `places`: how far the point moves if the cell names no unit (万元: 4).

    Thousands separators, ￥, 元, 万元, full-width digits, spaces, brackets for negative. An amount that is not
    whole fen is unreadable, never rounded.
    """
    plain = "".join(half_width(text).translate(_DASHES).split())
    found = _AMOUNT.match(plain)
    if not found or bool(found["open"]) != bool(found["close"]) or not (found["whole"] or found["part"]):
        raise UnreadableError("金额")
    if found["sign"] and found["inner"]:
        raise UnreadableError("金额")
    if found["unit"]:
        places = 4 if found["unit"].startswith("万") else 0
    return _canonical(
        whole=(found["whole"] or "0").replace(",", ""),
        part=found["part"] or "",
        places=places,
        is_negative=bool(found["open"]) != ("-" in (found["sign"], found["inner"])),
    )


def _canonical(*, whole: str, part: str, places: int, is_negative: bool) -> str:
    digits = part.ljust(places + 2, "0")
    if digits[places + 2 :].strip("0"):
        raise UnreadableError("整分的金额")
    whole = (whole + digits[:places]).lstrip("0") or "0"
    if len(whole) > _WHOLE_DIGITS:
        raise UnreadableError("金额（位数过多）")
    amount = f"{whole}.{digits[places : places + 2]}"
    return f"-{amount}" if is_negative and amount != "0.00" else amount
