"""The formulas of the blank templates, computed by LibreOffice, against plain Python and the reader itself."""

import csv
import datetime as dt
import random
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from flows.edges.lexicon import load_enums
from flows.edges.templates import checks
from transforms.validated.dates import day, year
from transforms.validated.money import yuan
from transforms.validated.unreadable import UnreadableError

pytestmark = [
    pytest.mark.office,
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("localc"), reason="needs LibreOffice Calc, see .ci/run"),
]

CSV = "csv:Text - txt - csv (StarCalc):44,34,76"  # commas, quotes, UTF-8
RULES = load_enums().rules
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
DATES = (
    dt.date(2021, 12, 3), "2021-12-03", "2021.12.3", "2021/12/3", "2021年12月3日", "20211203", 20211203, 44533,
    "2021-02-29", "2020-02-29", "2021年2月30日", "20210230", "2021-13-01", "2021年3月", "2021.3", "三月三日",
    "12-03", 12, 99999999,
)  # fmt: skip
AMOUNTS = (
    1000, 12.35, 0.1, 12.345, "1,200.00", "￥500", "500元", "0.5万元", "1200", "一千", "1,2O0.00", "12.345", "-50",
    "约100", 0,
)  # fmt: skip
YEARS = (2021, "2021", "2021年", "2021年度", 21, "二〇二一", 2021.5, 1899, 2100, "2021-2022")
COUNTS = (3, "3", "3人", "12户", 2.5, "三", "3,4")
CARDS = ("6200001234567890123", "6200 0012 3456 7890", "12345678901", "1" * 26, "62000012345678901a", "1" * 25)


def computed(folder: Path, values: Sequence[Any], formula: Callable[[str], str]) -> list[bool]:
    """What LibreOffice makes of the formula for each value, from a file that remembers no result."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, value in enumerate(values, 1):
        cell = sheet.cell(row, 1)
        cell.value = value
        if isinstance(value, str):
            cell.number_format = "@"
        sheet.cell(row, 2).value = f"=IF({formula(f'A{row}')},1,0)"
    path = folder / "checks.xlsx"
    book.save(path)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", CSV,
         "--outdir", folder, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return [{"1": True, "0": False}[row[1]] for row in csv.reader(file)]


def read(reader: Callable[[str], Any], value: Any) -> bool:
    try:
        reader(value.isoformat() if isinstance(value, dt.date) else str(value))
    except UnreadableError:
        return False
    return True


def is_right_id(text: str) -> bool:
    plain = text.replace(" ", "").upper()
    if len(plain) == 15:
        return plain.isdigit()
    if len(plain) != 18 or not plain[:17].isdigit():
        return False
    return plain[17] == "10X98765432"[sum(int(d) * w for d, w in zip(plain, WEIGHTS, strict=False)) % 11]


def id_numbers() -> list[str]:
    """Two hundred: right ones, with a digit changed, two exchanged, one lost, of fifteen digits, with x and spaces."""
    chance = random.Random(11)
    made = []
    for n in range(200):
        born = dt.date(1940, 1, 1) + dt.timedelta(days=chance.randrange(25_000))
        body = f"4306{chance.randrange(100):02d}{born:%Y%m%d}{chance.randrange(1000):03d}"
        number = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
        place = chance.randrange(17)
        changes = (
            number, number.lower(), f"{number[:6]} {number[6:14]} {number[14:]}",
            number[:place] + str((int(number[place]) + 1 + chance.randrange(8)) % 10) + number[place + 1 :],
            number[:place] + number[place + 1 :], body[:6] + body[8:], number[:place] + "O" + number[place + 1 :],
            number[:15] + number[16] + number[15] + number[17],
        )  # fmt: skip
        made.append(changes[n % len(changes)])
    return made


def test_check_digits_of_two_hundred_id_numbers(tmp_path: Path) -> None:
    numbers = id_numbers()
    wanted = [not is_right_id(number) for number in numbers]
    assert 60 < sum(wanted) < 140
    assert computed(tmp_path, numbers, checks.wrong_id) == wanted


@pytest.mark.parametrize(
    ("values", "formula", "reader"),
    [
        (DATES, lambda cell: checks.wrong_date(cell, RULES.serial_days), day),
        (AMOUNTS, checks.wrong_amount, yuan),
        (YEARS, checks.wrong_year, year),
    ],
    ids=["dates", "amounts", "years"],
)  # fmt: skip
def test_wrong_is_what_the_reader_does_not_take(
    tmp_path: Path, values: Sequence[Any], formula: Callable[[str], str], reader: Callable[[str], Any]
) -> None:
    wanted = [not read(reader, value) for value in values]
    assert {True, False} == set(wanted)
    found = computed(tmp_path, values, formula)
    assert list(zip(values, found, strict=True)) == list(zip(values, wanted, strict=True))


def test_counts_and_cards(tmp_path: Path) -> None:
    assert computed(tmp_path, COUNTS, checks.wrong_count) == [False, False, False, False, True, True, True]
    cards = computed(tmp_path, CARDS, lambda cell: checks.wrong_digits(cell, RULES.card_digits))
    assert cards == [False, False, True, True, True, False]


def test_repeated_are_equal_texts_not_numbers_alike_in_fifteen_digits(tmp_path: Path) -> None:
    numbers = ["430602199001011238", "430602199001011246", "430602199001011238", "6200001234567890123"]
    numbers.append(numbers[-1][:-1] + "4")
    found = computed(tmp_path, numbers, lambda cell: checks.repeated([(cell, "$A$1:$A$5")]))
    assert found == [True, False, True, False, False]
