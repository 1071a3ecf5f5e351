"""Which days a statement says it covers."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from transforms.parsed.context import Above, Place
from transforms.words import half_width, squeezed

Period = tuple[dt.date, dt.date]

_TO = r"\s*(?:-{1,2}|~|—+|–|至|到)\s*"
_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s*\d{1,2}:\d{1,2}(?::\d{1,2})?)?"
_DAYS = re.compile(rf"(?<!\d){_DAY}{_TO}{_DAY}(?!\d)")
_COMPACT_DAYS = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})[-_~—至到]{1,2}(\d{4})(\d{2})(\d{2})(?!\d)")
_MONTHS_OF_YEAR = re.compile(rf"(?<!\d)(\d{{4}})\s*年\s*(\d{{1,2}})\s*月?{_TO}(\d{{1,2}})\s*月")
_MONTHS = re.compile(
    rf"(?<!\d)(\d{{4}})\s*[-.年]?\s*(\d{{1,2}})\s*月?{_TO}(\d{{4}})\s*[-.年]?\s*(\d{{1,2}})(?!\d)\s*月?"
)
_MONTH = re.compile(
    r"(?<!\d)(\d{4})\s*(?:年\s*(\d{1,2})\s*月(?!\s*\d{1,2}\s*[日号])|[-.](\d{2})(?![\d.-])|(\d{2})(?!\d))"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年度?(?!\s*\d)")
_ALL = (_COMPACT_DAYS, _DAYS, _MONTHS_OF_YEAR, _MONTHS)


def period_in(text: str) -> Period | None:
    """The period that a text names: two days, months of one year, two months, a month, a year."""
    plain = half_width(text)
    try:
        return _period(plain)
    except ValueError:  # 2021年13月 is no period
        return None


def _period(plain: str) -> Period | None:
    for form in (_COMPACT_DAYS, _DAYS):
        if found := form.search(plain):
            first, last = (dt.date(*map(int, found.groups()[part : part + 3])) for part in (0, 3))
            return (first, last) if first <= last else None
    if found := _MONTHS_OF_YEAR.search(plain):
        return _span(int(found[1]), int(found[2]), int(found[1]), int(found[3]))
    if found := _MONTHS.search(plain):
        return _span(*map(int, found.groups()))
    if found := _MONTH.search(plain):
        month = int(found[2] or found[3] or found[4])
        return _span(int(found[1]), month, int(found[1]), month)
    if found := _YEAR.search(plain):
        return _span(int(found[1]), 1, int(found[1]), 12)
    return None


def _span(first_year: int, first_month: int, last_year: int, last_month: int) -> Period | None:
    first = dt.date(first_year, first_month, 1)
    last = dt.date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return (first, last) if first <= last and first_year > 1900 else None


def without_periods(text: str) -> str:
    """A name without the periods in it, so that their digits are no account number."""
    for form in _ALL:
        text = form.sub(" ", text)
    return text


def stated_period(lines: Above, keys: tuple[str, ...], sheet: str, place: Place) -> Period | None:
    """The period that a statement states: in the cells above its header, else in its sheet's name, else its file's."""
    wanted = {squeezed(key) for key in keys}
    values = [value for key, value in lines.pairs if squeezed(key) in wanted]
    texts = [*values, " - ".join(values), lines.title, sheet, place.stem]
    return next((period for text in texts if text and (period := period_in(text))), None)
