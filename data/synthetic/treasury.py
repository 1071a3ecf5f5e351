"""国库集中支付: a 零余额账户 of the city, its quota, and what its bank books beside the lists that it pays."""

from dataclasses import dataclass
from datetime import date

from data.synthetic.bank import Bank
from data.synthetic.records import Account, BankLine, Batch

HOURS = {"quota_notice": 9, "treasury_clearing": 18}


@dataclass(slots=True)
class Quota:
    """A notice of the treasury: so much more (in) or less (out) may be spent; no money moves."""

    on: date
    direction: str
    amount_fen: int
    words: str  # key of story/bank_words.yaml


@dataclass(slots=True)
class Treasury:
    """The account, the lists that it pays (`Batch.account`), and the notices in order."""

    account: Account
    batches: list[Batch]
    quotas: list[Quota]


def work(bank: Bank, treasury: Treasury) -> None:
    """A line for each notice; for each debit of a list, which stands already, the clearing that puts it back."""
    for quota in treasury.quotas:
        _line(bank, treasury.account, quota.on, "quota_notice", quota.direction, quota.amount_fen, quota.words)
    debits = [line for line in bank.lines if line.account is treasury.account and line.classification == "batch"]
    for debit in debits:
        kind = "treasury_clearing"
        cleared = _line(bank, treasury.account, debit.transacted_on, kind, "in", debit.amount_fen, kind)
        cleared.booked_on = debit.booked_on


def _line(bank: Bank, account: Account, on: date, kind: str, direction: str, fen: int, words: str) -> BankLine:
    told = bank.words[words]
    return bank.line(
        account,
        on=on,
        classification=kind,
        direction=direction,
        fen=fen,
        name=told["name"],
        words=told,
        hour=HOURS[kind],
    )
