"""All papers of a delivery, and where a record stands on them: file, sheet, row, column (contract 11.6)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data.synthetic.paper.document import Document, Form, Page
from data.synthetic.paper.statements import Entry, Statement
from data.synthetic.paper.table import Row, Table
from data.synthetic.paper.write import sheet_names


@dataclass(frozen=True, slots=True)
class Address:
    """What a finding names; '' where it names nothing. `sheet` is '' for csv."""

    file: str = ""
    sheet: str = ""
    row_no: str = ""
    column_name: str = ""


@dataclass(slots=True)
class Spot:
    """A line on paper: a row of a form, or an entry of a statement."""

    document: Document
    page: Page
    line: object

    @property
    def row(self) -> Row:
        """The row of a form, to be edited in place."""
        assert isinstance(self.line, Row)
        return self.line

    @property
    def table(self) -> Table:
        """The form that the row stands in."""
        assert isinstance(self.page, Form)
        return self.page.table

    @property
    def entry(self) -> Entry:
        """The entry of a statement; edit `shown`."""
        assert isinstance(self.line, Entry)
        return self.line

    @property
    def statement(self) -> Statement:
        """The statement that the entry stands in."""
        assert isinstance(self.page, Statement)
        return self.page

    def take_out(self) -> None:
        """Leave the line out of its page."""
        found = self.statement.entries if isinstance(self.page, Statement) else self.table.rows
        del found[next(n for n, one in enumerate(found) if one is self.line)]

    def address(self, column: str | None = None) -> Address:
        """Of the line, or of one of its cells; `column` by the form's own name, for statements the bank's.

        A column that the sheet has not (its title says it for all rows) is called by the form's name.
        """
        sheet = self.page.sheet()
        place = next(n for n, one in enumerate(self.page.lines) if one is self.line)
        heading = sheet.headings.get(column, column) if column else ""
        page = page_address(self.document, self.page)
        return Address(page.file, page.sheet, str(sheet.body_at + place + 1), heading)


class Papers:
    """The documents of a delivery."""

    def __init__(self, documents: list[Document]) -> None:
        self.documents = documents

    def spots(self, kind: str) -> Iterator[Spot]:
        """Every line of a kind, in the order of the papers."""
        for document in self.documents:
            for page in document.pages:
                if page.kind == kind:
                    yield from (Spot(document, page, line) for line in page.lines)

    def find(self, kind: str, record: object) -> Spot:
        """The first line that writes down this record; LookupError where there is none."""
        for spot in self.spots(kind):
            if getattr(spot.line, "of") is record:  # noqa: B009 every line has it: rows and entries alike
                return spot
        raise LookupError(f"no line of {kind} writes down {record!r:.80}")

    def line(self, line: object) -> Spot:
        """The spot of a row or entry that one holds already."""
        for document in self.documents:
            for page in document.pages:
                if any(one is line for one in page.lines):
                    return Spot(document, page, line)
        raise LookupError("the line stands on none of these papers")


Where = Callable[[Papers], Address]  # asked when all papers are final: other faults may move rows


def page_address(document: Document, page: Page) -> Address:
    """File and sheet."""
    if document.format == "csv":
        return Address(document.path)
    place = next(n for n, one in enumerate(document.pages) if one is page)
    return Address(document.path, sheet_names(document.sheets())[place])


def nowhere(papers: Papers) -> Address:
    """A finding on an account, a notice, a household: no file at all."""
    return Address()


def cell(kind: str, record: object, column: str) -> Where:
    """A cell of the row that writes down this record."""
    return lambda papers: papers.find(kind, record).address(column)


def row(kind: str, record: object) -> Where:
    """The row (or statement line) that writes down this record."""
    return lambda papers: papers.find(kind, record).address()


def sheet(kind: str, record: object) -> Where:
    """File and sheet in which this record is written down."""

    def where(papers: Papers) -> Address:
        spot = papers.find(kind, record)
        return page_address(spot.document, spot.page)

    return where


def file(kind: str, record: object) -> Where:
    """Only the file in which this record is written down."""
    return lambda papers: Address(papers.find(kind, record).document.path)


def this_line(line: object, column: str | None = None) -> Where:
    """A row or entry that one holds: one of two that write down the same record, or one that writes down none."""
    return lambda papers: papers.line(line).address(column)


def this_file(document: Document) -> Where:
    """A file that one holds."""
    return lambda papers: Address(document.path)


def heading(document: Document, page_no: int = 0, column: str = "") -> Where:
    """The header row of a sheet that one holds, and the column that is missed, as the blank form heads it."""

    def where(papers: Papers) -> Address:
        page = document.pages[page_no]
        place = page_address(document, page)
        return Address(place.file, place.sheet, str(page.sheet().header_at + 1), column)

    return where


def this_sheet(document: Document, page: Page) -> Where:
    """File and sheet that one holds."""
    return lambda papers: page_address(document, page)
