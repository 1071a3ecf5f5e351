"""The execution tables against plain sums in Python, on random events: the same figures, and they hold together."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spec.harness import ROOT, build_tables, rows_of, sql_text

CITY, YEAR = "430600", 2021
CUTOFFS = {"fiscal": date(2021, 12, 31), "extended": date(2022, 1, 31), "as_of": date(2022, 3, 1)}
POOL = {"city_fiscal": "city_pool", "city_union_match": "city_pool", "city_pool": "city_pool", "central": "central"}
SIGNS = {"quota": 1, "quota_cancelled": -1}
STEPS = sorted(path.stem for path in (ROOT / "transforms/computed").glob("*.sql"))
Row = dict[str, Any]

fen = st.integers(min_value=1, max_value=5_000_000).map(lambda value: Decimal(value) / 100)
edges = st.sampled_from([day + timedelta(days=step) for day in CUTOFFS.values() for step in (0, 1)])
days = edges | st.integers(min_value=0, max_value=430).map(lambda value: date(2021, 1, 1) + timedelta(days=value))
projects = st.sampled_from(["甲", "乙"])
sources = st.sampled_from(sorted(POOL))


def record(**columns: Any) -> st.SearchStrategy[Row]:
    fixed = {name: st.just(value) for name, value in {"city_code": CITY, "budget_year": YEAR}.items()}
    return st.fixed_dictionaries(fixed | columns)


budgets = record(project_name=projects, fund_source=sources, initial_yuan=fen, adjustment_yuan=st.none() | fen)
arrivals = record(
    project_name=projects, fund_source=sources, amount_yuan=fen, received_on=days,
    arrival_mode=st.sampled_from(sorted(SIGNS)),
)  # fmt: skip
payments = record(
    project_name=projects, fund_source=st.sampled_from(["city_pool", "central"]), unit_code=st.sampled_from(["A", "B"]),
    aid_category=st.sampled_from(["living_aid", "warmth_visit"]), amount_yuan=fen, event_on=days,
    campaign=st.sampled_from(["two_festivals", "regular_warmth", None]), is_reissue=st.booleans(),
    returned_after=st.none() | st.integers(min_value=0, max_value=90),
)  # fmt: skip


def events(paid: list[Row]) -> list[Row]:
    """A payment, and what came back of it, as matching would give them."""
    made = []
    for number, payment in enumerate(paid):
        after = payment["returned_after"]
        row = {name: value for name, value in payment.items() if name != "returned_after"} | {"is_direct": False}
        identity = {"payment_id": f"p{number}", "person_key": f"k{number % 3}", "household_id": f"h{number % 2}"}
        made.append(row | identity | {"event": "paid", "event_id": f"p{number}.paid"})
        if after is not None:
            back = {"event": "returned", "event_id": f"p{number}.returned", "amount_yuan": -payment["amount_yuan"],
                    "event_on": payment["event_on"] + timedelta(days=after)}  # fmt: skip
            made.append(row | identity | back)
    return made


def computed(budget: list[Row], arrival: list[Row], event: list[Row]) -> dict[str, list[Row]]:
    """All computed tables, made by the real files in their order."""
    tables: dict[str, list[Row]] = {
        "run.parameters": [{"city_code": CITY, "execution_basis": "disbursed"}],
        "facts.units": [{"city_code": CITY, "unit_code": "A", "is_own": True}],
        "facts.cutoffs": [
            {"city_code": CITY, "budget_year": YEAR, "cutoff": cutoff, "cutoff_on": drawn_on}
            for cutoff, drawn_on in CUTOFFS.items()
        ],
        "policy.source_rows": [{"fund_source": a, "figure_source": b} for a, b in POOL.items()],
        "policy.arrival_modes": [{"arrival_mode": mode, "sign": sign} for mode, sign in SIGNS.items()],
        "facts.budgets": budget, "facts.arrivals": arrival, "matched.execution_events": event,
        "facts.openings": [], "matched.allotted": [], "matched.payments": [], "matched.payables": [],
    }  # fmt: skip
    with duckdb.connect(":memory:") as connection:
        build_tables(connection, "SELECT 1 AS one", tables)
        connection.execute("CREATE SCHEMA computed")
        made = {}
        for step in STEPS:
            name = step.lstrip("0123456789_")
            connection.execute(f"CREATE TABLE computed.{name} AS {sql_text(f'computed.{name}')}")
            made[name] = rows_of(connection, f"SELECT * FROM computed.{name}")
    return made


def total(rows: list[Row], column: str, *keys: str) -> dict[tuple[Any, ...], Decimal]:
    """Sum of a column by keys, zeros left out."""
    sums: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[tuple(row[key] for key in keys)] += row[column]
    return {key: value for key, value in sums.items() if value}


def rate(part: Decimal, whole: Decimal) -> Decimal | None:
    with localcontext() as context:
        context.prec = 60
        exact = part / whole if whole else None
        rounded = exact.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP) if exact is not None else None
    return rounded if rounded is None or abs(rounded) < 1000 else None


@pytest.mark.slow
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(budgets, max_size=4), st.lists(arrivals, max_size=4), st.lists(payments, max_size=12))
def test_figures_are_the_plain_sums(budget: list[Row], arrival: list[Row], paid: list[Row]) -> None:
    event = events(paid)
    made = computed(budget, arrival, event)
    for row in made["execution_by_source"]:
        until, source, project = CUTOFFS[row["cutoff"]], row["fund_source"], row["project_name"]

        def mine(rows: list[Row], source: str = source, project: str = project) -> list[Row]:
            return [each for each in rows if POOL[each["fund_source"]] == source and each["project_name"] == project]

        executed = sum((e["amount_yuan"] for e in mine(event) if e["event_on"] <= until), Decimal())
        arrived = [each for each in mine(arrival) if each["received_on"] <= until]
        received = sum((a["amount_yuan"] * SIGNS[a["arrival_mode"]] for a in arrived), Decimal())
        whole = sum((b["initial_yuan"] + (b["adjustment_yuan"] or 0) for b in mine(budget)), Decimal())
        assert (row["executed_yuan"], row["received_yuan"], row["budget_yuan"]) == (executed, received, whole)
        assert (row["unspent_yuan"], row["idle_yuan"]) == (whole - executed, received - executed)
        assert row["allotted_yuan"] + row["unallocated_yuan"] == row["received_yuan"] + row["carry_in_yuan"]
        assert (row["execution_rate"], row["arrival_rate"]) == (rate(executed, whole), rate(received, whole))
    seen = {(POOL[each["fund_source"]], each["project_name"]) for each in [*budget, *arrival, *event]}
    assert {(row["fund_source"], row["project_name"]) for row in made["execution_by_source"]} == seen
    assert len(made["execution_by_source"]) == 3 * len(seen)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(budgets, max_size=2), st.lists(payments, max_size=16))
def test_figures_hold_together(budget: list[Row], paid: list[Row]) -> None:
    made = computed(budget, [], events(paid))
    by_source, by_unit, by_category = (made[f"execution_by_{grain}"] for grain in ("source", "unit", "category"))
    keys = ("project_name", "fund_source", "cutoff")
    assert total(by_unit, "executed_yuan", *keys) == total(by_source, "executed_yuan", *keys)
    keys_of_units = (*keys, "unit_code")
    assert total(by_category, "executed_yuan", *keys_of_units) == total(by_unit, "executed_yuan", *keys_of_units)
    grain = ("project_name", "fund_source", "unit_code", "aid_category")
    moved: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for row in by_category:
        sign = {"extended": 1, "fiscal": -1, "as_of": 0}[row["cutoff"]]
        moved[tuple(row[key] for key in grain)] += sign * row["executed_yuan"]
    bridged = total(made["execution_bridge"], "amount_yuan", *grain)
    assert bridged == {key: value for key, value in moved.items() if value}
    last = [row for row in made["execution_monthly"] if row["month_end_on"] == CUTOFFS["extended"]]
    extended = [row for row in by_source if row["cutoff"] == "extended"]
    assert total(last, "cumulative_executed_yuan", *grain[:2]) == total(extended, "executed_yuan", *grain[:2])
    assert all(row["person_count"] <= row["payment_count"] for row in by_category)


def test_the_order_of_events_changes_nothing() -> None:
    paid: list[Row] = [
        {"city_code": CITY, "budget_year": YEAR, "project_name": "甲", "fund_source": "central", "unit_code": unit,
         "aid_category": "living_aid", "amount_yuan": Decimal(amount), "event_on": date(2021, 5, 1), "campaign": None,
         "is_reissue": False, "returned_after": None}
        for unit, amount in [("A", "1.01"), ("B", "2.02"), ("A", "3.03")]
    ]  # fmt: skip
    event = events(paid)
    assert computed([], [], event) == computed([], [], event[::-1])
