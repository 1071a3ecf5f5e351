"""Executed figures (contract section 7), said over the records: every line of every list at three cut-offs."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from data.synthetic.books import Books, Posted
from data.synthetic.goods import GroupVisit, Purchase
from data.synthetic.knowledge import new_year_eve
from data.synthetic.oracle import Row, posted, yuan_text
from data.synthetic.records import Federation

# 市级帮扶资金 is an undivided pool: its members have no row of their own
POOL_MEMBERS = {"city_fiscal": "city_pool", "city_union_match": "city_pool"}
Grain = tuple[int, str, str, str, str]


def cutoffs(budget_year: int, as_of: date) -> dict[str, date]:
    """年末、春节前（下一年度除夕，含当日）、最后一份对账单的最后一天."""
    return {"fiscal": date(budget_year, 12, 31), "extended": new_year_eve(budget_year + 1), "as_of": as_of}


def executed(line: Posted, cutoff: date) -> int:
    """What the line adds at the cut-off, in fen: its amount from its debit on, until the credit that undoes it."""
    if line.value_on is None or line.value_on > cutoff:
        return 0
    return 0 if line.returned_on and line.returned_on <= cutoff else line.amount_fen


def grain(line: Posted) -> Grain:
    """Budget year, project, source (pool for its members), paying unit, category; for lines that have a year."""
    assert line.budget_year is not None, "a line without a year stands in no execution figure"
    source = POOL_MEMBERS.get(line.fund_source, line.fund_source)
    return line.budget_year, line.project_name, source, line.unit_code, line.aid_category


def _given(one: Purchase | GroupVisit) -> Grain:
    """Of what suppliers and enterprises are paid: 送温暖 of a county's own money, which is in nobody's budget here."""
    return one.budget_year, "", one.fund_source, one.unit.code, "warmth_visit"


def figures(federation: Federation, books: Books) -> Iterator[Row]:
    """One row per grain and cut-off, wherever there is a payment of a year, even one that does not count."""
    sums: dict[tuple[Grain, str], int] = defaultdict(int)
    as_of = federation.as_of
    for line in posted(federation, books):
        if line.budget_year is not None:
            for cutoff, on in cutoffs(line.budget_year, as_of).items():
                sums[grain(line), cutoff] += executed(line, on)
    given: list[Purchase | GroupVisit] = [*federation.purchases, *federation.group_visits]
    for one in given:
        for cutoff, on in cutoffs(one.budget_year, as_of).items():
            is_paid = one.paid_by is not None and one.paid_by.transacted_on <= on
            sums[_given(one), cutoff] += one.amount_fen if is_paid else 0
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
    """Fen executed of one source and year over all units, as it happened."""
    on = cutoffs(budget_year, federation.as_of)[cutoff]
    lines = (p for p in posted(federation, Books()) if grain(p)[2] == source and p.budget_year == budget_year)
    return sum(executed(line, on) for line in lines)
