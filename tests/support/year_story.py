"""What happens in a noisy year, an episode a function. Sums are odd: none is another's, unless it is meant to be."""

from __future__ import annotations

from datetime import timedelta

from tests.support.matching import DAY
from tests.support.noisy_bank import Party
from tests.support.noisy_years import SUPERIOR, TREASURY, Year
from tests.support.planted import plant


def noisy_year(name: str, seed: int, level: int) -> Year:
    """A whole year: every episode in every unit, in its own months, so that none makes another doubtful."""
    year = Year(name, seed, level)
    _arrivals(year)
    for unit in year.units:
        for month in range(5):
            _list(year, unit, 5 + 40 * month, year.chance.choice((20, 30, 45, 60)))
        _list(year, unit, 210, 200)
        _neighbours(year, unit, 230)
        _several_lists(year, unit, 20)
        _several_debits(year, unit, 65)
        for n in range(14):
            _single(year, unit, 3 + 22 * n)
        _alike(year, unit, 100)
        _returns(year, unit, 140)
        _charges(year, unit)
        plant(year, unit)
    for unit in year.units[1:]:
        _notices(year, unit)
        _clawback(year, unit, 300)
    for unit in year.units[2:]:
        _advance(year, unit, 120)
        _own_business(year, unit)
    return year


def _people(year: Year, count: int) -> list[tuple[Party, int]]:
    return [(year.person(), 100 * year.chance.randint(2, 30)) for _ in range(count)]


def _evened(year: Year, people: list[tuple[Party, int]], total: int) -> list[tuple[Party, int]]:
    """The same people, the last of them with what makes the list come to the total."""
    rest = total - sum(amount for _, amount in people[:-1])
    return [*people[:-1], (people[-1][0], rest)]


def _total(year: Year, count: int) -> int:
    return year.odd(4 * count)


def _list(year: Year, unit: str, day: int, count: int) -> None:
    """A list with or without a result; some of its lines fail, one comes back and is paid again."""
    people = _evened(year, _people(year, count), _total(year, count))
    names = year.state(unit, day, people)
    amounts = dict(zip(names, (amount for _, amount in people), strict=True))
    has_result = year.chance.random() < (1, 0.8, 0.66)[year.level]
    failed = tuple(names[:2]) if has_result and year.chance.random() < 0.5 else ()
    paid = sum(amounts.values()) - sum(amounts[name] for name in failed)
    on = day + year.bank.delay()
    year.pay_list(unit, names, on, paid)
    back = names[5]
    if has_result:
        year.result(names, on, failed, (back,))
    _come_back(year, unit, back, people[5][0], on + 4)


def _come_back(year: Year, unit: str, name: str, to: Party, day: int) -> None:
    """退汇, and the same money paid once more, on a list of one."""
    row = year.rows([name])[0]
    year.undo(unit, name, to, day, row["amount_yuan"], "return")
    again = year.state(
        unit, day + 3, [(to, row["amount_yuan"])], source=row["fund_source"], aid_category=row["aid_category"]
    )
    year.pay_single(unit, again[0], to, day + 3 + year.bank.delay())


def _neighbours(year: Year, unit: str, day: int) -> None:
    """Lists of one sum: of another source beyond the window, and two that are alike within it."""
    total = _total(year, 20)
    for n, source in enumerate(("central", "provincial")):
        names = year.state(unit, day + 40 * n, _evened(year, _people(year, 20), total), source=source)
        year.pay_list(unit, names, day + 40 * n + year.bank.delay(), total)
    total = _total(year, 20)
    for n in (0, 1):
        people = _evened(year, _people(year, 20), total)
        names = year.state(unit, day + 80 + 4 * n, people, source="central", aid_category="living_aid")
        year.pay_list(unit, names, day + 80 + 4 * n, total)


