"""Numbers pass checks written independently of the generator; files hold what the rules ask."""

import re
from collections import Counter
from datetime import date

from data.synthetic.records import Federation, Household, Person


def family(household: Household) -> list[Person]:
    spouse = [household.spouse] if household.spouse else []
    return [household.head, *spouse, *(child.person for child in household.children), *household.parents]


def test_id_numbers_are_valid_and_unique(federation: Federation) -> None:
    numbers = [person.id_number for household in federation.households for person in family(household)]
    assert len(numbers) == len(set(numbers)) > 1000
    for number in numbers:
        assert re.fullmatch(r"43\d{15}[\dX]", number)
        # ISO 7064 MOD 11-2: 2 to the power of the place, all together 1 modulo 11
        digits = [10 if c == "X" else int(c) for c in number]
        assert sum(d * pow(2, 17 - place, 11) for place, d in enumerate(digits)) % 11 == 1
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        assert date(1900, 1, 1) < born_on < date(federation.year, 1, 1)


def test_cards_pass_luhn_and_phones_are_nobodys(federation: Federation) -> None:
    cards = {payment.card.number for payment in federation.payments}
    for number in cards:
        assert re.fullmatch(r"\d{19}", number)
        total = 0
        for place, digit in enumerate(reversed([int(c) for c in number])):
            total += sum(divmod(digit * 2, 10)) if place % 2 else digit
        assert total % 10 == 0
        assert not number.endswith("0000")
    assert all(re.fullmatch(r"139000\d{5}", household.phone) for household in federation.households)


def test_one_file_a_household_and_every_number_once(federation: Federation) -> None:
    filed = [household for household in federation.households if household.file_no]
    assert max(Counter((h.unit.code, h.file_no) for h in filed).values()) == 1
    assert 0 < len(federation.households) - len(filed) < len(filed)
    assert {h.beneficiary_class for h in filed} == {"深度困难", "相对困难", "意外致困"}


def test_help_other_than_visits_goes_to_open_files(federation: Federation) -> None:
    for payment in federation.payments:
        household, batch = payment.household, payment.batch
        assert household.unit is batch.unit
        if batch.aid_category != "warmth_visit":
            assert household.file_no
            assert household.opened_on < batch.pay_on
        if household.closed_on:
            assert batch.pay_on < household.closed_on
        assert (payment.student is not None) == (batch.aid_category == "education_aid")
        if payment.student:
            assert payment.student in household.children
            assert payment.student.stage


def test_nobody_comes_of_age_around_the_year(federation: Federation) -> None:
    for household in federation.households:
        for child in household.children:
            eighteen = child.person.born_on.year + 18
            assert (eighteen > federation.year + 2) if child.is_minor else (eighteen < federation.year - 1)
