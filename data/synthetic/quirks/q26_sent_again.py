"""The same workbook comes again and again: re-sorted, longer each time, now and then a copy under another name."""

from dataclasses import replace
from datetime import date

from data.synthetic.paper.document import Document, Form, Page
from data.synthetic.paper.table import Row
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation, Payment, Visit

SENT_AFTER = ((6, 30), (10, 31))  # before the whole year's
COPY = "（副本）"


def send(federation: Federation, documents: list[Document]) -> None:
    """The inbox holds the last version, and a copy of it."""
    last = _lists_of_the_year(federation, documents)
    if last is not None:
        documents.append(replace(last, stem=last.stem + COPY))


def sent_before(federation: Federation, documents: list[Document]) -> list[list[Document]]:
    """The versions of summer and autumn: what had been paid by then, in another order each time."""
    last = _lists_of_the_year(federation, documents)
    if last is None:
        return []
    days = [date(federation.year, *day) for day in SENT_AFTER]
    return [[replace(last, pages=_pages(last, day, backwards=place % 2 == 0))] for place, day in enumerate(days)]


def _lists_of_the_year(federation: Federation, documents: list[Document]) -> Document | None:
    """The longest workbook of lists that a county sends for the sample year."""
    city, ending = federation.units[0].name, f"_{federation.year}年"
    books = [
        document
        for document in documents
        if document.folder != city and document.format != "csv" and document.stem.endswith(ending)
        if any(page.kind == "rosters" for page in document.pages)
    ]
    return max(books, key=lambda book: sum(len(page.lines) for page in book.pages), default=None)


def _pages(last: Document, until: date, *, backwards: bool) -> list[Page]:
    pages: list[Page] = []
    for page in last.pages:
        if isinstance(page, Form):
            rows = _so_far(page.table.rows, until)
            if rows:
                pages.append(Form(replace(page.table, rows=rows[::-1] if backwards else rows), page.style))
    return pages[::-1] if backwards else pages


def _so_far(rows: list[Row], until: date) -> list[Row]:
    """What had happened by then; the last line of the newest list was still to be written."""
    found = [row for row in rows if _day(row) <= until]
    newest = [row for row in found if _day(row) == max(_day(one) for one in found)]
    return [row for row in found if row is not newest[-1]] if len(newest) > 1 else found


def _day(row: Row) -> date:
    """When the thing happened that the row writes down."""
    if isinstance(row.of, Visit):
        return row.of.visited_on
    assert isinstance(row.of, Payment)
    return row.of.batch.pay_on


QUIRK = Quirk("q26", "同一工作簿每月重排、续报、再报", send=send, sent_before=sent_before)
