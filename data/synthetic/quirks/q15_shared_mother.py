"""Two brothers, each with a case file of his own; their mother is named in both."""

from datetime import date
from itertools import combinations

from data.synthetic.knowledge import story
from data.synthetic.numbers import Numbers
from data.synthetic.quirks.choice import chance
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation, Household, Person
from data.synthetic.size import Size

YEARS_OLDER = 27
AGE_APART = 12


def happen(size: Size, federation: Federation) -> None:
    """Two men of one surname in different files become brothers."""
    men = [h for h in federation.households if h.file_no and _is_male(h) and not h.parents]
    for one, other in combinations(men, 2):
        if one.head.name[:1] == other.head.name[:1] and abs(_born(one) - _born(other)) <= AGE_APART:
            mother = _mother(size, federation, one, other)
            one.parents.append(mother)
            other.parents.append(mother)
            return


def _is_male(household: Household) -> bool:
    return int(household.head.id_number[16]) % 2 == 1


def _born(household: Household) -> int:
    return household.head.born_on.year


def _mother(size: Size, federation: Federation, one: Household, other: Household) -> Person:
    drawn = chance(size, "q15")
    numbers = Numbers(drawn)
    numbers.given = {household.head.id_number for household in federation.households}
    born_on = date(min(_born(one), _born(other)) - YEARS_OLDER, 1 + drawn.randrange(12), 1 + drawn.randrange(28))
    names = story("names")
    name = drawn.choice(names["surnames"]) + drawn.choice(names["female"])
    return Person(name, numbers.id_number(one.unit.birth_region_code, born_on, is_male=False), born_on)


QUIRK = Quirk("q15", "母亲在两兄弟的档案里", happen=happen)
