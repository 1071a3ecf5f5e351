"""What nobody could tell, planted on purpose at every level of noise: the bank says as little as a bank may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.support.matching import DAY
from tests.support.noisy_bank import Party
from tests.support.noisy_years import Year

DAYS = 420  # after everything else of the year, so that nothing else is near


def plant(year: Year, unit: str) -> None:
    """One of each in a unit, far from each other."""
    places = ((_two_lists, 0), (_two_sources, 40), (_two_namesakes, 80), (_which_came_back, 120), (_two_sums, 200))
    for make, later in places:
        year.truth.planted.append((make.__name__.strip("_"), frozenset(make(year, unit, DAYS + later))))
    if unit == year.units[0]:
        year.truth.planted.append(("two_arrivals", frozenset(_two_arrivals(year, unit, DAYS + 240))))


def _two_lists(year: Year, unit: str, day: int) -> list[str]:
    """Two lists of one sum and of two sources, near one debit that names neither."""
    first = year.state(unit, day, [(year.person(), 700), (year.person(), 900)], source="central")
    year.state(unit, day + 3, [(year.person(), 600), (year.person(), 1000)], source="provincial")
    return [year.pay_list(unit, first, day + year.chance.randint(0, 6), 1600, silent=True)]


def _two_sources(year: Year, unit: str, day: int) -> list[str]:
    """One person, one sum, two sources, two debits within both windows."""
    to = year.person()
    names = [year.state(unit, day + n, [(to, 500)], source=s)[0] for n, s in ((0, "central"), (3, "provincial"))]
    return [year.pay_single(unit, name, to, day + year.chance.randint(0, 9), silent=True) for name in names]


def _two_namesakes(year: Year, unit: str, day: int) -> list[str]:
    """Two people of one name, one sum; of one of them the bank shows the name only."""
    one = year.person()
    other = year.person(one.name)
    names = year.state(unit, day, [(one, 800), (other, 800)], source="central")
    return [year.pay_single(unit, names[0], replace(one, account_no=None, key=None), day + 2, silent=True)]


def _which_came_back(year: Year, unit: str, day: int) -> list[str]:
    """Two lists of a day, of two sources, with one sum each for one person; one of them comes back."""
    to = year.person()
    first: list[str] = []
    for source, other in (("central", 400), ("provincial", 450)):
        names = year.state(unit, day, [(to, 300), (year.person(), other)], source=source)
        year.pay_list(unit, names, day, 300 + other, silent=True)
        first += names[:1]
    return [year.undo(unit, first[0], Party(to.name, None, None), day + 5, 300, "return", silent=True)]


def _two_sums(year: Year, unit: str, day: int) -> list[str]:
    """Four lists of which two pairs come to the sum of the debit."""
    lists = [
        year.state(unit, day + n, [(year.person(), amount - 100), (year.person(), 100)], source="central")
        for n, amount in enumerate((3100, 3900, 3200, 3800))
    ]
    return [year.pay_list(unit, lists[0] + lists[1], day + 4, 7000, silent=True)]


def _two_arrivals(year: Year, unit: str, day: int) -> list[str]:
    """Two arrivals of one day and sum, of two sources; one credit that does not say from whom."""
    year.facts["facts.arrivals"] += [
        {
            "row_id": f"{year.name}ap{n}", "fact_key": f"{year.name}ap{n}", "amount_yuan": 77_000, "unit_code": unit,
            "arrival_mode": "fiscal_transfer", "received_on": DAY + timedelta(days=day), "payer_name": None,
            "quota_no": None, "fund_source": source,
        }
        for n, source in enumerate(("central", "provincial"))
    ]  # fmt: skip
    return [year.bank.move(year.special(unit), 77_000, day + 1, "receipt", direction="in", silent=True)]
