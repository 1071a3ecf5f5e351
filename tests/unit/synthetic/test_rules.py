"""The clean year keeps the rules that are judged: notices, visits, sources."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from data.synthetic.amounts import targets
from data.synthetic.federation import build_federation
from data.synthetic.generate import size_of
from data.synthetic.knowledge import new_year_eve
from data.synthetic.records import Federation, Payment

EARLY, LATE = 2022, 2025  # 除夕 of the year after: 21 January, 16 February


@pytest.fixture(scope="module", params=[2021, EARLY, LATE])
def any_year(request: pytest.FixtureRequest) -> Federation:
    return build_federation(size_of(300, 4, request.param, None, None))


def test_no_notice_is_overdrawn_or_used_late(any_year: Federation) -> None:
    given = {(id(notice), line.unit.code): line.amount_fen for notice in any_year.notices for line in notice.lines}
    spent: dict[tuple[int, str], int] = defaultdict(int)
    for payment in any_year.payments:
        notice = payment.batch.notice
        if notice is not None:
            assert payment.batch.fund_source == notice.fund_source
            assert payment.batch.budget_year == notice.budget_year
            assert notice.issued_on < payment.batch.pay_on <= notice.use_by_on
            spent[id(notice), payment.batch.unit.code] += payment.amount_fen * (not payment.incident)
    assert set(spent) == set(given)
    for key, fen in spent.items():
        assert fen <= given[key]
        assert given[key] % 100_00 == 0


def test_money_reaches_the_county_before_it_is_paid_on(any_year: Federation) -> None:
    for batch in any_year.batches:
        if batch.notice is not None:
            line = next(line for line in batch.notice.lines if line.unit is batch.unit)
            assert batch.notice.issued_on < line.paid_out_on <= line.received_on < batch.pay_on
            assert (line.received_on - line.paid_out_on).days <= 4


def test_notice_numbers_are_unique_and_bear_the_year_of_the_date(any_year: Federation) -> None:
    numbers = [notice.number for notice in any_year.notices]
    assert len(numbers) == len(set(numbers))
    for notice in any_year.notices:
        assert f"〔{notice.issued_on.year}〕" in notice.number


def test_all_money_given_out_is_covered(any_year: Federation) -> None:
    """Per source and budget year: allotted to units ≤ received + carried in; of the story's pool exactly all of it."""
    pool = {"city_fiscal": "city_pool", "city_union_match": "city_pool"}
    have: dict[tuple[int, str], int] = defaultdict(int)
    for arrival in any_year.arrivals:
        have[arrival.budget_year, pool.get(arrival.fund_source, arrival.fund_source)] += arrival.amount_fen
    for opening in any_year.openings:
        have[opening.original_budget_year, pool.get(opening.fund_source, opening.fund_source)] += opening.amount_fen
    gave: dict[tuple[int, str], int] = defaultdict(int)
    for notice in any_year.notices:
        gave[notice.budget_year, notice.fund_source] += sum(line.amount_fen for line in notice.lines)
    for decision in any_year.decisions:
        gave[decision.budget_year, pool.get(decision.fund_source, decision.fund_source)] += decision.amount_fen
    assert all(fen <= have[key] for key, fen in gave.items())
    extended = targets(size_of(300, 4, any_year.year, None, None))[1]
    assert gave[any_year.year, "city_pool"] == have[any_year.year, "city_pool"] == extended


def window(payment: Payment) -> str:
    """The window of a visit: the season of the next 春节, or the budget year."""
    batch = payment.batch
    if batch.campaign == "regular_warmth":
        return f"regular {batch.budget_year}"
    year = batch.pay_on.year if batch.pay_on <= new_year_eve(batch.pay_on.year) else batch.pay_on.year + 1
    return f"festivals {year}"


def test_one_visit_a_household_and_window(any_year: Federation) -> None:
    visited: dict[tuple[str, str], Payment] = {}
    groups: dict[str, set[str]] = defaultdict(set)
    for payment in any_year.payments:
        if payment.batch.aid_category == "warmth_visit" and payment.repeats is None:
            key = (payment.household.number, window(payment))
            assert key not in visited
            visited[key] = payment
            groups[payment.household.number].add(payment.batch.campaign)
    assert visited
    assert all(len(campaigns) == 1 for campaigns in groups.values())


def test_a_visit_paid_again_is_still_one_visit(any_year: Federation) -> None:
    for payment in any_year.payments:
        if payment.repeats and payment.batch.aid_category == "warmth_visit":
            assert payment.batch.pay_on - payment.repeats.batch.pay_on <= timedelta(days=30)
            assert window(payment) == window(payment.repeats)


def test_two_festivals_end_on_new_years_eve(any_year: Federation) -> None:
    eves = {new_year_eve(any_year.year), new_year_eve(any_year.year + 1)}
    for batch in any_year.batches:
        if batch.campaign == "two_festivals":
            assert any(date(eve.year, 1, 1) <= batch.pay_on <= eve for eve in eves)


def test_the_register_answers_its_line(any_year: Federation) -> None:
    assert any_year.visits
    for visit in any_year.visits:
        assert visit.payment.incident == ""
        assert timedelta(0) <= visit.payment.batch.pay_on - visit.visited_on <= timedelta(days=3)
        assert visit.visited_on.year == visit.payment.batch.pay_on.year


def test_every_list_has_one_source_year_and_notice_and_only_its_own_people(any_year: Federation) -> None:
    numbers = [batch.number for batch in any_year.batches]
    assert len(numbers) == len(set(numbers))
    for batch in any_year.batches:
        people = [(p.household.number, id(p.student)) for p in batch.payments]
        assert len(people) == len(set(people))
