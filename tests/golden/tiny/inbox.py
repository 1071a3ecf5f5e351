"""One honest federation of two units, as its offices would send it: written by hand, small enough to count on paper.

It shares nothing with `data/synthetic`: another hand, another year, other habits. People do not exist.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

CITY, COUNTY = "岳阳市总工会", "华容县总工会"
CITY_ACCOUNT, COUNTY_ACCOUNT = "43001500011050000001", "18610101040000012"
PROJECT, PROVINCIAL = "市财政、市总配套帮扶资金", "省级专项帮扶资金"
NOTICE = "岳工发〔2023〕5号"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

Rows = Sequence[Sequence[Any]]


def id_number(n: int, birth: str = "19700315") -> str:
    """A valid ID of nobody."""
    body = f"430623{birth}{n:03d}"
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]


def card(n: int) -> str:
    """A card number of nobody, 19 digits."""
    return f"6217000000000{n:06d}"


def write_inbox(inbox: Path) -> None:
    """Everything that the two units sent up to February 2024."""
    _registers(inbox / CITY)
    _money(inbox / CITY)
    _city_lists(inbox / CITY)
    _county_lists(inbox / COUNTY)
    _county_visits(inbox / COUNTY)
    _county_results(inbox / COUNTY)
    _city_bank(inbox / CITY)
    _county_bank(inbox / COUNTY)


def _workbook(path: Path, **sheets: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)


def _text(path: Path, rows: Rows, encoding: str = "gb18030") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def _registers(folder: Path) -> None:
    _workbook(
        folder / "单位和账户.xlsx",
        单位表=[
            ["单位代码", "单位名称", "行政区划代码", "上级单位代码", "单位类型"],
            ["430600", CITY, "430600", "", "市本级"],
            ["430623", COUNTY, "430623", "430600", "县市区"],
        ],
        账户=[
            ["账号", "户名", "开户行", "单位名称", "账户性质", "对账单范围", "利息归属"],
            [CITY_ACCOUNT, CITY, "建行岳阳分行", CITY, "专户", "全量", "专户利息"],
            [COUNTY_ACCOUNT, COUNTY, "农行华容支行", COUNTY, "专户", "全量", "专户利息"],
        ],
    )


def _money(folder: Path) -> None:
    """万元 said above the header and in it; forms of dates and amounts; a notice over three sources."""
    _workbook(
        folder / "2023年资金.xlsx",
        预算=[
            ["2023年度预算指标表"],
            ["单位：万元"],
            ["预算年度", "项目名称", "资金来源", "指标文号", "年初预算数", "调整金额", "收回金额"],
            [2023, PROJECT, "市级帮扶资金", "岳财指〔2023〕1号", 10, "", ""],
            [2023, PROVINCIAL, "省财", "湘财指〔2023〕9号", 3, 0.5, 0.1],
            ["合计", "", "", "", 13, 0.5, 0.1],
        ],
        到位=[
            ["预算年度", "项目名称", "资金来源", "到位方式", "到位日期", "金额（万元）", "来款单位"],
            [2023, PROJECT, "市财政", "财政实拨", "2023年3月1日", 6, "岳阳市财政局"],
            [2023, PROJECT, "市总配套", "本级工会经费安排", "2023.3.10", 4, CITY],
            [2023, PROVINCIAL, "省财", "上级工会拨入", 45021, "3.4", "湖南省总工会"],  # 2023-04-05
        ],
        分配=[
            ["资金分配表"],
            ["预算年度", "项目名称", "拨款方式", "通知单号", "拨付日期", "收款单位", "资金来源", "帮扶项目", "金额"],
            [2023, PROJECT, "拨付县市区", NOTICE, "2023-05-10", COUNTY, "市财政", "生活救助", "10,000.00"],
            [2023, PROJECT, "拨付县市区", NOTICE, "2023-05-10", COUNTY, "市总配套", "送温暖", "￥3,000"],
            [2023, PROVINCIAL, "拨付县市区", NOTICE, "2023-05-10", COUNTY, "省财", "助学", "６０００元"],
        ],
    )


_LIST = ["批次号", "姓名", "身份证号", "帮扶项目", "金额", "银行卡号", "慰问活动", "发放日期"]
_RESULT = ["收款户名", "收款账号", "金额", "处理状态", "批次号", "处理日期"]


def _city_lists(folder: Path) -> None:
    """A list without number and date; a 送温暖 list of which one line fails and one comes back in January."""
    living = [[n, f"甲{n}", id_number(n), "生活救助", 3000, card(n)] for n in range(1, 5)]
    _workbook(
        folder / "6月发放.xlsx",
        Sheet1=[
            ["岳阳市总工会2023年度市级帮扶资金生活救助实名制汇总表"],
            ["序号", "姓名", "身份证号", "帮扶项目", "金额", "银行卡号"],
            *living,
            ["合计", "", "", "", 12000, ""],
        ],
    )
    title = ["2023年度市财政、市总配套帮扶资金送温暖实名制汇总表"]
    _workbook(
        folder / "两节.xlsx",
        慰问=[
            title,
            _LIST,
            *(["W1", f"乙{n}", id_number(n), "送温暖", 1000, card(n), "两节", "2023-12-25"] for n in (11, 12, 13)),
        ],
        重发=[
            title,
            [*_LIST, "备注"],
            ["W2", "乙12", id_number(12), "送温暖", 1000, card(92), "两节", "2024-01-20", "更正卡号后重发"],
            ["W2", "乙13", id_number(13).lower(), "送温暖", 1000, card(93), "两节", "2024-01-20", "失败后补发"],
        ],
    )
    _text(folder / "代发6月.csv", [_RESULT, *([r[1], r[5], "3,000.00", "成功", "", "20230605"] for r in living)])
    _text(
        folder / "代发12月.csv",
        [
            _RESULT,
            ["乙11", card(11), 1000, "成功", "W1", "2023-12-26"],
            ["乙12", card(12), 1000, "成功", "W1", "2023-12-26"],
            ["乙13", card(13), 1000, "失败", "W1", "2023-12-26"],
        ],
    )


def _county_lists(folder: Path) -> None:
    """One workbook, one sheet a source; two children under one parent's ID and card."""
    above = ["填报单位：" + COUNTY, "通知单号：" + NOTICE]
    children = (("丙一", id_number(31, "20080601")), ("丙二", id_number(32, "20100601")))
    student = ("丙三", id_number(33, "20070101"))
    living = ((1, 4000), (2, 6000))
    _workbook(
        folder / "2023年实名制汇总表.xlsx",
        市财政=[
            ["2023年市财政帮扶资金实名制汇总表"],
            above,
            _LIST,
            *(["HR-01", f"丙{n}", id_number(20 + n), "生活救助", a, card(20 + n), "", "2023-06-20"] for n, a in living),
        ],
        省财=[
            ["2023年省财助学实名制汇总表"],
            above,
            [*_LIST, "学生姓名", "学生身份证号"],
            *(["HR-02", "丙3", id_number(23), "助学", 2000, card(23), "", "2023-08-21", *child] for child in children),
            ["HR-02", "丙4", id_number(24), "助学", 2000, card(24), "", "2023-08-21", *student],
        ],
        市总配套=[
            ["2023年市总配套送温暖实名制汇总表"],
            above,
            _LIST,
            *(["HR-03", f"丙{n}", id_number(n), "送温暖", 1000, card(n), "两节", "2024-01-20"] for n in (25, 26, 27)),
        ],
    )


