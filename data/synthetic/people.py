"""Households of every unit: 88 % with a case file, the rest visited without one."""

import random
from datetime import date, timedelta

from data.synthetic.knowledge import story
from data.synthetic.numbers import Numbers
from data.synthetic.records import Card, Child, Household, Person, Unit
from data.synthetic.size import Size, apportion

CLASSES = (("深度困难", 50), ("相对困难", 35), ("意外致困", 15))
CAUSES = {
    "深度困难": ("疾病", "残疾", "无劳动力"),
    "相对困难": ("子女上学", "疾病", "下岗失业"),
    "意外致困": ("意外伤害", "重大疾病", "突发灾害"),
}
LEVELS = ("全国级", "全国级", "省级", "市级")
CARD_BANKS = ("abc", "psbc", "ccb", "icbc")


def households(size: Size, units: list[Unit]) -> list[Household]:
    """All households, unit by unit, files first. Every person and card number is unique in the federation."""
    maker = HouseholdMaker(size)
    shares = apportion(size.households - 2 * len(units), [unit.weight for unit in units])
    made = []
    for unit, share in zip(units, shares, strict=True):
        count = share + 2  # nobody is left out, however small the sample
        files = count - count * 12 // 100
        made += [maker.filed(unit, number) for number in range(1, files + 1)]
        made += [maker.unfiled(unit, number) for number in range(1, count - files + 1)]
    return made


class HouseholdMaker:
    """Draws households; one stream of chance, numbers never repeat."""

    def __init__(self, size: Size) -> None:
        self.year = size.year
        self.chance: random.Random = size.chance("people")
        self.numbers = Numbers(self.chance)
        self.names = story("names")
        self.banks = story("banks")
        self.regions = [unit["birth"] for unit in story("units")["counties"]]

    def filed(self, unit: Unit, number: int) -> Household:
        """A household with a case file."""
        chance = self.chance
        household = self._single(unit, f"{unit.code}-{number:05d}")
        household.beneficiary_class = chance.choices([c for c, _ in CLASSES], [w for _, w in CLASSES])[0]
        household.cause = chance.choice(CAUSES[household.beneficiary_class])
        household.file_level = chance.choice(LEVELS)
        household.opened_on = self._opened_on()
        household.file_no = f"{unit.code}{household.opened_on:%Y}{number:05d}"
        self._add_family(household)
        per_head_fen = chance.randrange(280_00, 900_00)
        household.annual_income_fen = per_head_fen * 12 * household.size // 100 * 100
        household.rigid_expense_fen = chance.randrange(2, 40) * 500_00
        household.reviewed_on = max(household.opened_on, date(self.year, 3, 1) + timedelta(days=chance.randrange(60)))
        return household

    def unfiled(self, unit: Unit, number: int) -> Household:
        """Somebody visited without a case file: a household of one."""
        return self._single(unit, f"{unit.code}-W{number:04d}")

    def _single(self, unit: Unit, number: str) -> Household:
        born_on = self.numbers.day_between(date(self.year - 57, 1, 1), date(self.year - 30, 12, 31))
        bank = self.banks[self.chance.choice(CARD_BANKS)]
        return Household(
            number=number,
            unit=unit,
            head=self._person(unit, born_on, self.chance.random() < 0.6),
            card=Card(self.numbers.card(bank["card_bin"]), bank["name"]),
            employer=self.chance.choice(self.names["employers"]),
            phone=self.numbers.phone(),
        )

    def _opened_on(self) -> date:
        """Mostly years ago; one in twenty in the first quarter of the sample year."""
        if self.chance.random() < 0.05:
            return self.numbers.day_between(date(self.year, 1, 8), date(self.year, 3, 10))
        return self.numbers.day_between(date(self.year - 4, 1, 10), date(self.year - 1, 11, 30))

    def _person(self, unit: Unit, born_on: date, is_male: bool, surname: str = "", kind: str = "") -> Person:
        region = unit.birth_region_code if self.chance.random() < 0.85 else self.chance.choice(self.regions)
        number = self.numbers.id_number(region, born_on, is_male)
        return Person(self._name(is_male, surname, kind), number, born_on)

    def _name(self, is_male: bool, surname: str, kind: str) -> str:
        if not surname and (luck := self.chance.random()) < 0.012:
            names: list[str] = self.names["dotted" if luck < 0.002 else "rare"]
            return self.chance.choice(names)
        given = self.chance.choice(self.names[kind or ("male" if is_male else "female")])
        return f"{surname or self.chance.choice(self.names['surnames'])}{given}"

    def _add_family(self, household: Household) -> None:
        """Spouse, children, now and then a parent. Nobody comes of age between Y-1 and Y+2, so that 未成年 is plain."""
        chance, head, unit = self.chance, household.head, household.unit
        surname = head.name[:2] if head.name[:2] == "欧阳" else head.name[:1]
        if chance.random() < 0.75:
            born_on = head.born_on + timedelta(days=chance.randrange(-1800, 1800))
            head_is_male = int(head.id_number[16]) % 2 == 1
            household.spouse = self._person(unit, born_on, not head_is_male)
        for _ in range(chance.choices((0, 1, 2), (35, 50, 15))[0]):
            household.children.append(self._child(unit, head.born_on.year, surname))
        if chance.random() < 0.1:
            born_on = date(head.born_on.year - 26, 1 + chance.randrange(12), 1 + chance.randrange(28))
            household.parents.append(self._person(unit, born_on, False))

    def _child(self, unit: Unit, head_born: int, surname: str) -> Child:
        """A schoolchild under 16 or a student of 20 to 23 years at the end of the sample year, or an infant."""
        chance, year = self.chance, self.year
        oldest = max(head_born + 18, year - 23)
        if oldest <= year - 20 and chance.random() < 0.35:
            born_on = self.numbers.day_between(date(oldest, 1, 1), date(year - 20, 12, 31))
            stage = chance.choice(("大专", "本科"))
        else:
            born_on = self.numbers.day_between(date(max(oldest, year - 15), 1, 1), date(year - 3, 12, 31))
            age = year - born_on.year
            stage = "高中" if age >= 15 else "初中" if age >= 12 else "小学" if age >= 7 else ""
        person = self._person(unit, born_on, chance.random() < 0.5, surname, "young")
        return Child(person, stage, is_minor=born_on.year > year - 18)
