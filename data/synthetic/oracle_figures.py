"""Executed figures (contract section 7), said over the records: every line of every list at three cut-offs."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from data.synthetic.knowledge import new_year_eve
from data.synthetic.oracle import Row, returned_on, value_on, yuan_text
from data.synthetic.records import Federation, Payment

# 市级帮扶资金 is an undivided pool: its members have no row of their own
POOL_MEMBERS = {"city_fiscal": "city_pool", "city_union_match": "city_pool"}
Grain = tuple[int, str, str, str, str]


def cutoffs(budget_year: int, as_of: date) -> dict[str, date]:
    """年末、春节前（下一年度除夕，含当日）、最后一份对账单的最后一天."""
    return {"fiscal": date(budget_year, 12, 31), "extended": new_year_eve(budget_year + 1), "as_of": as_of}


def executed(payment: Payment, cutoff: date) -> int:
    """What the line adds at the cut-off, in fen: its amount from its debit on, until the credit that undoes it."""
    paid_on, came_back_on = value_on(payment), returned_on(payment)
    if paid_on is None or paid_on > cutoff:
        return 0
    return 0 if came_back_on and came_back_on <= cutoff else payment.amount_fen


def grain(payment: Payment) -> Grain:
    """Budget year, project, source (pool for its members), paying unit, category."""
    batch = payment.batch
    source = POOL_MEMBERS.get(batch.fund_source, batch.fund_source)
    return batch.budget_year, batch.project_name, source, batch.unit.code, batch.aid_category


def figures(federation: Federation) -> Iterator[Row]:
    """One row per grain and cut-off, wherever there is a payment, even one that does not count."""
    sums: dict[tuple[Grain, str], int] = defaultdict(int)
    as_of = federation.as_of
    for payment in federation.payments:
        for cutoff, on in cutoffs(payment.batch.budget_year, as_of).items():
            sums[grain(payment), cutoff] += executed(payment, on)
    for (year, project, source, unit_code, category), cutoff in sorted(sums):
        yield {
            "budget_year": str(year),
            "project_name": project,
            "fund_source": source,
            "unit_code": unit_code,
            "aid_category": category,
            "cutoff": cutoff,
            "executed_yuan": yuan_text(sums[(year, project, source, unit_code, category), cutoff]),
        }


def executed_total(federation: Federation, source: str, budget_year: int, cutoff: str) -> int:
    """Fen executed of one source and year over all units."""
    on = cutoffs(budget_year, federation.as_of)[cutoff]
    lines = (p for p in federation.payments if grain(p)[2] == source and grain(p)[0] == budget_year)
    return sum(executed(payment, on) for payment in lines)
