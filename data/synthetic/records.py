"""What happened in the federation, as plain records. Money in fen (1/100 yuan), dates as calendar days."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.synthetic.goods import GoodsGiven, GroupVisit, Purchase
    from data.synthetic.treasury import Treasury


@dataclass(slots=True)
class Unit:
    """A union that reports; the first one is the city federation itself."""

    code: str
    name: str
    short_name: str
    region_code: str  # '' for a 功能区 without a GB code
    birth_region_code: str  # the prefix that most of its people's ID numbers have
    parent_code: str
    unit_type: str
    weight: int  # its share of households and payments
    is_city: bool


@dataclass(slots=True)
class Account:
    """A bank account of a unit."""

    number: str
    holder: str
    bank_name: str
    unit: Unit
    nature: str  # 专户 or 基本户
    layout: str  # the bank whose statement layout it has: icbc, ccb, abc
    interest_owner: str  # label of 利息归属, '' where interest is not counted
    enabled_on: date
    opening_fen: int
    shows_all: bool = True  # 对账单范围: 全量; False (筛选): its statements show the funds' lines only


@dataclass(slots=True)
class Person:
    """Somebody with a valid ID number."""

    name: str
    id_number: str
    born_on: date


@dataclass(slots=True)
class Card:
    """A bank card; `holder` is '' where it is that of 本人."""

    number: str
    bank_name: str
    holder: str = ""


@dataclass(slots=True)
class Child:
    """A child in a case file; `stage` is '' for one not at school."""

    person: Person
    stage: str
    is_minor: bool


@dataclass(slots=True)
class Household:
    """A household: with a case file, or (file_no '') a single person visited without one."""

    number: str
    unit: Unit
    head: Person
    card: Card
    employer: str
    phone: str
    file_no: str = ""
    file_level: str = ""
    beneficiary_class: str = ""
    cause: str = ""
    opened_on: date = date.min
    closed_on: date | None = None
    registered_again_on: date | None = None  # a second period of the same file; opened_on is the first one's
    spouse: Person | None = None
    children: list[Child] = field(default_factory=list)
    parents: list[Person] = field(default_factory=list)
    annual_income_fen: int = 0
    rigid_expense_fen: int = 0
    reviewed_on: date | None = None

    @property
    def size(self) -> int:
        """Persons in the file, 本人 included."""
        return 1 + (self.spouse is not None) + len(self.children) + len(self.parents)


@dataclass(slots=True)
class Notice:
    """A 拨款通知单: money of one source and budget year to several units."""

    number: str
    budget_year: int
    project_name: str
    fund_source: str
    aid_category: str
    issued_on: date
    use_by_on: date
    lines: list["NoticeLine"] = field(default_factory=list)


@dataclass(slots=True)
class NoticeLine:
    """What a notice gives one unit."""

    unit: Unit
    amount_fen: int
    paid_out_on: date  # the city's debit
    received_on: date  # the county's credit
    use_by_on: date | None = None  # where this unit's last day of use is not the notice's


@dataclass(slots=True)
class Clawback:
    """收回: what a unit gives back of a notice's money."""

    notice: Notice
    unit: Unit
    amount_fen: int
    basis: str
    taken_on: date  # the unit's debit and the city's credit


@dataclass(slots=True)
class DirectDecision:
    """本级直接发放: money that the city itself pays to persons, decided in a meeting."""

    basis: str
    budget_year: int
    project_name: str
    fund_source: str
    aid_category: str
    decided_on: date
    amount_fen: int


@dataclass(slots=True)
class Budget:
    """A row of 预算指标表, yuan amounts in fen."""

    budget_year: int
    project_name: str
    fund_source: str
    quota_no: str
    initial_fen: int
    adjustment_fen: int = 0


@dataclass(slots=True)
class Arrival:
    """A row of 资金到位表; `payer_name` and the bank credit only where money really came in."""

    budget_year: int
    project_name: str
    fund_source: str
    quota_no: str
    mode: str
    arrived_on: date
    amount_fen: int
    payer_name: str
    has_credit: bool


