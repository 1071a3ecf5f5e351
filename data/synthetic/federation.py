"""All records of one sample, in the order in which they depend on each other."""

from datetime import date, timedelta

from data.synthetic import treasury
from data.synthetic.amounts import settle
from data.synthetic.bank import Bank, sorted_lines
from data.synthetic.daily_life import balance, live
from data.synthetic.funds import Funds, decisions, fill_notices
from data.synthetic.goods import pay_enterprises, pay_suppliers
from data.synthetic.incidents import BankMishaps, lists_paid_again
from data.synthetic.knowledge import new_year_eve, story
from data.synthetic.likeness import name_alike_batches, part_alike_singles
from data.synthetic.lists import ListMaker
from data.synthetic.people import households
from data.synthetic.records import Batch, DirectDecision, Federation, Household, Notice, Unit, Visit
from data.synthetic.size import Size
from data.synthetic.units import accounts, units

NUMBERED_MEMOS = {"ccb": 1.0, "icbc": 0.5, "abc": 0.0}  # how often a bank's memo of a batch debit names the list
REGISTER_RATE = 0.25  # of the lists of visits that also stand in the 走访慰问登记表
CLOSED_PART = 50  # one file in so many is closed during the year


def build_federation(size: Size) -> Federation:
    """Everything that happened in the plain year. Deterministic by `size`."""
    federation = build_records(size)
    let_banks_work(size, federation)
    return federation


def build_records(size: Size) -> Federation:
    """Who, what and when: everything but the lines of the accounts."""
    unions = units(size)
    owned = accounts(size, unions)
    people = households(size, unions)
    lists, notices, decided = _what_was_given(size, unions, people)
    _choose_memos(size, lists, {code: account.layout for code, account in owned.items()})
    _close_some_files(size, people, lists)
    funds = Funds(size, notices, decided)
    budgets = funds.budgets()
    return Federation(
        year=size.year,
        statements_from=date(size.year, 1, 1),
        statements_to=max(date(size.year + 1, 1, 31), new_year_eve(size.year + 1)),
        units=unions,
        accounts=owned,
        households=people,
        batches=lists,
        notices=notices,
        decisions=decided,
        budgets=budgets,
        arrivals=funds.arrivals(budgets),
        openings=funds.openings(),
        bank_lines=[],
        visits=_register(size, lists),
    )


def _what_was_given(
    size: Size, unions: list[Unit], people: list[Household]
) -> tuple[list[Batch], list[Notice], list[DirectDecision]]:
    """All lists with their final amounts, those that pay again included; the notices and decisions behind them."""
    maker = ListMaker(size, unions, people)
    lists = maker.all_lists()
    notices = maker.notices.numbered()
    BankMishaps(size, lists).strike()
    settle(size, lists)
    part_alike_singles(lists)
    fill_notices(size, notices, lists)
    decided = decisions(size, lists)
    lists = [*lists, *lists_paid_again(size, lists)]
    return sorted(lists, key=lambda batch: (batch.pay_on, batch.number)), notices, decided


def let_banks_work(size: Size, federation: Federation) -> None:
    """Every account's lines, with opening and running balances."""
    bank = Bank(size, federation.accounts, federation.statements_to)
    bank.receive(federation.arrivals)
    bank.transfer(federation.notices)
    bank.take_back(federation.clawbacks)
    bank.pay(federation.batches)
    pay_suppliers(bank, federation.purchases)
    pay_enterprises(bank, federation.group_visits)
    if federation.treasury:
        treasury.work(bank, federation.treasury)
    live(bank, federation.batches, federation.statements_from)
    federation.bank_lines = sorted_lines(bank.lines)
    balance(federation.bank_lines, bank, federation.arrivals, federation.openings)


def _choose_memos(size: Size, lists: list[Batch], layouts: dict[str, str]) -> None:
    chance = size.chance("memos")
    for batch in lists:
        if not batch.is_single:
            batch.says_number = chance.random() < NUMBERED_MEMOS[layouts[batch.unit.code]]
    name_alike_batches(lists)


def _register(size: Size, lists: list[Batch]) -> list[Visit]:
    """Some lists of visits are in the register too: the same persons and amounts, a few days before the payment."""
    chance = size.chance("register")
    leaders: list[str] = story("names")["leaders"]
    made = []
    for batch in lists:
        if batch.aid_category == "warmth_visit" and batch.original is None and chance.random() < REGISTER_RATE:
            leader = chance.choice(leaders)
            visited_on = batch.pay_on - timedelta(days=chance.randrange(4))
            made += [Visit(payment, visited_on, leader) for payment in batch.payments if not payment.incident]
    return made


def _close_some_files(size: Size, people: list[Household], lists: list[Batch]) -> None:
    """脱困: a few files that received nothing after summer are closed in October."""
    last_paid: dict[str, date] = {}
    for batch in lists:
        for payment in batch.payments:
            number = payment.household.number
            last_paid[number] = max(last_paid.get(number, date.min), batch.pay_on)
    chance = size.chance("closing")
    for household in people:
        is_served = last_paid.get(household.number, date.min) >= date(size.year, 9, 20)
        if household.file_no and not is_served and chance.randrange(CLOSED_PART // 10) == 0:
            household.closed_on = date(size.year, 10, 8 + chance.randrange(20))
