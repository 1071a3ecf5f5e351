"""The unions of the sample and their bank accounts."""

from datetime import date
from typing import Any

from data.synthetic.knowledge import story
from data.synthetic.numbers import Numbers
from data.synthetic.records import Account, Unit
from data.synthetic.size import Size


def told_units(count: int) -> list[dict[str, Any]]:
    """The first `count` units as data: the city, its counties, then invented 街道 and 园区."""
    told = story("units")
    rows = [told["city"], *told["counties"]]
    further = told["further"]
    for number in range(1, count - len(rows) + 1):
        places: list[str] = further["places"]
        is_named = number <= len(places)
        place = places[number - 1] if is_named else further["numbered"].format(number=number)
        rows.append(
            {
                "code": further["code"].format(number=number),
                "name": further["name"].format(place=place),
                "short": place,
                "region": "",
                "birth": further["birth"],
                "type": further["type"],
                "weight": further["weight"],
                "nature": further["natures"][number % len(further["natures"])],
                "bank": further["banks"][number % len(further["banks"])],
            }
        )
    return rows[:count]


def units(size: Size) -> list[Unit]:
    """The reporting units, the city first."""
    rows = told_units(size.units)
    return [
        Unit(
            code=row["code"],
            name=row["name"],
            short_name=row["short"],
            region_code=row["region"],
            birth_region_code=row["birth"],
            parent_code="" if index == 0 else rows[0]["code"],
            unit_type=row["type"],
            weight=row["weight"],
            is_city=index == 0,
        )
        for index, row in enumerate(rows)
    ]


def accounts(size: Size, unions: list[Unit]) -> dict[str, Account]:
    """One account a unit, by unit code; opening balances are set when the flows are known (bank.py)."""
    numbers = Numbers(size.chance("accounts"))
    made = {}
    for row, unit in zip(told_units(size.units), unions, strict=True):
        bank = story("banks")[row["bank"]]
        default_holder = unit.name if row["nature"] == "基本户" else f"{unit.name}困难职工帮扶资金专户"
        made[unit.code] = Account(
            number=numbers.account(bank["account"], bank["account_digits"]),
            holder=row.get("holder", default_holder),
            bank_name=bank["branch"].format(place="岳阳" if unit.is_city else unit.short_name),
            unit=unit,
            nature=row["nature"],
            layout=row["bank"],
            interest_owner="专户利息" if unit.is_city else "",
            enabled_on=date(size.year - 4, 1, 1),
            opening_fen=0,
        )
    return made
