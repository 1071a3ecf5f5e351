"""An office gives its lists no number: not on the list, in the payout result, or at the bank."""

from data.synthetic.likeness import NEAR, debit_fen
from data.synthetic.quirks.choice import busiest_county
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Batch, Federation, Unit
from data.synthetic.size import Size


def happen(size: Size, federation: Federation) -> None:
    """The county with most lists numbers none of them, and the city leaves it out now and then."""
    county = busiest_county(federation)
    if county is not None:
        _leave_out(federation, county, len(federation.batches))
    _leave_out(federation, federation.units[0], 2)


def _leave_out(federation: Federation, unit: Unit, at_most: int) -> None:
    own = [batch for batch in federation.batches if batch.unit is unit]
    free = [batch for batch in own if not batch.says_number or not batch.is_single]
    for batch in [one for one in free if not any(_needs_number(one, other) for other in own)][:at_most]:
        batch.is_numbered = batch.says_number = False


def _needs_number(batch: Batch, other: Batch) -> bool:
    """A list of the same day and money would be one with it; of two equal debits only a number tells which is which."""
    if other is batch:
        return False
    is_near = abs(other.pay_on - batch.pay_on) <= NEAR and not other.is_single and not batch.is_single
    is_same_money = other.notice is batch.notice and other.fund_source == batch.fund_source
    return (is_near and debit_fen(other) == debit_fen(batch)) or (other.pay_on == batch.pay_on and is_same_money)


QUIRK = Quirk("q10", "批次没有编号", happen=happen)
