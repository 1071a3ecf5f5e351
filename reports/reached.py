"""Which cut-offs are reached. As-of is the last day on which anything was booked; statements may reach further."""

from collections.abc import Iterator
from datetime import date

from reports.figures import Figures, Row, Rows


def reaching(figures: Figures, known_until: date | None) -> Figures:
    """The same rows; a cut-off or month end up to `known_until` counts as reached though nothing was booked at its end.

    `known_until`: the last day that the received statements cover, or the latest sealed cut-off; None = as-of.
    """
    if known_until is None:
        return figures
    return {name: _rows(rows, known_until) for name, rows in figures.items()}


def _rows(rows: Rows, until: date) -> Rows:
    return [{**row, **dict(_mended(row, until))} for row in rows]


def _mended(row: Row, until: date) -> Iterator[tuple[str, bool]]:
    for flag, day, when_known in (("is_reached", "cutoff_on", True), ("is_future", "month_end_on", False)):
        on = row.get(day)
        if flag in row and isinstance(on, date) and on <= until:
            yield flag, when_known
