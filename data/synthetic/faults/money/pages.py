"""Rows on the papers of the first delivery: left out, moved to another sheet, whole tables gone."""

from data.synthetic.paper.document import Document, Form
from data.synthetic.paper.papers import Papers
from data.synthetic.paper.table import Table
from data.synthetic.records import Batch, Payment
from data.synthetic.scene import Scene


def leave_out(papers: Papers, kind: str, *payments: Payment) -> None:
    """These lines are on no paper of this kind; what is empty then is not sent at all."""
    for payment in payments:
        papers.find(kind, payment).take_out()
    papers.documents[:] = [document for document in papers.documents if _is_left(document)]


def _is_left(document: Document) -> bool:
    """Whether anything remains once empty forms are gone."""
    if not document.pages:
        return True
    document.pages = [page for page in document.pages if page.lines or not isinstance(page, Form)]
    return bool(document.pages)


def move_list(papers: Papers, batch: Batch, table: Table) -> None:
    """All lines of a list stand at the end of another sheet."""
    rows = [papers.find("rosters", payment).row for payment in batch.payments]
    leave_out(papers, "rosters", *batch.payments)
    table.rows += rows


def source_word(scene: Scene, batch: Batch) -> str:
    """What the unit calls the list's source."""
    return str(scene.final.find("rosters", batch.payments[0]).row["资金来源"])


def is_titled(scene: Scene, batch: Batch) -> bool:
    """Whether the list has a sheet of its own, whose title names its notice."""
    title = scene.final.find("rosters", batch.payments[0]).table.title
    return batch.notice is not None and batch.notice.number in title
