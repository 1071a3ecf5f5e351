"""Bank layouts: the same facts from every bank's own table."""

import datetime as dt
from typing import Any

import pytest

from flows.edges.reading import ReadFile
from tests.unit.parsed.making import csv_text, findings, read, rows, xls, xlsx
from transforms.parsed.periods import period_in

OWN, OTHER = "43001512345678901234", "6222021234567890123"

ICBC_B = [
    ["账号：43001512345678901234", "", "", "户名：岳阳市总工会", "", "", "查询日期：2021-01-01至2021-12-31"],
    ["对方账号", "交易时间", "借贷标志", "对方单位", "对方行号", "用途", "摘要", "附言", "发生额", "余额", "币种"],
    [
        "6222021234567890123\t",
        "2021-12-03 10:22:33",
        "借",
        "张三",
        "102",
        "送温暖",
        "代发",
        "--",
        "1,000.00",
        "9,000.00",
        "人民币",
    ],
    ["", "2021-12-21", "贷", "", "", "", "结息", "", "1.25", "9,001.25", "人民币"],
    ["合计", "", "", "", "", "", "", "", "1,001.25", "", ""],
    ["以上数据仅供参考"],
]
CCB = [
    ["账号", "账户名称", "交易时间", "借方发生额（支取）", "贷方发生额（收入）", "余额", "币种", "对方户名", "对方账号",
     "对方开户机构", "记账日期", "摘要", "备注", "账户明细编号-交易流水号", "企业流水号", "凭证种类", "凭证号"],
    [OWN, "岳阳市总工会", "20211203 10:22:33", "1,000.00", "0.00", "9,000.00", "人民币元", "张三", OTHER, "工行",
     "20211204", "代发", "送温暖", "12-345", "", "", ""],
    [OWN, "岳阳市总工会", "20211221 00:00:01", "0.00", "1.25", "9,001.25", "人民币元", "", "", "",
     "20211221", "结息", "", "13-346", "", "", ""],
]  # fmt: skip
ABC = [
    ["账户明细"],
    ["账号：43001512345678901234", "", "户名：岳阳市总工会", "", "起始日期：2021-12-01", "截止日期：2021-12-31"],
    ["交易时间", "收入金额", "支出金额", "账户余额", "交易行名", "对方省市", "对方账号", "对方户名", "交易用途"],
    ["2021-12-03 10:22:33", "", "1,000.00", "9,000.00", "岳阳", "", OTHER, "张三", "代发 送温暖"],
    ["2021-12-21", "1.25", "", "9,001.25", "", "", "", "", "结息"],
    ["1 收 1.25", "", "1 支 1,000.00"],
]


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["account_no"], str(row["booked_on"]), str(row["transacted_on"]), row["direction"], row["amount_yuan"],
        row["balance_yuan"], row["counterparty_name"], row["counterparty_account_no"], row["memo"],
    )  # fmt: skip


