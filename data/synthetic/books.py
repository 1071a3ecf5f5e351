"""What the books have after a delivery, where that is not what happened: consequences of faults, for the oracle."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from data.synthetic.records import BankLine, Federation, Payment


@dataclass(frozen=True, slots=True)
class Posted:
    """A line of a list as the books have it; '' and None where it is not known."""

    unit_code: str
    batch_no: str
    id_number: str
    aid_category: str
    fund_source: str
    notice_no: str
    budget_year: int | None
    project_name: str
    amount_fen: int
    value_on: date | None
    returned_on: date | None
    status: str


@dataclass(slots=True)
class Books:
    """Differences between what happened and what is booked. Empty: the books are what happened."""

    _payments: dict[int, dict[str, Any] | None] = field(default_factory=dict)
    _lines: dict[int, dict[str, str] | None] = field(default_factory=dict)
    more_payments: list[Posted] = field(default_factory=list)
    more_lines: list[BankLine] = field(default_factory=list)
    households: dict[str, str] = field(default_factory=dict)  # ID number → household_no, where the books say otherwise

    def state(self, payment: Payment, **fields: Any) -> None:
        """These fields of `Posted` are otherwise; a line that is not paid in the books has no value_on either."""
        stated = self._payments.setdefault(id(payment), {})
        assert stated is not None, "left out already"
        stated.update(fields)

    def leave_out(self, payment: Payment) -> None:
        """The books do not know this line."""
        self._payments[id(payment)] = None

    def classify(self, line: BankLine, classification: str, batch_no: str = "") -> None:
        """The bank line is taken for something else (`unexplained`, …)."""
        self._lines[id(line)] = {"classification": classification, "batch_no": batch_no}

    def leave_out_line(self, line: BankLine) -> None:
        """No statement received shows this line."""
        self._lines[id(line)] = None

    def alone(self, id_number: str) -> None:
        """Nobody knows a file of this number: a household of one."""
        self.households[id_number] = f"alone {id_number}"

    def posted(self, payment: Payment, happened: Posted) -> Posted | None:
        """The line as the books have it."""
        stated = self._payments.get(id(payment), {})
        return None if stated is None else replace(happened, **stated)

    def bank_lines(self, federation: Federation) -> Iterable[BankLine]:
        """The lines of all statements received, as they are classified; lines of one account stay together."""
        for line in federation.bank_lines:
            stated = self._lines.get(id(line), {})
            if stated is not None:
                yield replace(line, **stated) if stated else line  # type: ignore[arg-type]
        yield from self.more_lines
