"""Dates as people and spreadsheets write them → calendar days; budget years → whole numbers."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from transforms.validated.unreadable import UnreadableError
from transforms.words import half_width

_TIME = r"(?:[T\s-]*\d{1,2}[:.时]\d{1,2}(?:[:.分]\d{1,2}(?:[.,]\d+)?秒?)?)?"
_FORMS = (
    re.compile(rf"^(\d{{4}})\s*([-/.])\s*(\d{{1,2}})\s*\2\s*(\d{{1,2}}){_TIME}$"),
    re.compile(rf"^(\d{{4}})\s*年()\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]{_TIME}$"),
    re.compile(rf"^(\d{{4}})()(\d{{2}})(\d{{2}})(?:\d{{6}}|{_TIME})$"),
)
_NUMERALS = "〇一二三四五六七八九"
_IN_NUMERALS = re.compile(rf"^([{_NUMERALS}零○]{{4}})年([{_NUMERALS}十]{{1,2}})月([{_NUMERALS}十]{{1,3}})[日号]$")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_YEAR = re.compile(r"^((?:19|20)\d\d)(?:\.0+)?\s*(?:年度?)?$")
_EPOCHS = {1900: dt.date(1899, 12, 30), 1904: dt.date(1904, 1, 1)}
YEARS = range(1900, 2101)


@lru_cache(maxsize=65536)
def day(text: str, epoch: int = 1900, serials: tuple[int, int] = (18264, 73051)) -> dt.date:
    """The calendar day of a text, with or without a time: 2021-12-03, 2021.12.3, 2021/12/3, 2021年12月3日,
    二〇二一年十二月三日, 20211203, and the serial numbers of both spreadsheet systems (`epoch`), as long as they lie
    within `serials`.
    """
    plain = half_width(text).strip()
    for form in _FORMS:
        found = form.match(plain)
        if found:
            return _date(int(found[1]), int(found[3]), int(found[4]))
    if found := _IN_NUMERALS.match("".join(plain.split())):
        return _date(*(_number(numeral) for numeral in found.groups()))
    if _SERIAL.match(plain):
        number = int(plain.partition(".")[0])
        if serials[0] <= number <= serials[1]:
            return _EPOCHS[epoch] + dt.timedelta(days=number)
    raise UnreadableError("日期")


def _number(numeral: str) -> int:
    """二〇二一: digit by digit; 十二, 三十一: with tens. An empty place beside 十 is one ten, no units."""
    digits = [_NUMERALS.find(sign) for sign in numeral.translate(str.maketrans("零○", "〇〇")).replace("十", "")]
    if "十" not in numeral:
        return int("".join(map(str, digits)))
    tens, _, units = numeral.partition("十")
    return (digits[0] if tens else 1) * 10 + (digits[-1] if units else 0)


def _date(year: int, month: int, day_of_month: int) -> dt.date:
    if year not in YEARS:
        raise UnreadableError("日期")
    try:
        return dt.date(year, month, day_of_month)
    except ValueError:
        raise UnreadableError("存在的日期") from None


@lru_cache(maxsize=4096)
def year(text: str) -> int:
    """A year: 2021, 2021年, 2021年度."""
    found = _YEAR.match(half_width(text).strip())
    if not found:
        raise UnreadableError("年度")
    return int(found[1])