def test_icbc_b_by_its_flag() -> None:
    for content in (csv_text(_quoted(ICBC_B)).encode("gb18030"), xlsx({"Sheet1": ICBC_B}), xls("Sheet1", ICBC_B)):
        made = read(content, "工行流水.csv")
        assert findings(made) == []
        assert made.sheets["layout"].to_list() == ["icbc_b"]
        assert [told(row) for row in rows(made, "bank_statements")] == [
            (OWN, "2021-12-03", "2021-12-03", "out", "1000.00", "9000.00", "张三", OTHER, "送温暖 代发"),
            (OWN, "2021-12-21", "2021-12-21", "in", "1.25", "9001.25", None, None, "结息"),
        ]
        [period] = made.statement_periods.to_dicts()
        assert (period["starts_on"], period["ends_on"]) == (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
        assert period["account_key"] == rows(made, "bank_statements")[0]["account_key"]


def _quoted(grid: list[list[str]]) -> list[list[str]]:
    return [[f'"{text}"' if "," in text else text for text in row] for row in grid]


@pytest.mark.parametrize("brackets", ["（）", "()"])
def test_ccb_by_its_two_columns_and_booking_date(brackets: str) -> None:
    grid = [[text.replace("（", brackets[0]).replace("）", brackets[1]) for text in row] for row in CCB]
    made = read(xls("Sheet0", grid), "建行2021年12月.xls")
    assert findings(made) == []
    assert made.sheets["layout"].to_list() == ["ccb"]
    first, second = rows(made, "bank_statements")
    assert told(first) == (OWN, "2021-12-04", "2021-12-03", "out", "1000.00", "9000.00", "张三", OTHER, "代发 送温暖")
    assert told(second)[3:5] == ("in", "1.25")
    assert (first["serial_no"], first["valued_on"]) == ("12-345", None)
    [period] = made.statement_periods.to_dicts()
    assert (period["starts_on"], period["ends_on"]) == (dt.date(2021, 12, 1), dt.date(2021, 12, 31))


def test_abc_by_the_account_above_and_without_its_footer() -> None:
    made = read(xlsx({"账户明细": ABC}), "农行.xlsx")
    assert findings(made) == []
    assert made.sheets["layout"].to_list() == ["abc"]
    first, second = rows(made, "bank_statements")
    assert told(first) == (OWN, "2021-12-03", "2021-12-03", "out", "1000.00", "9000.00", "张三", OTHER, "代发 送温暖")
    assert told(second)[3:] == ("in", "1.25", "9001.25", None, None, "结息")
    [period] = made.statement_periods.to_dicts()
    assert (period["starts_on"], period["ends_on"]) == (dt.date(2021, 12, 1), dt.date(2021, 12, 31))


def test_the_same_line_has_the_same_key_from_another_layout() -> None:
    keys = {tuple(read(xlsx({"a": grid}), "x.xlsx").versions["fact_key"].to_list()) for grid in (ICBC_B, CCB, ABC)}
    assert len(keys) == 1


def test_boc_by_direction_words_and_both_parties() -> None:
    header = [
        "交易类型[ Transaction Type ]", "付款人账号[ Debit Account No. ]", "付款人名称[ Payer's Name ]",
        "收款人账号[ Payee's Account Number ]", "收款人名称[ Payee's Name ]", "交易日期[ Transaction Date ]",
        "交易时间[ Transaction time ]", "交易金额[ Trade Amount ]", "交易后余额[ After-transaction balance ]",
        "起息日期[ Value Date ]", "交易流水号[ Transaction reference number ]", "摘要[ Reference ]", "用途[ Purpose ]",
        "交易附言[ Remark ]",
    ]  # fmt: skip
    grid = [
        ["查询账号[ Inquirer account number ]", OWN], ["总笔数", 2],
        ["查询时间范围[ Time Range ]", "20211201-20211231"],
        header,
        ["往账", OWN, "岳阳市总工会", OTHER, "张三", "20211203", "10:22:33", "-1000.00", "9000.00", "20211205", "S1",
         "代发"],
        ["来账", "700", "财政局", OWN, "岳阳市总工会", "20211221", "10:22:33", "1.25", "9001.25", "20211221", "S2",
         "结息"],
    ]  # fmt: skip
    made = read(xlsx({"a": grid}), "中行.xlsx")
    assert made.sheets["layout"].to_list() == ["boc"]
    first, second = rows(made, "bank_statements")
    assert told(first) == (OWN, "2021-12-03", "2021-12-03", "out", "1000.00", "9000.00", "张三", OTHER, "代发")
    assert first["valued_on"] == dt.date(2021, 12, 5)
    assert (second["account_no"], second["counterparty_name"], second["direction"]) == (OWN, "财政局", "in")


def totals(made: ReadFile) -> list[dict[str, Any]]:
    """What the statement says of its lines, without what it does not say."""
    own = ("in_count", "in_yuan", "out_count", "out_yuan", "line_count")
    return [{name: row[name] for name in own if row[name] is not None} for row in made.control_totals.to_dicts()]


@pytest.mark.parametrize(
    ("footer", "stated"),
    [
        ([["1 收 1.25", "", "1 支 1,000.00"]],
         {"in_count": 1, "in_yuan": "1.25", "out_count": 1, "out_yuan": "1000.00"}),
        ([["2笔 收 91,007,497.02；12 支 3.5"]],
         {"in_count": 2, "in_yuan": "91007497.02", "out_count": 12, "out_yuan": "3.50"}),
        ([["合计", "1.25", "1,000.00"], ["以上数据仅供参考"]], {"in_yuan": "1.25", "out_yuan": "1000.00"}),
        ([["合计：", "", "1,000.00元"]], {"out_yuan": "1000.00"}),
        ([["合计", "1.25", "1,0O0.00"]], {"in_yuan": "1.25"}),  # what cannot be read is not stated
        ([["本页合计", "1.25", "1,000.00"]], {}),
        ([["合计", "1.25", ""], ["合计", "7.00", ""]], {}),  # of pages, not of the whole
        ([["以上数据仅供参考"]], {}),
    ],
)  # fmt: skip
def test_the_totals_in_the_footer_of_abc(footer: list[list[str]], stated: dict[str, Any]) -> None:
    made = read(xlsx({"账户明细": [*ABC[:-1], *footer]}), "农行.xlsx")
    assert len(rows(made, "bank_statements")) == 2
    assert totals(made) == ([stated] if stated else [])


def test_the_totals_above_the_header_of_boc() -> None:
    header = ["交易类型", "付款人账号", "收款人账号", "交易日期", "交易金额", "交易后余额"]
    grid = [
        ["查询账号[ Inquirer account number ]", OWN], ["总笔数[ Total number ]", 2],
        ["借方发生总笔数[ Debit number ]", "1", "", "借方发生总额[ Debit amount ]", "-1,000.00"],
        ["贷方发生总笔数：1", "贷方发生总额：1.25"], ["查询时间范围[ Time Range ]", "20211201-20211231"], header,
        ["往账", OWN, OTHER, "20211203", "-1000.00", "9000.00"], ["来账", "700", OWN, "20211221", "1.25", "9001.25"],
    ]  # fmt: skip
    made = read(xlsx({"a": grid}), "中行.xlsx")
    assert made.sheets["layout"].to_list() == ["boc"]
    assert totals(made) == [{"in_count": 1, "in_yuan": "1.25", "out_count": 1, "out_yuan": "1000.00", "line_count": 2}]


def test_a_bank_whose_layout_tells_no_totals_states_none() -> None:
    assert totals(read(xlsx({"Sheet1": ICBC_B}), "工行.xlsx")) == []


@pytest.mark.parametrize(
    ("header", "layout"),
    [
        ("凭证号 本方账号 对方账号 交易时间 借/贷 借方发生额 贷方发生额 摘要 对方单位名称 余额", "icbc_a"),
        ("对方账号 交易时间 对方单位 用途 摘要 附言 回单个性化信息 余额 转出金额 转入金额", "icbc_c"),
        ("凭证号 交易时间 对方单位 对方账号 转入金额 转出金额 余额 用途 摘要 附言", "icbc_c"),
        ("交易时间 本方账号 对方单位 对方账号 摘要 附言 用途 转出金额 转入金额 余额", "icbc_c"),
        ("交易日期 对方户名 收入金额 支出金额 余额 账号 币种 对方账号 用途 附言 核心流水号", "rural_commercial"),
        ("交易时间 交易流水号 借方发生额 贷方发生额 账户余额 凭证号 客户附言 对方账号 对方账号名称", "cmbc"),
        ("日期 摘要 收入 支出 余额 对方户名", "statement_two_columns"),
        ("交易日期 收支方向 金额 余额 对方户名 摘要", "statement_flag"),
    ],
)
def test_each_bank_by_its_header(header: str, layout: str) -> None:
    made = read(xlsx({"a": [["[HISTORYDETAIL]"], header.split()]}), "x.xlsx")
    assert made.sheets["layout"].to_list() == [layout]
    assert findings(made) == []


def test_the_account_from_the_name_of_the_file() -> None:
    made = read(xlsx({"a": ICBC_B[1:]}), "专户_43001512345678901234_20210101-20211231.xlsx")
    assert rows(made, "bank_statements")[0]["account_no"] == OWN
    [period] = made.statement_periods.to_dicts()
    assert (period["starts_on"], period["ends_on"]) == (dt.date(2021, 1, 1), dt.date(2021, 12, 31))


def test_without_account_and_period_the_lines_say_what_they_can() -> None:
    made = read(xlsx({"a": ICBC_B[1:]}), "20211231093000.xlsx")
    assert rows(made, "bank_statements")[0]["account_no"] is None
    [period] = made.statement_periods.to_dicts()
    assert (period["starts_on"], period["ends_on"]) == (dt.date(2021, 12, 3), dt.date(2021, 12, 21))


def test_two_honest_identical_lines_stay_two_and_serials_do_not_make_facts() -> None:
    header, line = CCB[0], CCB[1]
    other = [*line[:13], "99-1", *line[14:]]
    made = read(xlsx({"a": [header, line, line, other]}), "x.xlsx")
    assert sorted(row["occurrence"] for row in rows(made, "bank_statements")) == [1, 2, 3]
    assert made.versions["fact_key"].n_unique() == 3
    again = read(xlsx({"a": [header, other, line, line]}), "x.xlsx")
    assert set(again.versions["fact_key"]) == set(made.versions["fact_key"])


def test_a_balance_brought_forward_is_no_line() -> None:
    carried = ["", "2021-12-01", "", "", "", "", "承前页", "", "", "10,000.00", "人民币"]
    assert read(xlsx({"a": [*ICBC_B[:2], carried, *ICBC_B[2:]]}), "x.xlsx").validated["bank_statements"].height == 2


def test_what_cannot_be_read_in_a_statement() -> None:
    lines = [
        [*CCB[1][:3], "1,0O0.00", "", *CCB[1][5:]],
        [*CCB[1][:3], "", "", *CCB[1][5:]],
        [*CCB[1][:3], "5", "6", *CCB[1][5:]],
        [*CCB[1][:8], 6222021234567890123, *CCB[1][9:]],
        [*CCB[1][:10], "20211399", *CCB[1][11:]],
    ]
    made = read(xlsx({"a": [CCB[0], *lines]}), "x.xlsx")
    assert findings(made) == [
        ("S.type", "reject", 2, "amount_yuan"),
        ("S.missing_value", "reject", 3, "amount_yuan"),
        ("S.type", "reject", 4, "amount_yuan"),
        ("S.lost_digits", "error", 5, "counterparty_account_no"),
        ("S.type", "reject", 6, "booked_on"),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021年1-12月", "2021-01-01", "2021-12-31"),
        ("工行20210101-20211231", "2021-01-01", "2021-12-31"),
        ("2022年1月", "2022-01-01", "2022-01-31"),
        ("2021-01-01至2021-03-31", "2021-01-01", "2021-03-31"),
        ("2021年01月01日 到 2021年02月28日", "2021-01-01", "2021-02-28"),
        ("202101-202112", "2021-01-01", "2021-12-31"),
        ("2021.02", "2021-02-01", "2021-02-28"),
        ("对账单202002", "2020-02-01", "2020-02-29"),
        ("2021年度流水", "2021-01-01", "2021-12-31"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    found = period_in(text)
    assert found is not None
    assert tuple(map(str, found)) == (first, last)


@pytest.mark.parametrize("text", ["工行流水", "2021年13月", "2021-12-31", "20211231", "43001512345678901234", ""])
def test_no_periods(text: str) -> None:
    assert period_in(text) is None


def test_a_payout_list_of_a_bank() -> None:
    grid = [
        ["批次号：P1", "", "代发批次号：B77"],
        ["序号", "收款账号", "收款户名", "金额", "处理状态", "是否退汇", "失败原因", "处理日期"],
        [1, OTHER, "张三", "1,000.00", "交易成功", "否", "", "2021-12-03"],
        [2, "6222021234567890124", "李四", "1000", "失败", "", "户名不符", "2021-12-03"],
        [3, "6222021234567890125", "王五", "1000", "成功", "是", "账号已销户", "2021-12-03"],
        [4, "6222021234567890126", "赵六", "1000", "处理中", "", "", "2021-12-03"],
        ["合计", "", "", "4000"],
    ]
    made = read(xlsx({"a": grid}), "x.xlsx")
    got = [(r["payee_name"], r["result_status"], r["batch_no"], r["bank_batch_no"]) for r in rows(made, "payouts")]
    assert got == [
        ("张三", "succeeded", "P1", "B77"), ("李四", "failed", "P1", "B77"), ("王五", "returned", "P1", "B77"),
        ("赵六", None, "P1", "B77"),
    ]  # fmt: skip
    assert findings(made) == [("S.enum", "error", 6, "result_status")]
