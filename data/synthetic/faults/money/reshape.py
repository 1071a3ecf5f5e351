"""Lists made up otherwise, before any bank line exists: who is paid, how much and of what stays the same in sum."""

import random
from dataclasses import replace
from datetime import date
from itertools import count

from data.synthetic.likeness import name_alike_batches
from data.synthetic.records import Account, Batch, Federation, Household, Payment, Unit


def own_list(federation: Federation, payment: Payment, pay_on: date | None = None) -> Batch:
    """A line gets a list of its own, of the same notice, and a debit of its own; a lone line keeps its list."""
    old = payment.batch
    day = pay_on or old.pay_on
    if len(old.payments) == 1 and day == old.pay_on:
        return old
    own = replace(
        old,
        number=next_number(federation, old.unit, day),
        pay_on=day,
        is_single=True,
        says_number=False,
        bank_number="",
        payments=[payment],
    )
    old.payments = [other for other in old.payments if other is not payment]
    payment.batch = own
    federation.batches.append(own)
    name_alike_batches(federation.batches)
    return own


def next_number(federation: Federation, unit: Unit, day: date) -> str:
    """The next free number of the unit's month."""
    given = {batch.number for batch in federation.batches}
    numbers = (f"{unit.code}-{day:%Y%m}-{place:02d}" for place in count(1))
    return next(number for number in numbers if number not in given)


def pay_in_one_sum(federation: Federation, batch: Batch, chance: random.Random) -> None:
    """A list that was to be paid line by line goes to the bank as one, which the memo names."""
    batch.is_single = False
    batch.says_number = True
    batch.bank_number = f"{batch.pay_on:%Y%m%d}{chance.randrange(10**8):08d}"
    name_alike_batches(federation.batches)


def hand_over(payment: Payment, household: Household) -> None:
    """The line goes to somebody else."""
    payment.household = household
    payment.card = household.card


def rebalance(federation: Federation, account: Account) -> None:
    """Running balances again, with an opening balance that never runs dry."""
    own = [line for line in federation.bank_lines if line.account is account]
    moves = [line.amount_fen if line.direction == "in" else -line.amount_fen for line in own]
    running = lowest = 0
    for move in moves:
        running += move
        lowest = min(lowest, running)
    account.opening_fen = max(account.opening_fen, -lowest)
    running = account.opening_fen
    for line, move in zip(own, moves, strict=True):
        running += move
        line.balance_fen = running
