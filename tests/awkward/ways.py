"""The ways by class: every entry is one thing that honest files do. A pair takes one way of two different classes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.awkward.table import HEADS, NAMES, TRUTH, Formula, Paper, all_of

Way = Callable[[Paper], Paper]
_FULL = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


def _amount(write: Callable[[Decimal], Any], **more: Any) -> Way:
    return all_of(write={"amount_yuan": lambda value: write(Decimal(value))}, **more)


def _day(write: Callable[[dt.date], Any], **more: Any) -> Way:
    return all_of(write={"paid_on": write}, **more)


def _ten_thousand(value: Decimal) -> str:
    return format((value / 10000).normalize(), "f")


def _without(name: str, **more: Any) -> Way:
    """The column is not there; what it says stands elsewhere."""

    def change(paper: Paper) -> Paper:
        kept = tuple(column for column in paper.columns if column != name)
        groups = tuple(
            tuple(text for text, column in zip(texts, paper.columns, strict=True) if column != name)
            for texts in paper.groups
        )
        return all_of(**more)(replace(paper, columns=kept, groups=groups))

    return change


def _two_rows(paper: Paper) -> Paper:
    texts = {"name": "基本情况", "id_number": "基本情况", "amount_yuan": "发放情况", "card_no": "发放情况"}
    return replace(paper, groups=(tuple(texts.get(name, paper.heads[name]) for name in paper.columns),))


def _three_rows(paper: Paper) -> Paper:
    upper = {"name": "困难职工", "id_number": "困难职工", "amount_yuan": "帮扶", "card_no": "帮扶"}
    lower = {"name": "基本情况", "id_number": "基本情况", "amount_yuan": "发放", "card_no": "发放"}
    return replace(
        paper,
        groups=tuple(tuple(texts.get(name, paper.heads[name]) for name in paper.columns) for texts in (upper, lower)),
    )


def _other_order(paper: Paper) -> Paper:
    return replace(paper, columns=tuple(reversed(paper.columns)))


def _total(paper: Paper) -> list[Any]:
    total = sum(Decimal(row["amount_yuan"]) for row in TRUTH)
    return ["合 计" if name == "name" else float(total) if name == "amount_yuan" else "" for name in paper.columns]


def _spread(number: str) -> str:
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


HEADERS: Mapping[str, Way] = {
    "plain": all_of(),
    "title above": all_of(above=(["2021年实名制汇总表"],)),
    "header in row 28": all_of(above=([["岳阳市困难职工帮扶资金"]] + [[] for _ in range(26)])),
    "two rows": _two_rows,
    "three rows": _three_rows,
    "again on each page": all_of(repeats_header=True),
    "spaced": all_of(heads={"name": "姓  名", "amount_yuan": "金　额", "paid_on": "发放 日期"}),
    "broken over lines": all_of(heads={"id_number": "身份\n证号", "card_no": "银行\n卡号"}),
    "starred": all_of(heads={name: f"{text}*" for name, text in HEADS.items()}),
    "in brackets": all_of(heads={"amount_yuan": "金额（元）", "card_no": "银行卡号(借记卡)"}),
    "synonyms": all_of(heads={"id_number": "身份证号码", "card_no": "卡号", "aid_category": "救助类别"}),
    "other order": _other_order,
}
AMOUNTS: Mapping[str, Way] = {
    "number": all_of(),
    "text": _amount(str),
    "thousands": _amount(lambda value: f"{value:,.2f}"),
    "with sign": _amount(lambda value: f"￥{value:,.2f}"),
    "with 元": _amount(lambda value: f"{value}元"),
    "万元 in the cell": _amount(lambda value: f"{_ten_thousand(value)}万元"),
    "万元 in the header": _amount(lambda value: float(value / 10000), heads={"amount_yuan": "金额（万元）"}),
    "万元 above": _amount(_ten_thousand, above=(["单位：万元"],), heads={"amount_yuan": "金额"}),
    "full width": _amount(lambda value: str(value).translate(_FULL)),
    "spaces inside": _amount(lambda value: f"{value:,.2f}".replace(",", " ")),
    "formula": _amount(lambda value: Formula(f"={value}/1", float(value))),
}
DATES: Mapping[str, Way] = {
    "iso": all_of(),
    "dots": _day(lambda day: f"{day.year}.{day.month}.{day.day}"),
    "slashes": _day(lambda day: f"{day.year}/{day.month:02}/{day.day:02}"),
    "chinese": _day(lambda day: f"{day.year}年{day.month}月{day.day}日"),
    "chinese numerals": _day(lambda day: {12: "二〇二一年十二月三日", 1: "二零二一年一月三十一日"}[day.month]),
    "compact": _day(lambda day: f"{day:%Y%m%d}"),
    "with time": _day(lambda day: f"{day} 10:22:33"),
    "full width": _day(lambda day: str(day).translate(_FULL)),
    "spaces inside": _day(lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日"),
    "serial": _day(lambda day: (day - dt.date(1899, 12, 30)).days),
    "serial of 1904": _day(lambda day: (day - dt.date(1904, 1, 1)).days, is_1904=True),
    "day cell": _day(lambda day: day),
    "above": _without("paid_on", above=(["发放日期：2021年12月3日"],), said={"paid_on": dt.date(2021, 12, 3)}),
}
ROWS: Mapping[str, Way] = {
    "plain": all_of(),
    "total": lambda paper: replace(paper, below=(*paper.below, _total(paper))),
    "subtotal": lambda paper: replace(paper, between={**paper.between, 2: ["小计", "", "", 36200.5]}),
    "notes": all_of(below=([], ["备注：以上人员均已公示。"], ["填表人：张某"], ["", "打印时间：2021-12-05"])),
    "empty rows": all_of(between={1: [], 3: ["  "]}),
    "section heads": all_of(between={0: ["一、城区"], 2: ["二、乡镇"]}),
    "merged down": all_of(merges_down="fund_source"),
    "dash for nothing": all_of(write={"file_no": lambda value: value or "-"}),
    "line break in a cell": all_of(write={"name": lambda value: f" {value}\n"}),
    "spaces in numbers": all_of(write={"card_no": _spread, "id_number": _spread}),
    "guarded numbers": all_of(write={"card_no": lambda value: f"'{value}"}),
    "hidden sheet": all_of(others={"旧数据": (["姓名", "金额"], ["王五", 1])}, hidden=("旧数据",)),
    "second kind": all_of(others={"单位": (["单位代码", "单位名称"], ["430623", "华容县总工会"])}),
    "sheet of explanations": all_of(others={"填表说明": (["一、本表由县市区工会填报。"],)}),
    "ignored columns": lambda paper: replace(
        paper, columns=("number", *paper.columns), heads={**paper.heads, "number": "序号"},
        write={**paper.write, "number": lambda _: "1"}, groups=tuple(("序号", *texts) for texts in paper.groups),
    ),
}  # fmt: skip
SAID: Mapping[str, Way] = {
    "in columns": all_of(),
    "source in the sheet's name": _without("fund_source", sheet="央财"),
    "source in a line": _without("fund_source", above=(["资金来源：央财", "", "填报单位：华容县总工会"],)),
    "source in the file's name": _without("fund_source", file="央财发放名单"),
    "year in the title": _without("budget_year", above=(["2021年度困难职工帮扶资金发放表"],)),
    "year in a line": _without("budget_year", above=(["预算年度：2021"],)),
    "batch in a line": _without("batch_no", above=(["批次号：P1"],)),
    "batch beside its key": _without("batch_no", above=(["批次号：", "P1"],)),
}
CLASSES: Mapping[str, Mapping[str, Way]] = {
    "header": HEADERS, "amount": AMOUNTS, "date": DATES, "rows": ROWS, "said": SAID,
}  # fmt: skip
assert set(NAMES) == set(HEADS)
