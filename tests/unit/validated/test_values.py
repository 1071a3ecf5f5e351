"""Dates, years, numbers of people and cards, keys."""

import datetime as dt
import hashlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.parsed.cells import Cell, cell
from transforms.validated.dates import day, year
from transforms.validated.identities import account, card, id_number, lifted, visible_account
from transforms.validated.keys import PLAIN_FORMS, Keys
from transforms.validated.unreadable import UnreadableError
from transforms.validated.values import quantity, whole

THIRD = dt.date(2021, 12, 3)


@pytest.mark.parametrize(
    "text",
    ["2021-12-03", "2021-12-3", "2021.12.3", "2021/12/3", "2021年12月3日", "2021年12月03号", "20211203",
     "２０２１－１２－３", "2021-12-03 10:22:33", "2021/12/3 9:05", "20211203 10:22:33", "20211203102233",
     "2021-12-03T10:22:33", "2021-12-03-10.22.33.123456", "44533", "44533.75", " 2021 - 12 - 3 "],
)  # fmt: skip
def test_a_day_in_every_form(text: str) -> None:
    assert day(text) == THIRD


def test_serials_of_both_systems() -> None:
    assert day("44533", 1900) == THIRD
    assert day("43071", 1904) == THIRD


@pytest.mark.parametrize(
    "text",
    ["2021-13-03", "2021-02-30", "21.12.3", "2021-12", "2021年12月", "12/3/2021", "2021.12/3", "明天", "1",
     "99999", "3021-01-01"],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(UnreadableError):
        day(text)


@pytest.mark.parametrize("text", ["2021", "2021年", "2021年度", "２０２１年度", "2021.0"])
def test_a_year(text: str) -> None:
    assert year(text) == 2021


@pytest.mark.parametrize("text", ["21", "2021年1月", "20211", "二年"])
def test_what_is_no_year(text: str) -> None:
    with pytest.raises(UnreadableError):
        year(text)


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("3人", 3), ("３", 3), ("3.0", 3), ("-1", -1)])
def test_whole_numbers(text: str, number: int) -> None:
    assert whole(Cell(text, "text")) == number


@pytest.mark.parametrize("text", ["3.5", "三", "3-4", "99999999999"])
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(UnreadableError):
        whole(Cell(text, "text"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        (" 110105 19491231 002X ", "11010519491231002X"),
        ("'430602199001011238", "430602199001011238"),
        ("110105491231002", "110105491231002"),
        ("11010519491231002×", "11010519491231002X"),
        ("430602199001011239", "430602199001011239"),  # a wrong check digit is readable
    ],
)
def test_id_numbers(text: str, number: str) -> None:
    assert id_number(Cell(text, "text")) == number


@pytest.mark.parametrize(
    "text", ["43060219900101123", "4306021990010112388", "X30602199001011238", "无证", "43060219900101123XX"]
)
def test_what_is_no_id_number(text: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        id_number(Cell(text, "text"))
    assert caught.value.rule_id == "S.type"


@pytest.mark.parametrize("made", [cell(430602199001011238), cell(6.22202123456789e18), Cell("4.30602E+17", "text")])
def test_lost_digits_are_a_finding_and_never_a_guess(made: Cell) -> None:
    for read in (id_number, visible_account, lambda c: card(c, (12, 25)), lambda c: account(c, (9, 30))):
        with pytest.raises(UnreadableError) as caught:
            read(made)
        assert caught.value.rule_id == "S.lost_digits"


def test_numbers_that_a_spreadsheet_keeps_are_read() -> None:
    assert id_number(cell(110105491231002)) == "110105491231002"
    assert card(cell(622202123456789), (12, 25)) == "622202123456789"


def test_cards_and_accounts() -> None:
    assert card(Cell("6222 0212-3456 7890 123", "text"), (12, 25)) == "6222021234567890123"
    assert account(Cell("10-5456010400", "text"), (9, 30)) == "10-5456010400"
    assert visible_account(Cell("1234****9876", "text")) == "1234****9876"
    for text in ("622202", "6222O21234567890", "1234****9876"):
        with pytest.raises(UnreadableError):
            card(Cell(text, "text"), (12, 25))


def oracle(text: str, secret: bytes = b"k") -> str:
    return hashlib.blake2b(text.encode(), key=secret, digest_size=8).hexdigest()


def test_keys_are_made_of_what_identifies() -> None:
    keys = Keys(b"k")
    assert keys.person("11010519491231002X") == oracle("11010519491231002X")
    assert keys.person("110105491231002") == oracle("11010519491231002X")  # the specimen of GB 11643, both lengths
    assert keys.digits("10-5456010400") == oracle("105456010400")
    assert keys.digits("1234****9876") is None
    assert keys.name("张 三") == keys.name("张三") == oracle("张三")
    assert (keys.person(None), keys.digits(""), keys.name(None)) == (None, None, None)


@given(st.from_regex(r"[1-9]\d{5}\d{2}(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}", fullmatch=True))
def test_fifteen_digits_and_eighteen_name_one_person(short: str) -> None:
    weights = [Decimal(2) ** (17 - place) % 11 for place in range(17)]
    body = short[:6] + "19" + short[6:]
    remainder = int(sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11)
    check = (12 - remainder) % 11
    full = body + ("X" if check == 10 else str(check))
    assert lifted(short) == full
    assert Keys(b"k").person(short) == Keys(b"k").person(full)


@given(
    st.from_regex(PLAIN_FORMS["person"], fullmatch=True),
    st.from_regex(PLAIN_FORMS["digits"], fullmatch=True),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1),
)
def test_the_key_of_a_plain_text_is_that_of_the_text(person: str, digits: str, name: str) -> None:
    keys = Keys(b"k")
    assert keys.person(person) == keys.of(person)
    assert keys.digits(digits) == keys.of(digits)
    assert keys.name(name) == keys.of(name)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("300", "300"),
        ("1,200袋", "1200"),
        ("12.5公斤", "12.5"),
        ("３００", "300"),
        ("98.123456", "98.123456"),
        ("￥3.5", "3.5"),
    ],
)
def test_quantities(text: str, value: str) -> None:
    assert quantity(Cell(text, "text")) == value


@pytest.mark.parametrize("text", ["三百", "10×6", "12,00", "1.1234567", "-3", "10袋20", "1 000"])
def test_no_quantity_is_guessed(text: str) -> None:
    with pytest.raises(UnreadableError):
        quantity(Cell(text, "text"))
