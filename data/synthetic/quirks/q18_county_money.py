"""A county adds money of its own: lists of 县总配套 and 县财 from its own account, without notice and budget."""

from datetime import date

from data.synthetic.knowledge import workday
from data.synthetic.quirks.choice import chance, counties_with_office_account
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Batch, Federation, Payment, Unit
from data.synthetic.size import Size

SOURCES = ("county_union_match", "county_fiscal")
PAID = ((6, 9), (11, 4))
LINES = (6, 3)  # a list that the bank pays as a whole, and one that is paid line by line
LEAST_FEN, STEP_FEN = 415_00, 7_00


def happen(size: Size, federation: Federation) -> None:
    """A list of each source, by the first counties that keep a 基本户: their own dues lie there."""
    drawn = chance(size, "q18")
    units = counties_with_office_account(federation)
    for place, (source, paid, lines) in enumerate(zip(SOURCES, PAID, LINES, strict=True)):
        if units:
            unit = units[place % len(units)]
            batch = _list(federation, unit, source, workday(date(federation.year, *paid)), lines)
            batch.bank_number = "" if batch.is_single else f"{batch.pay_on:%Y%m%d}{drawn.randrange(10**8):08d}"
            federation.batches.append(batch)


def _list(federation: Federation, unit: Unit, source: str, pay_on: date, lines: int) -> Batch:
    batch = Batch(
        number=f"{unit.code}-{pay_on:%Y%m}-自{lines}",
        unit=unit,
        programme=source,
        fund_source=source,
        budget_year=federation.year,
        project_name="",
        aid_category="living_aid",
        campaign="",
        notice=None,
        pay_on=pay_on,
        is_single=lines == min(LINES),
    )
    theirs = [
        h
        for h in federation.households
        if h.unit is unit and h.file_no and h.opened_on < pay_on and h.closed_on is None
    ]
    taken = {(p.household.number, p.amount_fen) for p in federation.payments}
    fen = LEAST_FEN
    for household in theirs[:lines]:
        while (household.number, fen) in taken:
            fen += STEP_FEN
        batch.payments.append(Payment(batch, household, household.card, fen))
        fen += STEP_FEN
    return batch


QUIRK = Quirk("q18", "县里用自己的钱再发一份", happen=happen)
