"""The stage on which faults and quirks act: records, then two deliveries of papers, and what they lead to."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from data.synthetic.books import Books
from data.synthetic.federation import build_records, let_banks_work
from data.synthetic.paper.document import Document
from data.synthetic.paper.inbox import documents
from data.synthetic.paper.papers import Address, Papers, Where
from data.synthetic.records import Batch, Household, Payment, Unit
from data.synthetic.size import Size
from data.synthetic.waivers import Waiver

FIRST, FINAL = 1, 2  # the deliveries of truth/findings.csv


class NoRoomError(ValueError):
    """The sample holds nothing (any more) that the fault could be planted on."""


class Twist(Protocol):
    """Something that is not as in the plain year: a fault (faults/fault.py) or a quirk (quirks/quirk.py)."""

    @property
    def name(self) -> str:
        """By which it is asked for."""

    def happen(self, scene: "Scene") -> None:
        """Change records, before the banks work. NoRoomError before anything is changed."""

    def book(self, scene: "Scene") -> None:
        """Change bank lines, before the statements are written. NoRoomError before anything is changed."""

    def write(self, scene: "Scene") -> None:
        """Edit the papers, and say what follows. NoRoomError before anything is changed."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a delivery leaves open."""

    delivery: int
    rule_id: str
    unit_code: str
    where: Where


class Scene:
    """Records first; `first` and `final` papers from the moment that the banks have worked."""

    def __init__(self, size: Size, noise: int) -> None:
        self.size = size
        self.noise = noise
        self.federation = build_records(size)
        self.earlier: list[list[Document]] = []  # deliveries before the first, the oldest first (quirks)
        self.first = Papers([])  # the first delivery: faults edit it
        self.final = Papers([])  # what offices hold in the end: as honest papers are, but for what stays
        self.books = {FIRST: Books(), FINAL: Books()}
        self.expected: list[Expected] = []
        self.waivers: list[Waiver] = []
        self._taken: set[int] = set()

    def play(self, asked: Sequence[Twist], insist: bool) -> tuple[list[Twist], list[Twist]]:
        """Records, banks, papers. Answers who acted, and for whom there was no room; `insist`: then NoRoomError."""
        acting = list(asked)
        self._let(acting, "happen", insist)
        self.federation.batches.sort(key=lambda batch: (batch.pay_on, batch.number))
        let_banks_work(self.size, self.federation)
        self._let(acting, "book", insist)
        self.first = Papers(list(documents(self.federation, self.noise)))
        self.final = Papers(list(documents(self.federation, self.noise)))
        self._let(acting, "write", insist)
        return acting, [twist for twist in asked if twist not in acting]

    def _let(self, acting: list[Twist], moment: str, insist: bool) -> None:
        """One moment of all; who finds no room leaves."""
        for twist in acting[:]:
            try:
                getattr(twist, moment)(self)
            except NoRoomError as error:
                if insist:
                    raise NoRoomError(f"{twist.name}: {error}") from error
                acting.remove(twist)

    def chance(self, name: str) -> random.Random:
        """A stream of chance for each fault."""
        return self.size.chance(f"fault {name}")

    # --- whom a fault may touch -------------------------------------------------------------------------------------

    def is_free(self, *records: object) -> bool:
        """Whether no fault has taken any of these."""
        return all(id(record) not in self._taken for record in records)

    def take(self, *records: object) -> None:
        """Nobody else may touch these."""
        self._taken.update(id(record) for record in records)

    def is_in_year(self, batch: Batch) -> bool:
        """Paid in the sample year itself: its papers can be corrected before the first close."""
        return batch.pay_on.year == self.federation.year

    def free_payments(self, name: str) -> Iterator[Payment]:
        """Plain lines of the sample year in shuffled order: paid at once, list, household and its lists untaken."""
        found = [
            payment
            for batch in self.federation.batches
            if self.is_in_year(batch) and batch.original is None and self.is_free(batch)
            for payment in batch.payments
            if not payment.incident and self.is_free(payment, payment.household)
        ]
        self.chance(name).shuffle(found)
        yield from found

    def free_files(self, name: str) -> Iterator[Household]:
        """Case files that nobody has taken, in shuffled order."""
        found = [h for h in self.federation.households if h.file_no and self.is_free(h)]
        self.chance(name).shuffle(found)
        yield from found

    def payments_of(self, household: Household) -> list[Payment]:
        """Everything that this household receives."""
        return [payment for payment in self.federation.payments if payment.household is household]

    # --- what follows -----------------------------------------------------------------------------------------------

    def expect(self, rule_id: str, unit: Unit | None, where: Where, stays: bool = False) -> None:
        """One finding, open after the first delivery; `stays`: after the second as well."""
        self._expect((FIRST, FINAL) if stays else (FIRST,), rule_id, unit, where)

    def expect_finally(self, rule_id: str, unit: Unit | None, where: Where) -> None:
        """One finding that only the second delivery brings."""
        self._expect((FINAL,), rule_id, unit, where)

    def _expect(self, deliveries: tuple[int, ...], rule_id: str, unit: Unit | None, where: Where) -> None:
        code = unit.code if unit else ""
        self.expected += [Expected(delivery, rule_id, code, where) for delivery in deliveries]

    def waive(self, rule_id: str, unit: Unit | None, batch_no: str = "", *, reason: str) -> None:
        """Approve in `waivers.xlsx` what cannot be corrected: the group of this rule, unit and batch."""
        self.waivers.append(Waiver(rule_id, unit, batch_no, reason))

    def corrections(self) -> list[Document]:
        """The documents whose final version differs from the first one, or was not in the first delivery at all."""
        sent = {document.path: document for document in self.first.documents}
        changed = [d for d in self.final.documents if d.path not in sent or not d.says_the_same(sent[d.path])]
        archives = {(d.folder, d.archive) for d in changed if d.archive}
        return [d for d in self.final.documents if d in changed or (d.folder, d.archive) in archives]

    def findings(self) -> list[tuple[Expected, Address]]:
        """Every expected finding with its address: on the final papers where the record stands there."""
        return [(one, self._address(one)) for one in self.expected]

    def _address(self, one: Expected) -> Address:
        if one.delivery == FIRST:
            return one.where(self.first)
        try:
            return one.where(self.final)
        except LookupError:  # nobody sent anything in its place
            return one.where(self.first)
