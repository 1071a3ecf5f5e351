"""A file of a sender, page by page; the pages are dressed when it is written, so that a fault can still edit them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from data.synthetic.paper.dress import dress
from data.synthetic.paper.habits import Style
from data.synthetic.paper.table import Row, Sheet, Table
from data.synthetic.paper.write import gbk_csv, too_long_for_xls, xls, xlsx


class Page(Protocol):
    """A sheet to be."""

    @property
    def kind(self) -> str:
        """Of contract section 3; '' where the product knows none."""

    @property
    def lines(self) -> Sequence[object]:
        """Its rows of data in the order of the paper; each has `of`, the record that it writes down."""

    def sheet(self) -> Sheet:
        """As the sender writes it."""


@dataclass(slots=True)
class Form:
    """A form filled in, and the habit by which it is dressed."""

    table: Table
    style: Style

    @property
    def kind(self) -> str:
        """Of the form."""
        return self.table.kind

    @property
    def lines(self) -> list[Row]:
        """Its rows."""
        return self.table.rows

    def sheet(self) -> Sheet:
        """Dressed."""
        return dress(self.table, self.style)


@dataclass(slots=True)
class Document:
    """A file: `format` xlsx, xls or csv (one page); `raw` where its bytes are no table at all."""

    folder: str
    stem: str
    format: str
    pages: list[Page] = field(default_factory=list)
    archive: str = ""  # name of the zip that it is sent in
    raw: bytes | None = None
    spoilt: Callable[[bytes], bytes] | None = None  # what happened to the bytes on the way

    def sheets(self) -> list[Sheet]:
        """All pages as they are written."""
        return [page.sheet() for page in self.pages]

    def says_the_same(self, other: "Document") -> bool:
        """Whether both become the same bytes."""
        return (self.raw, self.spoilt) == (other.raw, other.spoilt) and self.sheets() == other.sheets()

    @property
    def file_name(self) -> str:
        """With its ending; a workbook too long for the old format becomes one of today."""
        is_too_long = self.format == "xls" and too_long_for_xls(self.sheets())
        return f"{self.stem}.{'xlsx' if is_too_long else self.format}"

    @property
    def path(self) -> str:
        """Relative to the inbox, as contract 11.6 writes it: `folder/name`, in an archive `folder/a.zip!name`."""
        name = self.file_name
        return f"{self.folder}/{self.archive}.zip!{name}" if self.archive else f"{self.folder}/{name}"

    def content(self) -> bytes:
        """Its bytes."""
        if self.raw is not None:
            return self.raw
        sheets = self.sheets()
        if self.format == "csv":
            content = gbk_csv(sheets[0])
        else:
            content = (xls if self.file_name.endswith(".xls") else xlsx)(sheets)
        return self.spoilt(content) if self.spoilt else content
