"""A little federation, thrown together: nothing in it need make sense, only little is told apart by chance.

A city and a county with few sums, few days, few payees and few words. Most bank lines are made to answer something, and
then changed in this or that, so that every pass finds something and several passes want the same line.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from tests.spec.harness import Row
from tests.support.matching import DAY, account, bank_line, line, together

SUMS = (100, 200, 300, 400, 600)
SOURCES = ("central", "provincial")
MEMOS = (
    "", "", "", "代发", "冲正", "退汇", "退还", "手续费", "归垫", "垫付", "收回拨款", "额度到账", "现金支取",
    "帮扶资金", "利息",
)  # fmt: skip


def little_federation(name: str, chance: Random) -> dict[str, list[Row]]:
    """All facts of one example; `name` keeps it apart from the others of a run."""
    city, county = f"{name}c", f"{name}u"
    numbers = [f"{name}第0{n}批" for n in range(4)] + [f"{name}通{n}" for n in range(3)] + [f"{name}标1"]
    accounts = together(account(city), account(county), account(county, "g", "basic"))
    facts = {
        **accounts,
        "facts.units": [{"unit_code": city, "unit_name": "市总工会"}],
        "matched.payment_lines": _lists(county, numbers, chance),
        "facts.payouts": _results(county, numbers, chance),
        "facts.allotments": _notices(city, county, numbers, chance),
        "facts.arrivals": _arrivals((city, county), numbers, chance),
    }
    wishes = [*_wishes(facts), *_wishes(facts), {}]
    facts["facts.bank_lines"] = [
        _moved(n, chance.choice(wishes), (city, county), numbers, chance) for n in range(chance.randint(2, 12))
    ]
    return facts


def _wishes(facts: dict[str, list[Row]]) -> list[dict[str, Any]]:
    """What the bank might show of each fact: amount, day, direction, whose account, from or to whom, and a word."""
    lines = facts["matched.payment_lines"]
    lists = [[row for row in lines if row["batch_no"] == number] for number in sorted({r["batch_no"] for r in lines})]
    totals = [(sum(row["amount_yuan"] for row in rows), rows[0]) for rows in lists]
    pay = {"direction": "out", "own": "ua"}
    return [
        *({**pay, "amount": total, "on": row["pay_on"], "word": "代发"} for total, row in totals),
        *({**pay, "amount": r["amount_yuan"], "on": r["pay_on"], "to": r["card_key"]} for r in lines),
        *(
            {"direction": "in", "own": "ua", "amount": r["amount_yuan"], "on": r["pay_on"] + timedelta(days=9),
             "to": r["card_key"], "word": "退汇"}
            for r in lines
        ),
        *({**pay, "amount": total, "on": row["pay_on"], "to": "ug", "word": "归垫"} for total, row in totals),
        *(
            {"direction": way, "own": own, "amount": row["amount_yuan"], "on": row["allotted_on"], "to": to}
            for row in facts["facts.allotments"]
            for way, own, to in (("out", "ca", "ua"), ("in", "ua", "ca"), ("out", "ua", "ca"), ("in", "ca", "ua"))
        ),
        *(
            {"direction": "in", "own": row["unit_code"][-1] + "a", "amount": row["amount_yuan"],
             "on": row["received_on"], "named": row["payer_name"]}
            for row in facts["facts.arrivals"]
        ),
    ]  # fmt: skip


def _lists(county: str, numbers: list[str], chance: Random) -> list[Row]:
    made: list[Row] = []
    for batch_no in numbers[: chance.randint(0, 4)]:
        day, source = chance.randint(0, 30), chance.choice(SOURCES)
        for _ in range(chance.choice((1, 1, 2, 3, 4))):
            payee, amount = chance.randint(0, 4), chance.choice((100, 200, 300))
            made.append(
                line(
                    len(made), payee=payee, amount=amount, day=day, source=source, batch_no=batch_no, unit=county,
                    notice_no=chance.choice((None, None, numbers[4])),
                )
            )  # fmt: skip
    return made


def _results(county: str, numbers: list[str], chance: Random) -> list[Row]:
    status = chance.choice(("succeeded", "failed", "returned"))
    return [
        {
            "row_id": f"{county}.o{n}", "unit_code": county, "card_key": f"c{chance.randint(0, 4)}",
            "batch_no": chance.choice((numbers[0], numbers[1], None)), "amount_yuan": chance.choice((100, 200)),
            "result_status": status, "processed_on": DAY + timedelta(days=chance.randint(0, 30)),
        }
        for n in range(chance.choice((0, 0, 1, 2)))
    ]  # fmt: skip


def _notices(city: str, county: str, numbers: list[str], chance: Random) -> list[Row]:
    return [
        {
            "row_id": f"{city}.n{n}", "unit_code": city, "payee_unit_code": county, "notice_no": number,
            "allotment_mode": chance.choice(("to_unit", "to_unit", "transfer", "clawback")),
            "allotted_on": DAY + timedelta(days=chance.randint(0, 30)), "fund_source": chance.choice(SOURCES),
            "amount_yuan": chance.choice(SUMS), "original_notice_no": chance.choice((None, numbers[4])),
        }
        for n, number in enumerate(numbers[4 : 4 + chance.randint(0, 3)])
    ]  # fmt: skip


def _arrivals(units: tuple[str, str], numbers: list[str], chance: Random) -> list[Row]:
    return [
        {
            "row_id": f"{units[0]}.a{n}", "fact_key": f"{units[0]}.a{n}", "unit_code": chance.choice(units),
            "arrival_mode": chance.choice(("fiscal_transfer", "superior_union", "donation", "quota")),
            "received_on": DAY + timedelta(days=chance.randint(0, 30)), "amount_yuan": chance.choice(SUMS),
            "fund_source": chance.choice(SOURCES), "payer_name": chance.choice((None, "财政局", "市总工会")),
            "quota_no": chance.choice((None, numbers[7])),
        }
        for n in range(chance.randint(0, 3))
    ]  # fmt: skip


def _moved(number: int, wish: dict[str, Any], units: tuple[str, str], numbers: list[str], chance: Random) -> Row:
    """A bank line as wished for, each of its features changed by chance once in six times."""
    own = _mostly(wish.get("own"), ("ua", "ua", "ug", "ca"), chance)
    to = _mostly(wish.get("to"), (None, "c0", "c1", "c2", "c3", "ca", "ug"), chance)
    unit, other = units[own[0] == "u"], None if to is None else {"c": units[0], "u": units[1]}.get(to[0])
    made = bank_line(
        f"b{number:02}", amount=_mostly(wish.get("amount"), (50, *SUMS), chance), day=0, payee=None, unit=unit,
        memo=_mostly(wish.get("word"), MEMOS, chance) + chance.choice(("", "", "", "收回", *numbers)), account=own[1],
        direction=_mostly(wish.get("direction"), ("out", "in"), chance), account_type=KINDS[own[1]],
        counterparty_key=f"{other}.{to[1]}" if to in ("ca", "ua", "ug") else to,
        counterparty_name=wish.get("named") or chance.choice((None, None, "人0", "人1", "市总工会")),
    )  # fmt: skip
    on = wish.get("on", DAY) + timedelta(days=chance.choice((0, 0, 1, 2, 5, 9, 16)))
    return {**made, "booked_on": on, "transacted_on": on, "value_on": on}


def _mostly(wished: Any, others: tuple[Any, ...], chance: Random) -> Any:
    return chance.choice(others) if wished is None or chance.random() < 1 / 6 else wished


KINDS = {"a": "special", "g": "basic"}
