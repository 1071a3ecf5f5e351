"""Three offices and their accounts, written by hand: what a bank shows of honest practice, and of what is no practice.

华容 has a 专户 and a 基本户: it pays lists from the 基本户 first, the 专户 pays it back; wages and petty cash run
beside. 湘阴 has one registered account and sends a filtered statement of it; its own money lies elsewhere. People do
not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.golden.tiny.inbox import card, id_number

CITY, HUARONG, XIANGYIN = "岳阳市总工会", "华容县总工会", "湘阴县总工会"
CITY_FUND, FUND, OFFICE, SHARED = "43001500011050000001", "18610101040000012", "43001500011050000302", "82010000000099"
ELSEWHERE = "82010000000444"  # an account that no register knows
PROJECT, PROVINCIAL = "市财政、市总配套帮扶资金", "省级专项帮扶资金"
NOTICE, OTHER_NOTICE = "岳工发〔2023〕5号", "岳工发〔2023〕6号"

Line = tuple[str, int, str, str, str]  # day, amount (minus: paid out), counterparty, its account, memo
Rows = Sequence[Sequence[Any]]

HUARONG_FUND: list[Line] = [
    ("2023-05-11", 19000, CITY, CITY_FUND, "拨付帮扶资金"),
    ("2023-06-21", 12, "", "", "结息"),
    ("2023-07-31", -10000, HUARONG, OFFICE, "归垫 HR-01 生活救助"),
    ("2023-09-25", -6000, HUARONG, OFFICE, "归还垫付款"),
    ("2023-11-02", -500, "", "", "现金支取"),
    ("2023-11-06", 500, "", "", "现金存入"),
]
HUARONG_OFFICE: list[Line] = [
    ("2023-06-05", -2000, "", "", "备用金"),
    ("2023-06-20", -10000, "", "", "垫付代发生活救助"),
    ("2023-07-10", -61000, "代发工资户", "", "代发工资"),
    ("2023-07-31", 10000, HUARONG, FUND, "归垫 HR-01 生活救助"),
    ("2023-08-21", -6000, "", "", "代发"),
    ("2023-09-25", 6000, HUARONG, FUND, "转入"),
    ("2024-01-22", -3000, "", "", "垫付慰问金 HR-03"),
    ("2024-01-29", -1500, "", "", "困难职工慰问 提现"),
]
SHARED_LINES: list[tuple[Line, int]] = [  # with the balance of the whole account, of which only these lines are shown
    (("2023-05-15", 5000, CITY, CITY_FUND, "拨付帮扶资金"), 93000),
    (("2023-07-14", -5000, XIANGYIN, ELSEWHERE, "归垫 XY-01"), 61000),
    (("2023-10-10", -2000, "", "", "代发 XY-02"), 12345),
]
CITY_LINES: list[Line] = [
    ("2023-03-01", 60000, "岳阳市财政局", "4300000001", "财政拨款"),
    ("2023-04-06", 34000, "湖南省总工会", "4300000002", "省总拨款"),
    ("2023-04-20", -30, "", "", "手续费"),
    ("2023-05-11", -19000, HUARONG, FUND, "拨付帮扶资金"),
    ("2023-05-15", -5000, XIANGYIN, SHARED, "拨付帮扶资金"),
    ("2024-02-05", -120, "", "", "账户管理费"),
]


def write_inbox(inbox: Path) -> None:
    """Everything up to February 2024."""
    _registers(inbox / CITY)
    _lists(inbox / HUARONG, inbox / XIANGYIN)
    statement(inbox / CITY / "市总专户.xlsx", CITY_FUND, running(CITY_LINES))
    statement(inbox / HUARONG / "专户.xlsx", FUND, running(HUARONG_FUND))
    statement(inbox / HUARONG / "基本户.xlsx", OFFICE, running(HUARONG_OFFICE, 88000)[::-1])
    statement(inbox / XIANGYIN / "基本户.xlsx", SHARED, SHARED_LINES, totals=(7777, 999999))


def write_faulty_statements(inbox: Path) -> None:
    """What is no honest practice: a line left out of 华容's 专户 and its sum; one left out of the 基本户, whose footer
    the bank has made before; a city's year in two files with a hole between, the second one's footer mistyped.
    """
    fund, office, city = running(HUARONG_FUND), running(HUARONG_OFFICE, 88000)[::-1], running(CITY_LINES)
    statement(inbox / HUARONG / "专户.xlsx", FUND, [line for line in fund if line[0][4] != "结息"])
    kept = [line for line in office if line[0][4] != "代发工资"]
    statement(inbox / HUARONG / "基本户.xlsx", OFFICE, kept, totals=_sums(office))
    before, after = city[:2], city[3:]
    statement(inbox / CITY / "市总专户.xlsx", CITY_FUND, before, span="2023-01-01至2023-04-10")
    statement(inbox / CITY / "市总专户续.xlsx", CITY_FUND, after, span="2023-05-01至2024-02-09", totals=(0, 24210))


def running(lines: Sequence[Line], opening: int = 0) -> list[tuple[Line, int]]:
    """Each line with the balance after it."""
    return [(line, opening + sum(one[1] for one in lines[: n + 1])) for n, line in enumerate(lines)]


def statement(
    path: Path,
    account: str,
    lines: Sequence[tuple[Line, int]],
    *,
    span: str = "2023-01-01至2024-02-09",
    totals: tuple[int, int] | None = None,
) -> None:
    """农行: account and span above, sums of the columns below; `totals`: what the footer says instead of its sums."""
    came, went = totals or _sums(lines)
    rows: list[list[Any]] = [
        ["账户明细", f"起止日期：{span}"],
        [f"账号：{account}"],
        ["交易时间", "收入金额", "支出金额", "账户余额", "对方户名", "对方账号", "交易用途"],
    ]
    for (day, amount, name, number, memo), balance in lines:
        side = [f"{amount:,.2f}", ""] if amount > 0 else ["", f"{-amount:,.2f}"]
        rows.append([f"{day} 09:30:00", *side, f"{balance:,.2f}", name, number, memo])
    workbook(path, 账户明细=[*rows, ["合计", f"{came:,.2f}", f"{went:,.2f}"]])


def _sums(lines: Sequence[tuple[Line, int]]) -> tuple[int, int]:
    amounts = [line[1] for line, _ in lines]
    return sum(a for a in amounts if a > 0), -sum(a for a in amounts if a < 0)


def workbook(path: Path, **sheets: Rows) -> None:
    """A workbook of plain sheets."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)


