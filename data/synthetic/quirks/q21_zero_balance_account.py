"""零余额账户: a quota instead of a credit, debit and clearing on one day, the rest cancelled at 12-31 and restored."""

from collections.abc import Iterator
from datetime import date

from data.synthetic.funds import batch_sum, up_to
from data.synthetic.knowledge import story, workday
from data.synthetic.quirks.choice import chance, untouched_lists
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Account, Arrival, Batch, Federation
from data.synthetic.size import Size
from data.synthetic.treasury import Quota, Treasury

SOURCE = "city_fiscal"
LEFT_FEN = 6_000_00  # of the quota, at the end of the year
RESTORED = (1, 10)
YEAR_END = (12, 31)


def happen(size: Size, federation: Federation) -> None:
    """A part of an arrival of 市财政 comes as a quota; a later list that the city pays directly is paid out of it."""
    found = next(_pairs(federation), None)
    if found is None:
        return
    arrival, batch = found
    account = _account(size, federation, arrival.arrived_on)
    batch.account = account
    fen = up_to(batch_sum(batch) + LEFT_FEN, 100)
    left = fen - batch_sum(batch)
    arrival.amount_fen -= fen
    restored_on = workday(date(federation.year + 1, *RESTORED))
    cancelled_on = date(federation.year, *YEAR_END)
    told: tuple[tuple[str, date, int, str, str], ...] = (
        ("授权支付额度", arrival.arrived_on, fen, "in", "quota"),
        ("额度注销", cancelled_on, left, "out", "quota_cancelled"),
        ("额度恢复", restored_on, left, "in", "quota_restored"),
    )
    federation.arrivals += [_told(arrival, mode, on, part) for mode, on, part, _, _ in told]
    quotas = [Quota(on, direction, part, words) for _, on, part, direction, words in told]
    federation.treasury = Treasury(account, [batch], quotas)


def _pairs(federation: Federation) -> Iterator[tuple[Arrival, Batch]]:
    """An arrival of the year's own money that is large enough, and a list of the year paid after it."""
    own = [a for a in federation.arrivals if a.fund_source == SOURCE and a.budget_year == federation.year]
    for batch in untouched_lists(federation):
        is_citys = batch.unit.is_city and batch.notice is None and not batch.is_single and not batch.planned_on
        is_years = batch.budget_year == federation.year and batch.pay_on < date(federation.year, *YEAR_END)
        for arrival in own:
            is_before = arrival.arrived_on <= batch.pay_on
            is_enough = arrival.amount_fen > 2 * (batch_sum(batch) + LEFT_FEN)
            if is_citys and is_years and batch.fund_source == SOURCE and is_before and is_enough:
                yield arrival, batch


def _account(size: Size, federation: Federation, opened_on: date) -> Account:
    city = federation.units[0]
    own = federation.accounts[city.code]
    told = story("goods")["zero_balance"]
    return Account(
        number=told["account"] + f"{chance(size, 'q21').randrange(10**9):09d}",
        holder=city.name,
        bank_name=own.bank_name,
        unit=city,
        nature="零余额",
        layout=own.layout,
        interest_owner="",
        enabled_on=opened_on,
        opening_fen=0,
    )


def _told(arrival: Arrival, mode: str, on: date, fen: int) -> Arrival:
    return Arrival(
        budget_year=arrival.budget_year,
        project_name=arrival.project_name,
        fund_source=arrival.fund_source,
        quota_no=arrival.quota_no,
        mode=mode,
        arrived_on=on,
        amount_fen=fen,
        payer_name=arrival.payer_name,
        has_credit=False,
    )


QUIRK = Quirk("q21", "零余额账户：额度到账、当日清算、年末注销、次年恢复", happen=happen)
