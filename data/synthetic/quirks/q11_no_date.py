"""Lists are made before the payment and state no day; the bank tells when they were paid."""

from collections import Counter

from data.synthetic.likeness import debit_fen
from data.synthetic.quirks.choice import busiest_county
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Batch, Federation, Unit
from data.synthetic.size import Size


def happen(size: Size, federation: Federation) -> None:
    """A county that never writes the day, and the city once or twice."""
    county = busiest_county(federation, place=1)
    if county is not None:
        _leave_out(federation, county, len(federation.batches))
    _leave_out(federation, federation.units[0], 2)


def _leave_out(federation: Federation, unit: Unit, at_most: int) -> None:
    own = [batch for batch in federation.batches if batch.unit is unit]
    wholes = Counter(debit_fen(batch) for batch in own if not batch.is_single)
    singles = Counter((p.card.number, p.amount_fen) for batch in own for p in batch.payments if batch.is_single)

    def is_unlike(batch: Batch) -> bool:
        """No other debit of all the year could be taken for one of its own."""
        if batch.is_single:
            return all(singles[p.card.number, p.amount_fen] == 1 for p in batch.payments)
        return wholes[debit_fen(batch)] == 1

    for batch in [one for one in own if one.is_numbered and is_unlike(one)][:at_most]:
        batch.is_dated = False


QUIRK = Quirk("q11", "发放前造册，没有发放日期", happen=happen)
