"""What else happens on accounts: fees, interest, on a shared 基本户 the office's own business; then the balances."""

from datetime import date
from itertools import groupby

from data.synthetic.bank import Bank
from data.synthetic.knowledge import story, workday
from data.synthetic.records import Account, Arrival, BankLine, Batch, Opening

INTEREST_DAYS = ((3, 21), (6, 21), (9, 21), (12, 21))
FEE_RATE = 0.3  # of the batch debits


def live(bank: Bank, batches: list[Batch], statements_from: date) -> None:
    """Add the lines that have nothing to do with the funds, and the bank's own."""
    bank_fees(bank, batches)
    for account in bank.accounts.values():
        interest(bank, account, statements_from.year)
        if account.nature == "基本户":
            office(bank, account, statements_from)


def own_kind(account: Account, kind: str) -> str:
    """Fee and interest belong to the fund on a 专户 only."""
    return kind if account.nature == "专户" else "out_of_scope"


def bank_fees(bank: Bank, batches: list[Batch]) -> None:
    """A fee after some batch debits, and one on the last day: the year's charge on the city's account."""
    words = bank.words["fee"]
    for batch in batches:
        if not batch.is_single and bank.chance.random() < FEE_RATE:
            account = bank.accounts[batch.unit.code]
            fen = bank.chance.randrange(5, 60) * 50
            _bank_line(bank, account, batch.pay_on, "fee", "out", fen, words)
    _bank_line(bank, bank.city, bank.statements_to, "fee", "out", 120_00, bank.words["yearly_fee"])


def interest(bank: Bank, account: Account, year: int) -> None:
    """Quarterly interest."""
    for month, day in INTEREST_DAYS:
        fen = bank.chance.randrange(120, 9_000)
        _bank_line(bank, account, date(year, month, day), "interest", "in", fen, bank.words["interest"])


def _bank_line(
    bank: Bank, account: Account, on: date, kind: str, direction: str, fen: int, words: dict[str, str]
) -> None:
    hour = 17 if kind == "fee" else 1
    bank.line(
        account, on=on, classification=own_kind(account, kind), direction=direction, fen=fen, words=words, hour=hour
    )


def office(bank: Bank, account: Account, statements_from: date) -> None:
    """Wages, running costs and dues, month by month, with fen that no payment of the funds has."""
    months = [(statements_from.year, month) for month in range(1, 13)] + [(statements_from.year + 1, 1)]
    taken = {line.amount_fen for line in bank.lines if line.account is account}
    for row in story("daily_life"):
        for year, month in months:
            for part in range(row["parts"]):
                low, high = row["yuan"]
                while (fen := bank.chance.randrange(low * 100, high * 100)) in taken:
                    pass
                bank.line(
                    account,
                    on=workday(date(year, month, row["day"]), after=part),
                    classification="out_of_scope",
                    direction=row["direction"],
                    fen=fen,
                    name=row["name"],
                    counterparty="4301" + "".join(bank.chance.choices("0123456789", k=13)) if row["name"] else "",
                    words=row,
                    hour=13 if row["direction"] == "in" else 16,
                )


def balance(lines: list[BankLine], bank: Bank, arrivals: list[Arrival], openings: list[Opening]) -> None:
    """Opening balances that never run dry, then the running balance of every line. `lines` in the bank's order."""
    for _, found in groupby(lines, key=lambda line: line.account.number):
        own = list(found)
        account = own[0].account
        moved, lowest = 0, 0
        for line in own:
            moved += line.amount_fen if line.direction == "in" else -line.amount_fen
            lowest = min(lowest, moved)
        if account.nature != "零余额":
            least = max(-lowest, _held(account, arrivals, openings))
            account.opening_fen = least + bank.chance.randrange(20_000, 900_000)
        running = account.opening_fen
        for line in own:
            running += line.amount_fen if line.direction == "in" else -line.amount_fen
            line.balance_fen = running


def _held(account: Account, arrivals: list[Arrival], openings: list[Opening]) -> int:
    """The city starts with last year's money and the federation's own match, which never comes as a credit."""
    if not account.unit.is_city:
        return 0
    match = sum(arrival.amount_fen for arrival in arrivals if not arrival.payer_name)
    return match + sum(opening.amount_fen for opening in openings)
