"""The story's sums hold for every seed, size and year; the figures follow from the other truth files alone."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.synthetic.books import Books
from data.synthetic.federation import build_federation
from data.synthetic.generate import size_of
from data.synthetic.knowledge import new_year_eve
from data.synthetic.oracle_figures import executed_total, figures
from data.synthetic.size import apportion
from tests.unit.synthetic.conftest import read_truth


def pool_totals(households: int, seed: int, year: int, units: int | None = None) -> tuple[Decimal, Decimal]:
    federation = build_federation(size_of(households, seed, year, units, None))
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in figures(federation, Books()):
        if row["fund_source"] == "city_pool" and row["budget_year"] == str(year):
            sums[row["cutoff"]] += Decimal(row["executed_yuan"])
    return sums["fiscal"], sums["extended"]


@pytest.mark.parametrize("seed", [2021, 1])
def test_the_seeds_figures_at_the_default_size(seed: int) -> None:
    assert pool_totals(2500, seed, 2021) == (Decimal("2737900.00"), Decimal("3700000.00"))


@pytest.mark.parametrize("year", range(2018, 2032))
def test_the_same_figures_in_every_year(year: int) -> None:
    assert pool_totals(250, year, year) == (Decimal("273800.00"), Decimal("370000.00"))


@pytest.mark.parametrize(
    ("households", "units", "fiscal", "extended"),
    [(50, None, 54800, 74000), (250, None, 273800, 370000), (300, 2, 328500, 444000), (400, 20, 438100, 592000)],
)
def test_other_sizes_are_scaled_to_whole_hundreds(
    households: int, units: int | None, fiscal: int, extended: int
) -> None:
    for seed in range(2):
        assert pool_totals(households, seed, 2021, units) == (Decimal(fiscal), Decimal(extended))


def test_the_gap_is_two_festivals_less_returns_with_their_reissues(sample: Path) -> None:
    """Y's pool money that moved after 12-31, from payments alone: visits of the two festivals, and lines paid again."""
    rows = [r for r in read_truth(sample, "payments") if r["budget_year"] == "2021" and "city" in r["fund_source"]]
    late = [r for r in rows if r["value_on"] > "2021-12-31"]
    assert {r["aid_category"] for r in late if not r["batch_no"].endswith("补")} == {"warmth_visit"}
    assert any(r["batch_no"].endswith("补") for r in late)
    assert any(r["status"] == "returned" for r in late)


def test_figures_follow_from_payments_and_returns() -> None:
    """A second reading: debits up to the day, less credits up to the day, straight from the bank's lines."""
    federation = build_federation(size_of(400, 8, 2024, None, None))
    for cutoff, on in (("fiscal", date(2024, 12, 31)), ("extended", new_year_eve(2025))):
        total = 0
        for payment in federation.payments:
            if payment.batch.budget_year == 2024 and payment.batch.fund_source in ("city_pool", "city_fiscal"):
                total += payment.amount_fen * (payment.paid_by is not None and payment.paid_by.transacted_on <= on)
                came_back = payment.returned_by is not None and payment.returned_by.transacted_on <= on
                total -= payment.amount_fen * came_back
        assert executed_total(federation, "city_pool", 2024, cutoff) == total


def test_members_of_the_pool_have_no_figure_of_their_own(sample: Path) -> None:
    assert {r["fund_source"] for r in read_truth(sample, "figures")} == {"city_pool", "central", "provincial"}
    assert "city_fiscal" in {r["fund_source"] for r in read_truth(sample, "payments")}


def test_the_year_is_never_the_dates(sample: Path) -> None:
    january = [r for r in read_truth(sample, "payments") if r["value_on"].startswith("2022-01")]
    assert {r["budget_year"] for r in january} == {"2021", "2022"}
    spring = [r for r in read_truth(sample, "payments") if r["value_on"][:7] in ("2021-01", "2021-02")]
    assert {r["budget_year"] for r in spring} == {"2020"}


@given(total=st.integers(0, 10**6), weights=st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_apportioned_parts_add_up(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == (total if sum(weights) else 0)
    assert all(part >= 0 for part in parts)
