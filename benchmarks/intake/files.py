"""The files that are read: a payment list of 100,000 rows as .xlsx, a bank's year of 1,000,000 lines as csv."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from xlsxwriter import Workbook

from data.synthetic.numbers import Numbers

HEADER = (
    "序号", "姓名", "身份证号", "工作单位", "档案编号", "帮扶项目", "资金来源", "预算年度", "金额", "开户行",
    "银行卡号", "发放日期", "批次号", "备注",
)  # fmt: skip
BANK_HEADER = "账号,交易日期,收入,支出,余额,对方户名,对方账号,流水号,摘要,附言\n"
_PAYEES = 60_000
_FAMILY = "王李张刘陈杨黄赵吴周"


def roster(path: Path, rows: int) -> None:
    """A payment list with 14 columns: text, numbers, dates. Each row another person."""
    chance = random.Random(1)
    numbers = Numbers(chance)
    with Workbook(path) as book:
        sheet = book.add_worksheet("汇总表")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_string(0, 0, "2021年度实名制汇总表")
        sheet.write_row(1, 0, HEADER)
        for number in range(rows):
            values = (
                number + 1, _name(chance), _person(numbers, number), f"岳阳{chance.randint(1, 300)}厂",
                f"YY{number:08d}", "送温暖",
                chance.choice(("省财", "市财政")), 2021, chance.randint(100, 5000), "工商银行岳阳分行",
                numbers.card("621700"),
            )  # fmt: skip
            sheet.write_row(number + 2, 0, values)
            sheet.write_datetime(number + 2, 11, dt.datetime(2021, 1 + number % 12, 1 + number % 28), day)
            sheet.write_row(number + 2, 12, (f"B{number // 500:05d}", "见附件" if number % 50 == 0 else ""))


def bank_csv(path: Path, lines: int) -> None:
    """A statement in two columns, in UTF-8, with running balance, 60,000 payees and a serial number a line."""
    chance = random.Random(2)
    numbers = Numbers(chance)
    payees = [(_name(chance), numbers.card("621700")) for _ in range(_PAYEES)]
    balance = 10**9
    with path.open("w", encoding="utf-8") as file:
        file.write(BANK_HEADER)
        for number in range(lines):
            fen, is_paid = chance.randint(1, 500_000), chance.random() < 0.7
            balance += -fen if is_paid else fen
            amount = f"{fen // 100}.{fen % 100:02d}"
            name, card = payees[chance.randrange(_PAYEES)]
            day = dt.date(2021, 1, 1) + dt.timedelta(days=number * 365 // lines)
            sides = f",{amount}" if is_paid else f"{amount},"
            file.write(
                f"43001500000050001234,{day},{sides},{balance // 100}.{balance % 100:02d},{name},{card},"
                f"{number:012d},生活救助,代发{number % 5000}\n"
            )


def register(path: Path) -> None:
    """The budgets that the payment list draws on, so that each of its rows has a project."""
    with Workbook(path) as book:
        sheet = book.add_worksheet("预算指标")
        sheet.write_row(0, 0, ("预算年度", "项目名称", "资金来源", "年初预算数"))
        for place, source in enumerate(("省财", "市财政"), start=1):
            sheet.write_row(place, 0, (2021, "帮扶资金", source, 10**9))


def _name(chance: random.Random) -> str:
    return chance.choice(_FAMILY) + chr(chance.randint(0x4E00, 0x6000)) + chr(chance.randint(0x4E00, 0x6000))


def _person(numbers: Numbers, number: int) -> str:
    born_on = dt.date(1950, 1, 1) + dt.timedelta(days=number % 20_000)
    return numbers.id_number(f"4306{number % 90 + 10}", born_on, is_male=number % 2 == 0)
