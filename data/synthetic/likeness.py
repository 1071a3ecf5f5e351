"""Makes sure that no two debits of one account could be each other's, unless their memo tells them apart.

The clean year is to be matched without a person's decision, so likeness is removed where it arises by chance.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from data.synthetic.amounts import YUAN
from data.synthetic.funds import batch_sum
from data.synthetic.records import Batch, NoticeLine, Payment

NEAR = timedelta(days=60)  # wider than any window in which a debit is looked for
ROUNDS = 5


def part_alike_singles(batches: list[Batch]) -> None:
    """Debits to one card of one amount, for different help: move a yuan to another line of the same list."""
    for _ in range(ROUNDS):
        alike = list(_alike_singles(batches))
        for one, other in alike:
            if not _move_a_yuan(one) and not _move_a_yuan(other):
                one.batch.says_number = other.batch.says_number = True
        if not alike:
            return


def _alike_singles(batches: list[Batch]) -> Iterator[tuple[Payment, Payment]]:
    """Pairs of lines, each paid (or paid again) by a debit of its own, that a bank line could not tell apart."""
    by_debit: dict[tuple[str, str, int], list[tuple[date, Payment]]] = defaultdict(list)
    for batch in batches:
        for payment in batch.payments:
            on = payment.again_on or (batch.pay_on if batch.is_single else None)
            if on is not None:
                key = (batch.unit.code, payment.household.card.number, payment.amount_fen)
                by_debit[key].append((on, payment))
    for found in by_debit.values():
        for (on, one), (other_on, other) in combinations(found, 2):
            if one.batch is not other.batch and abs(on - other_on) <= NEAR:
                yield one, other


def _move_a_yuan(payment: Payment) -> bool:
    """One yuan more here, one less on another plain line of the list: no sum changes."""
    if payment.incident:
        return False
    for partner in reversed(payment.batch.payments):
        is_other = partner.household is not payment.household
        if is_other and not partner.incident and partner.amount_fen > YUAN:
            payment.amount_fen += YUAN
            partner.amount_fen -= YUAN
            return True
    return False


def name_alike_batches(batches: list[Batch]) -> None:
    """Batch debits of one account and amount: the memo of each names its list."""
    by_debit: dict[tuple[str, int], list[Batch]] = defaultdict(list)
    for batch in batches:
        if not batch.is_single:
            by_debit[batch.unit.code, debit_fen(batch)].append(batch)
    for found in by_debit.values():
        for one, other in combinations(found, 2):
            if abs(one.pay_on - other.pay_on) <= NEAR:
                one.says_number = other.says_number = True


def debit_fen(batch: Batch) -> int:
    """What the bank takes for a list: all lines but the refused ones."""
    return batch_sum(batch) - sum(p.amount_fen for p in batch.payments if p.incident == "failed")


def alike_transfers(sent: dict[tuple[str, str], NoticeLine]) -> set[tuple[str, str]]:
    """(notice number, unit code) of near transfers of one amount to one unit: their memo must name the notice."""
    by_transfer: dict[tuple[str, int], list[tuple[date, str]]] = defaultdict(list)
    for (number, code), given in sent.items():
        by_transfer[code, given.amount_fen].append((given.paid_out_on, number))
    alike = set()
    for (code, _), found in by_transfer.items():
        for (on, one), (other_on, other) in combinations(found, 2):
            if abs(on - other_on) <= NEAR:
                alike |= {(one, code), (other, code)}
    return alike