def _county_visits(folder: Path) -> None:
    """A visit that is also on a list, its goods three days later."""
    person = ["慰问日期", "慰问活动", "慰问对象类型", "姓名或单位名称", "身份证号"]
    money = ["慰问金额", "慰问品折价", "资金来源"]
    visits = [
        ["2024-01-18", "春节", "家庭", "丙25", id_number(25), 1000, "", "市总配套"],
        ["2024-01-21", "春节", "家庭", "丙25", id_number(25), "", 200, "市总配套"],
    ]
    _workbook(folder / "走访.xlsx", 走访=[["走访慰问登记表"], [*person, *money], *visits])


def _county_results(folder: Path) -> None:
    """One batch was paid on two days."""
    lines = [
        *([f"丙{n}", card(20 + n), amount, "HR-01", "2023-06-21"] for n, amount in ((1, 4000), (2, 6000))),
        *(["丙3", card(23), 2000, "HR-02", "2023-08-21"] for _ in range(2)),
        ["丙4", card(24), 2000, "HR-02", "2023-08-22"],
        *([f"丙{n}", card(n), 1000, "HR-03", "2024-01-22"] for n in (25, 26, 27)),
    ]
    _text(folder / "代发.csv", [_RESULT, *([n, c, a, "成功", b, d] for n, c, a, b, d in lines)], "utf-8-sig")