def _registers(folder: Path) -> None:
    unit = ["单位代码", "单位名称", "行政区划代码", "上级单位代码", "单位类型"]
    account = ["账号", "户名", "开户行", "单位名称", "账户性质", "对账单范围", "利息归属", "启用日期", "期初余额"]
    notice = ["预算年度", "项目名称", "拨款方式", "通知单号", "拨付日期", "收款单位", "资金来源", "帮扶项目", "金额"]
    to_unit = [2023, PROJECT, "拨付县市区"]
    workbook(
        folder / "登记.xlsx",
        单位表=[
            unit,
            ["430600", CITY, "430600", "", "市本级"],
            ["430623", HUARONG, "430623", "430600", "县市区"],
            ["430624", XIANGYIN, "430624", "430600", "县市区"],
        ],
        账户=[
            account,
            [CITY_FUND, CITY, "建行", CITY, "专户", "全量", "专户利息", "2015-01-01", 0],
            [FUND, HUARONG, "农行", HUARONG, "专户", "全量", "专户利息", "", 0],
            [OFFICE, HUARONG, "建行", HUARONG, "基本户", "全量", "", "2015-01-01", 88000],
            [SHARED, XIANGYIN, "农商行", XIANGYIN, "基本户", "筛选", "", "", 1],
        ],
        预算=[
            ["预算年度", "项目名称", "资金来源", "指标文号", "年初预算数"],
            [2023, PROJECT, "市级帮扶资金", "岳财指〔2023〕1号", 100000],
            [2023, PROVINCIAL, "省财", "湘财指〔2023〕9号", 34000],
        ],
        到位=[
            ["预算年度", "项目名称", "资金来源", "到位方式", "到位日期", "金额", "来款单位"],
            [2023, PROJECT, "市财政", "财政实拨", "2023-03-01", 60000, "岳阳市财政局"],
            [2023, PROJECT, "市总配套", "本级工会经费安排", "2023-03-10", 40000, CITY],
            [2023, PROVINCIAL, "省财", "上级工会拨入", "2023-04-05", 34000, "湖南省总工会"],
        ],
        分配=[
            notice,
            [*to_unit, NOTICE, "2023-05-10", HUARONG, "市财政", "生活救助", 10000],
            [*to_unit, NOTICE, "2023-05-10", HUARONG, "市总配套", "送温暖", 3000],
            [2023, PROVINCIAL, "拨付县市区", NOTICE, "2023-05-10", HUARONG, "省财", "助学", 6000],
            [*to_unit, OTHER_NOTICE, "2023-05-12", XIANGYIN, "市财政", "生活救助", 5000],
        ],
    )


def _lists(huarong: Path, xiangyin: Path) -> None:
    head = ["批次号", "姓名", "身份证号", "帮扶项目", "金额", "银行卡号", "资金来源", "慰问活动", "发放日期"]
    lists = {
        "HR-01": (huarong, NOTICE, "生活救助", "市财政", "", "2023-06-20", (4000, 6000)),
        "HR-02": (huarong, NOTICE, "助学", "省财", "", "2023-08-21", (2000, 2000, 2000)),
        "HR-03": (huarong, NOTICE, "送温暖", "市总配套", "两节", "2024-01-22", (1000, 1000, 1000)),
        "XY-01": (xiangyin, OTHER_NOTICE, "生活救助", "市财政", "", "2023-06-01", (2500, 2500)),
        "XY-02": (xiangyin, "", "生活救助", "县总配套", "", "2023-10-10", (800, 1200)),
    }
    people = iter(range(1, 100))
    for number, (folder, notice, category, source, campaign, day, amounts) in lists.items():
        above = [f"填报单位：{folder.name}", "预算年度：2023", *([f"通知单号：{notice}"] if notice else [])]
        lines, results = [], []
        for amount, n in zip(amounts, people, strict=False):
            lines.append([number, f"丙{n}", id_number(n), category, amount, card(n), source, campaign, day])
            results.append([f"丙{n}", card(n), amount, "成功", number, day])
        workbook(folder / f"{number}.xlsx", 汇总表=[["实名制汇总表"], above, head, *lines])
        result = ["收款户名", "收款账号", "金额", "处理状态", "批次号", "处理日期"]
        workbook(folder / f"{number}代发结果.xlsx", 结果=[result, *results])
    cases = [(n, huarong if n <= 8 else xiangyin) for n in range(1, 13)]
    for folder in (huarong, xiangyin):
        file = ["档案编号", "姓名", "身份证号", "困难类别", "建档日期", "家庭人口", "银行卡号"]
        mine = [
            [f"D{n}", f"丙{n}", id_number(n), "深度困难", "2022-01-05", 1, card(n)] for n, of in cases if of == folder
        ]
        workbook(folder / "档案.xlsx", 档案=[file, *mine])
