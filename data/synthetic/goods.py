"""What is bought from suppliers and handed out, what is given to enterprises; and what banks make of it."""

from dataclasses import dataclass
from datetime import date

from data.synthetic.bank import Bank
from data.synthetic.records import BankLine, Household, Unit

HOUR = 15


@dataclass(slots=True)
class Payee:
    """A supplier, or an enterprise that is visited: a company with an account."""

    name: str
    account: str


@dataclass(slots=True)
class Purchase:
    """A line of an invoice for 慰问品, of one source."""

    unit: Unit
    number: str  # 采购批次号
    campaign: str
    supplier: Payee
    contract_no: str
    invoice_no: str
    item: str
    quantity: int
    price_fen: int
    fund_source: str
    budget_year: int
    accepted_on: date
    accepted_by: str
    paid_on: date
    paid_by: BankLine | None = None

    @property
    def amount_fen(self) -> int:
        """What the line costs."""
        return self.quantity * self.price_fen


@dataclass(slots=True)
class GoodsGiven:
    """A row of the visit register that states goods of a purchase and no money: one signature."""

    purchase: Purchase
    household: Household
    visited_on: date
    leader: str

    @property
    def goods_fen(self) -> int:
        """One piece each."""
        return self.purchase.price_fen


@dataclass(slots=True)
class GroupVisit:
    """集体慰问: money to an enterprise's account."""

    unit: Unit
    enterprise: Payee
    people: int
    campaign: str
    amount_fen: int
    fund_source: str
    budget_year: int
    visited_on: date
    paid_on: date
    leader: str
    paid_by: BankLine | None = None


def pay_suppliers(bank: Bank, purchases: list[Purchase]) -> None:
    """A debit for all lines of a purchase."""
    for number in sorted({one.number for one in purchases}):
        lines = [one for one in purchases if one.number == number]
        first = lines[0]
        fen = sum(one.amount_fen for one in lines)
        made = _debit(bank, first, first.supplier, "purchase", fen, number)
        for one in lines:
            one.paid_by = made


def pay_enterprises(bank: Bank, visits: list[GroupVisit]) -> None:
    """A debit for each collective visit."""
    for one in visits:
        one.paid_by = _debit(bank, one, one.enterprise, "group_visit", one.amount_fen, "")


def _debit(bank: Bank, one: Purchase | GroupVisit, payee: Payee, kind: str, fen: int, number: str) -> BankLine:
    return bank.line(
        bank.accounts[one.unit.code],
        on=one.paid_on,
        classification=kind,
        direction="out",
        fen=fen,
        name=payee.name,
        counterparty=payee.account,
        words=bank.words[kind],
        hour=HOUR,
        batch_no=number,
    )