def _city_bank(folder: Path) -> None:
    """建行: booked a day after the transaction; the failed line comes back, the returned one in January."""
    header = [
        "账号", "账户名称", "交易时间", "借方发生额（支取）", "贷方发生额（收入）", "余额", "币种",
        "对方户名", "对方账号", "记账日期", "摘要", "账户明细编号-交易流水号",
    ]  # fmt: skip
    moves = [
        ("20230301", 0, 60000, "岳阳市财政局", "4300000001", "财政拨款", "20230301"),
        ("20230406", 0, 34000, "湖南省总工会", "4300000002", "省总拨款", "20230406"),
        ("20230511", 19000, 0, COUNTY, COUNTY_ACCOUNT, "拨付帮扶资金", "20230511"),
        ("20230605", 12000, 0, "", "", "批量代发", "20230605"),
        ("20230621", 0, 123.45, "", "", "结息", "20230621"),
        ("20230622", 10, 0, "", "", "账户管理费", "20230622"),
        ("20231226", 3000, 0, "", "", "代发 W1", "20231226"),
        ("20231228", 0, 1000, "", "", "代发退回 W1", "20231228"),
        ("20240103", 0, 1000, "乙12", card(12), "退汇", "20240104"),
        ("20240122", 1000, 0, "乙12", card(92), "慰问金", "20240122"),
        ("20240122", 1000, 0, "乙13", "6217****0093", "慰问金", "20240122"),
        ("20240205", 0, 0.55, "", "", "结息", "20240205"),
    ]
    rows: list[list[Any]] = [["起止日期：2023-01-01至2024-02-09"], header]
    balance = 0.0
    for n, (day, out, into, name, account, memo, booked) in enumerate(moves):
        balance += into - out
        money = [f"{amount:,.2f}" for amount in (out, into, balance)]
        rows.append([CITY_ACCOUNT, CITY, day + " 10:00:00", *money, "人民币元", name, account, booked, memo, f"1-{n}"])
    _workbook(folder / "建行.xlsx", 明细=rows)


def _county_bank(folder: Path) -> None:
    """农行: 账号 above the header, a footer; January sent twice, in files that overlap, with two equal honest lines."""
    moves = [
        ("2023-05-11", 0, 19000, CITY, CITY_ACCOUNT, "拨付帮扶资金"),
        ("2023-06-21", 10000, 0, "", "", "代发 HR-01"),
        ("2023-08-21", 4000, 0, "", "", "代发 HR-02"),
        ("2023-08-22", 2000, 0, "", "", "代发 HR-02"),
        ("2024-01-22", 3000, 0, "", "", "代发 HR-03"),
        ("2024-01-31", 5, 0, "", "", "短信服务费"),
        ("2024-01-31", 5, 0, "", "", "短信服务费"),
        ("2024-02-05", 0, 0.5, "", "", "结息"),
    ]
    above = [["账户明细", "起止日期：{}"], [f"账号：{COUNTY_ACCOUNT}", "户名：" + COUNTY]]
    header = ["交易时间", "收入金额", "支出金额", "账户余额", "对方户名", "对方账号", "交易用途"]
    lines, balance = [], 500.0
    for day, out, into, name, account, memo in moves:
        balance += into - out
        amounts = [f"{into:,.2f}" if into else "", f"{out:,.2f}" if out else "", f"{balance:,.2f}"]
        lines.append([day + " 09:30:00", *amounts, name, account, memo])
    sent = (("上", "2023-01-01至2024-01-31", lines[:7]), ("下", "2024-01-01至2024-02-09", lines[4:]))
    for stem, span, part in sent:
        title = [above[0][0], above[0][1].format(span)]
        _text(folder / f"农行{stem}.csv", [title, above[1], header, *part, ["以上数据仅供参考"]])