def _several_lists(year: Year, unit: str, day: int) -> None:
    """One debit for three lists."""
    names: list[str] = []
    total = 0
    for n in range(3):
        people = _evened(year, _people(year, 20), _total(year, 20))
        names += year.state(unit, day + n, people)
        total += sum(amount for _, amount in people)
    year.pay_list(unit, names, day + 2 + year.bank.delay(), total)


def _several_debits(year: Year, unit: str, day: int) -> None:
    """One list, paid by three debits."""
    people = _evened(year, _people(year, 24), _total(year, 24))
    names = year.state(unit, day, people)
    total = sum(amount for _, amount in people)
    parts = [year.odd(20), year.odd(25)]
    says = year.bank.says()
    for part in (*parts, total - sum(parts)):
        year.pay_list(unit, names, day + year.bank.delay(), part, says=says)


def _single(year: Year, unit: str, day: int) -> None:
    """A payment to one person, on a list of one to three."""
    people = [(year.person(), year.odd(1)) for _ in range(year.chance.randint(1, 3))]
    for name, (to, _) in zip(year.state(unit, day, people), people, strict=True):
        year.pay_single(unit, name, to, day + year.bank.delay())


def _alike(year: Year, unit: str, day: int) -> None:
    """One person, one sum: twice alike within the window; of another source beyond it."""
    to, amount = year.person(), year.odd(1)
    for n, (later, source) in enumerate(((0, "central"), (5, "central"), (60, "provincial"))):
        name = year.state(unit, day + later, [(to, amount)], source=source, aid_category="medical_aid")[0]
        year.pay_single(unit, name, to, day + later + min(year.bank.delay(), 9) + n // 2)


def _returns(year: Year, unit: str, day: int) -> None:
    """Singles that come back, as a whole and in part; what the bank took back itself and booked again."""
    for later in (0, 30):
        to = year.person()
        name = year.state(unit, day + later, [(to, year.odd(2))])[0]
        on = day + later + year.bank.delay()
        year.pay_single(unit, name, to, on)
        _come_back(year, unit, name, to, on + 5)
    to = year.person()
    name = year.state(unit, day, [(to, year.odd(2))])[0]
    on = day + year.bank.delay()
    year.pay_single(unit, name, to, on)
    year.undo(unit, name, to, on + 9, 150, "refund")
    to, amount = year.person(), year.odd(2)
    name = year.state(unit, day + 60, [(to, amount)])[0]
    account = year.special(unit)
    year.bank.move(account, amount, day + 60, "correction", to=to)
    year.bank.move(account, amount, day + 61, "correction", direction="in", to=to, word="冲正")
    year.pay_single(unit, name, to, day + 62 + year.bank.delay())


def _charges(year: Year, unit: str) -> None:
    """What the bank takes and gives, and cash that should not be."""
    account = year.special(unit)
    for quarter in range(4):
        year.bank.move(account, 5 + quarter, 20 + 80 * quarter, "fee", word="代发手续费")
        year.bank.move(account, 40 + quarter, 21 + 80 * quarter, "interest", direction="in", word="结息")
    year.bank.move(account, year.odd(3), 200, "cash", word="现金支取")


def _arrivals(year: Year) -> None:
    """Money that reaches the city: one for one, two in one credit, one in two."""
    account = year.special(year.units[0])
    plan = ((TREASURY, "fiscal_transfer", 30, 1, 1), (SUPERIOR, "superior_union", 60, 1, 1),
            (TREASURY, "fiscal_transfer", 120, 2, 1), (SUPERIOR, "superior_union", 220, 1, 2))  # fmt: skip
    for payer, mode, day, stated, credited in plan:
        sums = [year.odd(900) for _ in range(max(stated, credited))]
        rows = [
            {
                "row_id": f"{year.name}a{day}{n}", "fact_key": f"{year.name}a{day}{n}", "amount_yuan": amount,
                "unit_code": year.units[0], "arrival_mode": mode, "received_on": DAY + timedelta(days=day),
                "payer_name": payer.name, "quota_no": f"{year.name}指{day}{n}", "fund_source": "central",
            }
            for n, amount in enumerate(sums if stated > 1 else [sum(sums) if credited > 1 else sums[0]])
        ]  # fmt: skip
        year.facts["facts.arrivals"] += rows
        for amount in sums if credited > 1 else [sum(sums[:stated])]:
            name = year.bank.move(
                account, amount, day + year.bank.delay(), "receipt", direction="in", to=payer,
                numbers=[str(row["quota_no"]) for row in rows],
            )  # fmt: skip
            year.truth.answers[name] = tuple(str(row["row_id"]) for row in rows)


def _passed_on(year: Year, unit: str, day: int, mode: str, number: str, original: str | None = None) -> None:
    """Money from the city to a county, or back: both ends."""
    city, amount = year.units[0], year.odd(500)
    year.facts["facts.allotments"] += [{
        "row_id": number, "unit_code": city, "payee_unit_code": unit, "notice_no": number, "allotment_mode": mode,
        "allotted_on": DAY + timedelta(days=day), "fund_source": "central", "amount_yuan": amount,
        "original_notice_no": original,
    }]  # fmt: skip
    here, there = year.special(city), year.special(unit)
    kind, word = ("clawback", "收回拨款") if mode == "clawback" else ("allotment", "拨款")
    giver, taker = (there, here) if mode == "clawback" else (here, there)
    on = day + min(year.bank.delay(), 7)
    for account, other, direction, later in ((giver, taker, "out", 0), (taker, giver, "in", 2)):
        name = year.bank.move(
            account, amount, on + later, f"{kind}_{direction}", direction=direction, to=year.party(other),
            word=word, numbers=[number],
        )  # fmt: skip
        year.truth.answers[name] = (number,)


def _notices(year: Year, unit: str) -> None:
    for n in range(4):
        _passed_on(year, unit, 10 + 70 * n, "to_unit", f"{unit}通{n}号")


def _clawback(year: Year, unit: str, day: int) -> None:
    _passed_on(year, unit, day, "clawback", f"{unit}收1号", f"{unit}通0号")


def _advance(year: Year, unit: str, day: int) -> None:
    """垫付 out of the 基本户, 归垫 out of the 专户: the list is paid by the second."""
    total = _total(year, 20)
    names = year.state(unit, day, _evened(year, _people(year, 20), total))
    number = year.rows(names)[0]["batch_no"]
    basic, special = year.accounts[f"{unit}.g"], year.special(unit)
    year.bank.move(basic, total, day + 1, "advance", word="垫付帮扶资金", numbers=[number])
    ours = [Party(str(row["account_name"]), None, str(row["account_key"]), is_shown=True) for row in (basic, special)]
    paid = year.bank.move(special, total, day + 30, "reimbursement", to=ours[0], word="归垫", numbers=[number])
    year.bank.move(basic, total, day + 30, "reimbursement", direction="in", to=ours[1], word="归垫")
    year.truth.lists[paid] = (f"{unit}|{number}",)


def _own_business(year: Year, unit: str) -> None:
    """A shared account: wages and electricity; and money moved between the unit's own accounts."""
    basic, special = year.accounts[f"{unit}.g"], year.special(unit)
    for month in range(10):
        year.bank.move(basic, year.odd(30), 9 + 30 * month, "out_of_scope", word="工资", to=year.person())
        year.bank.move(basic, year.odd(2), 12 + 30 * month, "out_of_scope", word="电费")
    ours = [Party(str(row["account_name"]), None, str(row["account_key"]), is_shown=True) for row in (basic, special)]
    amount = year.odd(70)
    year.bank.move(special, amount, 255, "own_transfer", to=ours[0], word="内部划转")
    year.bank.move(basic, amount, 255, "own_transfer", direction="in", to=ours[1], word="内部划转")
