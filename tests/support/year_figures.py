"""What the passes make of noisy years, beside what is true. `python -m tests.support.year_figures` prints it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tests.spec.harness import Row
from tests.support.matching import Matcher, together
from tests.support.noisy_bank import LEVELS
from tests.support.noisy_years import Year
from tests.support.seeds import FIXED, seeds_of_the_commit
from tests.support.used_once import WITHOUT
from tests.support.year_story import noisy_year

OPEN = {"ambiguous", "unexplained"}
Made = Mapping[str, Sequence[Row]]


def all_years() -> list[Year]:
    """Five fixed seeds and five of the commit, each at every level of noise."""
    seeds = (*FIXED, *seeds_of_the_commit())
    return [
        noisy_year(f"{chr(65 + place)}{level}", seed, level) for place, seed in enumerate(seeds) for level in LEVELS
    ]


def facts_of(years: Sequence[Year]) -> dict[str, list[Row]]:
    return together(*(year.finished() for year in years))


def said_of(years: Sequence[Year], made: Made) -> dict[str, dict[str, list[Row]]]:
    """The rows of each year."""
    owners = {row["bank_line_id"]: year.name for year in years for row in year.bank.lines}
    owners |= {row["payment_id"]: year.name for year in years for row in year.facts["matched.payment_lines"]}
    parted: dict[str, dict[str, list[Row]]] = {year.name: {name: [] for name in made} for year in years}
    for name, rows in made.items():
        for row in rows:
            parted[owners[row.get("bank_line_id") or row["payment_id"]]][name].append(row)
    return parted


def false_matches(year: Year, made: Made) -> Iterator[str]:
    """Lines that are settled by what they are not, up to what is alike in every figure."""
    settled = _settled(year, made)
    for row in made["bank_lines"]:
        name, kind = row["bank_line_id"], row["classification"]
        if kind in OPEN:
            continue
        if kind != year.truth.classes[name] or name in year.truth.doubtful():
            yield f"{name} is {kind}, and was {year.truth.classes[name]}"
        elif settled[name] != _true(year, name):
            yield f"{name} settled {settled[name]}, and was {_true(year, name)}"


def missed(year: Year, made: Made) -> list[str]:
    """Lines that could be told, and are open."""
    open_lines = [row["bank_line_id"] for row in made["bank_lines"] if row["classification"] in OPEN]
    return [name for name in open_lines if name not in year.truth.doubtful()]


def unreported(year: Year, made: Made) -> list[str]:
    """Planted doubts of which a line is not told to be open, or a payment is taken to be paid."""
    classes = {row["bank_line_id"]: row["classification"] for row in made["bank_lines"]}
    paid = {row["payment_id"] for row in made["payments"] if row["status"] in ("paid", "returned")}
    out = {row["bank_line_id"] for row in year.bank.lines if row["direction"] == "out"}
    return [
        kind for kind, lines in year.truth.planted
        if any(classes[name] not in OPEN or (name in out and paid & set(_payments(year, name))) for name in lines)
    ]  # fmt: skip


def _payments(year: Year, name: str) -> list[str]:
    lists = year.truth.lists.get(name, ())
    rows = year.facts["matched.payment_lines"]
    listed = [row["payment_id"] for row in rows if f"{row['unit_code']}|{row['batch_no']}" in lists] if lists else []
    return [*listed, *year.truth.payments.get(name, ())]


def _settled(year: Year, made: Made) -> dict[str, Counter[object]]:
    """What each line settles, in words that are the same for what is alike."""
    likeness, lists = _likenesses(year)
    told: dict[str, Counter[object]] = defaultdict(Counter)
    for row in made["batch_debits"]:
        told[row["bank_line_id"]][lists[row["batch_key"]]] += 1
    for row in made["matches"]:
        answer = row["arrival_row_id"] or (row["notice_no"] if row["payment_id"] is None else None)
        if row["rule"][:3] in ("M40", "M50", "M51", "M52"):
            told[row["bank_line_id"]][likeness[row["payment_id"]]] += 1
        elif answer:
            told[row["bank_line_id"]][answer] += 1
    return told


def _true(year: Year, name: str) -> Counter[object]:
    likeness, lists = _likenesses(year)
    truth = year.truth
    return Counter([
        *(lists[key] for key in truth.lists.get(name, ())), *(likeness[one] for one in truth.payments.get(name, ())),
        *truth.answers.get(name, ()),
    ])  # fmt: skip


def _likenesses(year: Year) -> tuple[dict[str, object], dict[str, object]]:
    """Payments and lists, each as what makes it alike to others."""
    if year.name not in _KNOWN:
        rows = year.facts["matched.payment_lines"]
        money = {
            row["payment_id"]: (row["fund_source"], row.get("notice_no"), row["aid_category"], row["budget_year"])
            for row in rows
        }
        lists: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            lists[f"{row['unit_code']}|{row['batch_no']}"].append(row)
        _KNOWN[year.name] = (
            {row["payment_id"]: (row["card_key"], row["amount_yuan"], *money[row["payment_id"]]) for row in rows},
            {
                key: (sum(row["amount_yuan"] for row in mine), *sorted({money[row["payment_id"]] for row in mine}))
                for key, mine in lists.items()
            },
        )
    return _KNOWN[year.name]


_KNOWN: dict[str, tuple[dict[str, object], dict[str, object]]] = {}


def sums_that_differ(facts: Mapping[str, Sequence[Row]], made: Made) -> list[str]:
    """Matched and open are the total: per account, month and direction; per unit, source and month of the lists."""
    lines: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    said: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    keys = {row["bank_line_id"]: (row["account_key"], row["value_on"].strftime("%Y-%m"), row["direction"])
            for row in facts["facts.bank_lines"]}  # fmt: skip
    for row in facts["facts.bank_lines"]:
        lines[keys[row["bank_line_id"]]] += Decimal(row["amount_yuan"])
    for row in made["bank_lines"]:
        said[keys[row["bank_line_id"]]] += row["amount_yuan"] if row["classification"] in WITHOUT else 0
    for row in made["matches"]:
        said[keys[row["bank_line_id"]]] += row["amount_yuan"]
    for row in facts["matched.payment_lines"]:
        lines[row["unit_code"], row["fund_source"], row["pay_on"].strftime("%Y-%m")] += Decimal(row["amount_yuan"])
    for row in made["payments"]:
        said[row["unit_code"], row["fund_source"], row["pay_on"].strftime("%Y-%m")] += row["amount_yuan"]
    paid = {row["payment_id"]: row["amount_yuan"] for row in made["matches"]
            if row["payment_id"] and keys[row["bank_line_id"]][2] == "out"}  # fmt: skip
    settled = {row["payment_id"]: row["amount_yuan"] for row in made["payments"] if row["bank_line_id"]}
    return [*(f"{key}: {lines[key]}, {said[key]}" for key in lines if lines[key] != said[key]),
            *(f"{name}: certificate and payment differ" for name in paid.keys() ^ settled.keys())]  # fmt: skip


def figures(years: Sequence[Year], parted: Mapping[str, Made]) -> Iterator[str]:
    """One row a level of noise."""
    yield "| noise | payments | bank lines | told apart | found | false | doubts planted | reported |"
    yield "|---|---|---|---|---|---|---|---|"
    for level in LEVELS:
        mine = [year for year in years if year.level == level]
        lines = sum(len(year.bank.lines) for year in mine)
        doubts = sum(len(year.truth.planted) for year in mine)
        told = lines - sum(len(year.truth.doubtful()) for year in mine)
        found = told - sum(len(missed(year, parted[year.name])) for year in mine)
        false = sum(len(list(false_matches(year, parted[year.name]))) for year in mine)
        silent = sum(len(unreported(year, parted[year.name])) for year in mine)
        payments = sum(len(year.facts["matched.payment_lines"]) for year in mine)
        yield f"| {level} | {payments:,} | {lines:,} | {told:,} | {found:,} | {false} | {doubts} | {doubts - silent} |"


if __name__ == "__main__":
    made_up = all_years()
    print("\n".join(figures(made_up, said_of(made_up, Matcher().run(facts_of(made_up), ("batch_debits",))))))