@dataclass(slots=True)
class Opening:
    """A row of 上年结转表: money of an earlier budget year still to be used."""

    year: int
    project_name: str
    fund_source: str
    original_budget_year: int
    amount_fen: int


@dataclass(slots=True)
class BankLine:
    """A line of an account. `classification` and `batch_no` are what it really is."""

    account: Account
    transacted_on: date
    at: time
    booked_on: date
    direction: str  # in, out
    amount_fen: int
    counterparty_name: str
    counterparty_account: str
    usage: str
    memo: str
    classification: str
    batch_no: str = ""
    serial: str = ""
    balance_fen: int = 0


@dataclass(slots=True)
class Payment:
    """A line of a 实名制汇总表: one person, one help, one source. `incident` is what the bank did with it."""

    batch: "Batch"
    household: Household
    card: Card
    amount_fen: int
    student: Child | None = None
    incident: str = ""  # '', failed (refused by the bank), returned (came back)
    returned_on: date | None = None
    is_return_in_result: bool = False  # the payout result calls it 退汇; else only the bank's credit tells
    again_on: date | None = None  # when an incident was paid again
    repeats: "Payment | None" = None  # the refused or returned line that this one pays again
    paid_by: BankLine | None = None
    returned_by: BankLine | None = None

    @property
    def payee_name(self) -> str:
        """Whose card it is."""
        return self.card.holder or self.household.head.name


@dataclass(slots=True)
class Batch:
    """A list (批次): one unit, source, budget year, category, notice. Paid by one debit or line by line."""

    number: str
    unit: Unit
    programme: str
    fund_source: str
    budget_year: int
    project_name: str
    aid_category: str
    campaign: str
    notice: Notice | None  # None for direct money
    pay_on: date
    is_single: bool  # each line has a debit of its own
    says_number: bool = False  # the bank's memo names the batch
    is_numbered: bool = True  # else the office gives its list no number; `number` is only ours
    is_dated: bool = True  # else the list was made before the payment and states no day
    planned_on: date | None = None  # still to be paid on this day; `pay_on` is then the day on which it was made
    repaid_on: date | None = None  # the county paid out of its own pocket; the funds' account pays it back
    bank_number: str = ""
    account: Account | None = None  # that pays it, where it is not the unit's usual one
    payments: list[Payment] = field(default_factory=list)
    original: "Batch | None" = None  # the list whose refused and returned lines this one pays again


@dataclass(slots=True)
class Visit:
    """A row of 走访慰问登记表 that stands beside a roster line."""

    payment: Payment
    visited_on: date
    leader: str
    goods_fen: int = 0
    brings_money: bool = True  # else the row states the goods only


@dataclass(slots=True)
class Federation:
    """All records of one sample."""

    year: int
    statements_from: date
    statements_to: date
    units: list[Unit]
    accounts: dict[str, Account]  # by unit code
    households: list[Household]
    batches: list[Batch]
    notices: list[Notice]
    decisions: list[DirectDecision]
    budgets: list[Budget]
    arrivals: list[Arrival]
    openings: list[Opening]
    bank_lines: list[BankLine]  # per account in the order of the bank
    visits: list[Visit]
    clawbacks: list[Clawback] = field(default_factory=list)
    purchases: "list[Purchase]" = field(default_factory=list)
    goods: "list[GoodsGiven]" = field(default_factory=list)
    group_visits: "list[GroupVisit]" = field(default_factory=list)
    treasury: "Treasury | None" = None
    profiles: dict[str, str] = field(default_factory=dict)  # unit code → profile of habits.yaml, whatever the noise

    @property
    def payments(self) -> list[Payment]:
        """Every line of every list."""
        return [payment for batch in self.batches for payment in batch.payments]

    @property
    def as_of(self) -> date:
        """The last booking date on any statement."""
        return max(line.booked_on for line in self.bank_lines)
