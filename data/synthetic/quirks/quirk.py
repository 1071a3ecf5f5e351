"""What a quirk is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.synthetic.paper.document import Document
from data.synthetic.records import Federation
from data.synthetic.size import Size

if TYPE_CHECKING:
    from data.synthetic.scene import Scene


def _as_it_was(size: Size, federation: Federation) -> None:
    """Nothing else happens."""


def _nothing_more(federation: Federation, documents: list[Document]) -> None:
    """No other papers."""


def _nothing_before(federation: Federation, documents: list[Document]) -> list[list[Document]]:
    """Nothing was sent before."""
    return []


def _no_remark(scene: "Scene") -> None:
    """The product has nothing to say."""


@dataclass(frozen=True, slots=True)
class Quirk:
    """A practice with its switch. Its moments, each of which may be left out:

    `happen` edits records before the banks work, `book` what the statements show, `send` the documents of the inbox;
    `sent_before` gives the deliveries that came earlier, the oldest first. `remarked`: what the product may remark
    (info) all the same.
    """

    key: str
    title: str
    happen: Callable[[Size, Federation], None] = _as_it_was
    book: Callable[[Size, Federation], None] = _as_it_was
    send: Callable[[Federation, list[Document]], None] = _nothing_more
    sent_before: Callable[[Federation, list[Document]], list[list[Document]]] = _nothing_before
    remarked: Callable[["Scene"], None] = _no_remark
