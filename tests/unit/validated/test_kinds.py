"""What each kind adds to its columns: keys, defaults, batches, occurrence, what is required."""

from typing import Any

import pytest

from tests.unit.parsed.making import ROSTER_HEADER, findings, read, roster, rows, xlsx, zipped


def one(kind: str, **cells: Any) -> dict[str, Any]:
    [row] = rows(read(xlsx({"a": [list(cells), list(cells.values())]})), kind)
    return row


def test_a_row_knows_where_it_comes_from() -> None:
    made = read(xlsx({"央财": roster()}), "华容县/x.xlsx", "华容县")
    row = rows(made, "rosters")[0]
    assert row["row_id"] == f"{made.sha256[:16]}:央财:2"
    assert (row["source_file"], row["sheet"], row["row_no"], row["city_code"]) == ("华容县/x.xlsx", "央财", 2, "430600")


def test_units_and_accounts() -> None:
    row = one("units", 单位代码="430623", 单位名称="华容县总工会", 单位类型="县市区")
    assert (row["unit_code"], row["unit_type"]) == ("430623", "county")
    row = one(
        "accounts", 账号="43-001512345678", 户名="岳阳市总工会", 开户行="工行", 单位名称="岳阳市总工会",
        账户性质="专户", 资金来源="市财政、市总配套", 对账单范围="筛选", 利息归属="专户利息", 启用日期="2020年1月1日",
        期初余额="1万元",
    )  # fmt: skip
    assert (row["account_type"], row["fund_source"], row["statement_scope"]) == ("special", "city_pool", "filtered")
    assert (row["interest_fund_source"], row["opening_balance_yuan"]) == ("interest", "10000.00")
    assert row["account_key"]


def test_budgets_in_ten_thousands() -> None:
    grid = [["单位：万元"], ["预算年度", "项目名称", "资金来源", "年初预算数", "调整金额（元）", "收回金额"],
            ["2021年", "帮扶资金", "市财政", 270, "-100", "—"]]  # fmt: skip
    [row] = rows(read(xlsx({"a": grid})), "budgets")
    assert (row["initial_yuan"], row["adjustment_yuan"], row["withdrawn_yuan"]) == ("2700000.00", "-100.00", None)


def test_a_unit_of_money_in_the_head_of_a_group() -> None:
    grid = [["预算年度", "项目名称", "资金来源", "金额（万元）", "", ""],
            ["", "", "", "年初预算数", "调整金额", "收回金额（元）"],
            ["2021", "帮扶资金", "市财政", 270, "1.5", 3]]  # fmt: skip
    merges = [(0, 3, 0, 5), *((0, place, 1, place) for place in range(3))]
    [row] = rows(read(xlsx({"a": grid}, merges={"a": merges})), "budgets")
    assert (row["initial_yuan"], row["adjustment_yuan"], row["withdrawn_yuan"]) == ("2700000.00", "15000.00", "3.00")


@pytest.mark.parametrize(
    ("text", "code"),
    [("央财", "central"), ("中央财政专项帮扶资金", "central"), ("市财 ", "city_fiscal"),
     ("市财政/市总配套", "city_pool"), ("市级帮扶资金", "city_pool"), ("省总补助资金", "provincial_union"),
     ("县总配套", "county_union_match"), ("专户利息", "interest"), ("其他", "other")],
)  # fmt: skip
def test_sources(text: str, code: str) -> None:
    assert rows(read(xlsx({"a": roster({"资金来源": text})})), "rosters")[0]["fund_source"] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("生活帮扶", "living_aid"), ("大病救助", "medical_aid"), ("金秋助学", "education_aid"),
     ("走访慰问", "warmth_visit"), ("送 温 暖", "warmth_visit")],
)  # fmt: skip
def test_categories(text: str, code: str) -> None:
    assert rows(read(xlsx({"a": roster({"帮扶项目": text})})), "rosters")[0]["aid_category"] == code


def test_unknown_words_reject_source_and_category_and_are_errors_elsewhere() -> None:
    grid = roster({"资金来源": "某基金"}, {"帮扶项目": "旅游"})
    assert findings(read(xlsx({"a": grid}))) == [
        ("S.enum", "reject", 2, "fund_source"), ("S.enum", "reject", 3, "aid_category"),
    ]  # fmt: skip
    members = [["档案编号", "姓名", "身份证号", "与本人关系"], ["D1", "张三", "430602199001011238", "朋友"]]
    made = read(xlsx({"a": members}))
    assert findings(made) == [("S.enum", "error", 2, "relation")]
    assert rows(made, "members")[0]["relation_text"] == "朋友"


def test_an_unknown_campaign_stays_as_it_is_written() -> None:
    row = one(
        "visits",
        慰问日期="2021-12-03",
        慰问活动="高温慰问",
        慰问对象类型="集体",
        姓名或单位名称="某厂",
        受益人数="30人",
        资金来源="央财",
    )
    assert (row["campaign"], row["object_type"], row["beneficiary_count"]) == ("高温慰问", "collective", 30)


def test_what_is_required_where_it_applies() -> None:
    header = ["慰问日期", "慰问活动", "慰问对象类型", "姓名或单位名称", "身份证号", "受益人数", "档案编号", "资金来源"]
    grid = [
        header,
        ["2021-12-03", "两节", "个人", "张三", "", "", "", "央财"],
        ["2021-12-03", "两节", "家庭", "李四", "", "", "D1", "央财"],
        ["2021-12-03", "两节", "集体", "某厂", "", "", "", "央财"],
    ]
    assert findings(read(xlsx({"a": grid}))) == [
        ("S.missing_value", "reject", 2, "id_number"), ("S.missing_value", "reject", 4, "beneficiary_count"),
    ]  # fmt: skip
    rosters = [
        [*ROSTER_HEADER, "发放方式", "通知单号"],
        [*roster()[1], "县市区发放", ""],
        [*roster()[1], "", "岳工拨1号"],
        [*roster()[1], "", ""],
    ]
    made = read(xlsx({"a": rosters}))
    assert findings(made) == [("S.missing_value", "reject", 2, "notice_no")]
    assert [row["payment_channel"] for row in rows(made, "rosters")] == ["county", "county", "direct"]


def test_unreadable_cells_by_what_they_are() -> None:
    made = read(xlsx({"a": roster({"金额": "1,2O0.00", "身份证号": "4306", "发放日期": "明天", "姓名": ""})}))
    assert findings(made) == [
        ("S.type", "reject", 2, "amount_yuan"), ("S.type", "error", 2, "id_number"),
        ("S.missing_value", "reject", 2, "name"), ("S.type", "error", 2, "paid_on"),
    ]  # fmt: skip
    problem = made.problems.to_dicts()[0]
    assert (problem["column_name"], problem["value_text"]) == ("金额", "1,2O0.00")
    assert problem["args"] == ["金额", "1,2O0.00", "金额"]
    row = rows(made, "rosters")[0]
    assert (row["amount_yuan"], row["id_number"], row["paid_on"]) == (None, None, None)


def test_what_is_stated_above_and_cannot_be_read_is_told_once_or_for_each_row_that_it_rejects() -> None:
    listed = read(xlsx({"a": [["拟发日期：8月中旬"], *roster({}, {"姓名": "李四"})]}))
    assert findings(listed) == [("S.type", "error", 3, "planned_on")]
    assert [row["planned_on"] for row in rows(listed, "rosters")] == [None, None]
    header = ["慰问活动", "慰问对象类型", "姓名或单位名称", "身份证号", "慰问金额", "资金来源"]
    lines = [["两节", "个人", name, "430602199001011238", 500, "市财政"] for name in ("张三", "李四")]
    assert findings(read(xlsx({"a": [["慰问日期：2021年12月"], header, *lines]}))) == [
        ("S.type", "reject", 3, "visited_on"), ("S.type", "reject", 4, "visited_on"),
    ]  # fmt: skip
    blank = read(xlsx({"a": [["拟发日期：    年  月  日"], *roster()]}))
    assert findings(blank) == []


def test_a_batch_without_a_number_is_one_per_source_year_notice_and_date() -> None:
    unnumbered = {"批次号": ""}
    made = read(xlsx({"名单": roster(
        unnumbered, unnumbered, {**unnumbered, "资金来源": "省财"}, {**unnumbered, "预算年度": "2022"},
        {**unnumbered, "发放日期": "2021-12-04"}, {"批次号": "P9"},
    )}), "一月.xlsx")  # fmt: skip
    numbers = [row["batch_no"] for row in rows(made, "rosters")]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 5
    assert numbers[0].startswith("ZB-")
    assert numbers[5] == "P9"
    assert [row["is_batch_issued"] for row in rows(made, "rosters")] == [True] * 5 + [False]
    again = read(xlsx({"名单": roster({**unnumbered, "姓名": "新增"}, unnumbered)}), "重报.xlsx")
    assert rows(again, "rosters")[1]["batch_no"] == numbers[0]
    telling = [rows(read(xlsx({"Sheet1": roster(unnumbered)}), f"{n}.xlsx"), "rosters")[0]["batch_no"] for n in "ab"]
    assert telling[0] != telling[1]


def test_occurrence_counts_equal_rows_by_their_values_never_by_row() -> None:
    first, second = {"姓名": "张三"}, {"姓名": "张三", "发放日期": "2021-12-04"}
    orders = [roster(first, second, second), roster(second, first, second), roster(second, second, first)]
    told = [
        sorted((row["paid_on"], row["occurrence"]) for row in rows(read(xlsx({"a": grid})), "rosters"))
        for grid in orders
    ]
    assert told[0] == told[1] == told[2]
    assert [n for _, n in told[0]] == [1, 2, 3]
    across = read(xlsx({"a": roster(), "b": roster()}))
    assert sorted(row["occurrence"] for row in rows(across, "rosters")) == [1, 2]


def test_versions_say_what_is_the_same_fact() -> None:
    base = read(xlsx({"a": roster({}, {"姓名": "李四", "身份证号": "430602199001011246"})}), "x.xlsx")
    changed = read(xlsx({"a": roster({"备注" if False else "银行卡号": "6222021234567890999"})}), "y.xlsx")
    assert base.versions["fact_key"][0] == changed.versions["fact_key"][0]
    assert base.versions["value_hash"][0] != changed.versions["value_hash"][0]
    assert base.versions["scope_key"].n_unique() == 1
    assert base.versions["scope_key"][0] == changed.versions["scope_key"][0]
    assert base.versions["fact_key"].n_unique() == 2
    files = [
        ["档案编号", "姓名", "身份证号", "困难类别", "建档日期", "家庭人口"],
        ["D1", "张三", "430602199001011238", "深度困难", "2020-01-01", 3],
    ]
    households = read(xlsx({"a": files}))
    assert households.versions["scope_key"].to_list() == households.versions["fact_key"].to_list()


def test_the_stated_unit_is_the_rows_own_word() -> None:
    grid = [
        [*ROSTER_HEADER, "单位名称", "单位代码"],
        [*roster()[1], "华容县总工会", ""],
        [*roster()[1], "华容县总工会", "430623"],
    ]
    assert read(xlsx({"a": grid})).versions["stated_unit"].to_list() == ["华容县总工会", "430623"]


def test_problem_ids_come_from_facts_of_a_file_not_from_rows() -> None:
    bad, good = {"银行卡号": "62"}, {"姓名": "李四", "身份证号": "430602199001011246"}
    content = xlsx({"a": roster(bad, good)})
    first = read(content)
    assert first.problems["problem_id"].to_list() == read(content).problems["problem_id"].to_list()
    again = read(xlsx({"a": roster(bad, good, good)}), "other.xlsx")
    assert first.problems["problem_id"].to_list() != again.problems["problem_id"].to_list(), (
        "sent again, it is told again"
    )
    twice = read(xlsx({"a": roster(bad, bad)}))
    assert twice.problems["problem_id"].n_unique() == 2


def test_files_that_hold_no_rows() -> None:
    assert read(b"", "a.xlsx").state == "unreadable"
    assert read(b"PK\x03\x04garbage", "a.xlsx").state == "unreadable"
    assert read(xlsx({"a": roster()})[:2000], "a.xlsx").state == "unreadable"
    assert read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 9, "a.xls").state == "unreadable"
    assert read(b"Rar!\x1a\x07\x00", "a.rar").problems["rule_id"].to_list() == ["S.refused_format"]
    assert "解压" in read(b"Rar!\x1a\x07\x00", "a.rar").problems["args"][0].to_list()[1]
    assert (read(b"%PDF-1.4", "a.pdf").state, read(b"%PDF-1.4", "a.pdf").problems.height) == ("document", 0)


def test_an_archive_is_read_file_by_file() -> None:
    made = read(
        zipped({"华容县/名单.xlsx": xlsx({"a": roster()}), "坏.xlsx": b"PK\x03\x04"}, gbk_names=True), "上报.zip"
    )
    assert (made.state, made.validated) == ("accepted", {})
    assert [(f.source_file, f.state) for f in made.inner] == [
        ("上报.zip!华容县/名单.xlsx", "accepted"), ("上报.zip!坏.xlsx", "unreadable"),
    ]  # fmt: skip
    assert made.inner[0].versions["folder_unit"].to_list() == ["华容县"]


def test_hostile_bytes_never_raise() -> None:
    whole = xlsx({"a": roster()})
    for cut in range(0, len(whole), 397):
        assert read(whole[:cut], "a.xlsx").state in ("unreadable", "accepted")
    for place in range(30, len(whole), 211):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        assert read(broken, "a.xlsx").state in ("unreadable", "accepted", "refused")


def test_purchases() -> None:
    row = one(
        "purchases", 采购批次="CG-2021-01", 慰问活动="两节", 供货单位="丰裕粮油有限公司", 发票号="04512387",
        收款账号="8001 2000 0000 0123", 慰问品名称="大米", 数量="1,200袋", 单价="3.125", 货款="3,750.00",
        经费来源="县总配套", 年度="2021年", 付款时间="2021年12月15日",
    )  # fmt: skip
    assert (row["purchase_batch_no"], row["campaign"], row["item_name"]) == ("CG-2021-01", "two_festivals", "大米")
    assert (row["item_quantity"], row["unit_price"], row["amount_yuan"]) == ("1200", "3.125", "3750.00")
    assert (row["fund_source"], row["budget_year"]) == ("county_union_match", 2021)
    assert (row["paid_on"].isoformat(), row["accepted_on"], row["occurrence"]) == ("2021-12-15", None, 1)
    assert row["payee_account_key"]


def test_lines_of_one_invoice_are_told_apart() -> None:
    header = ["采购批次号", "慰问活动", "供应商", "发票号码", "品名", "数量", "金额", "资金来源", "预算年度"]
    line = ["CG1", "两节", "丰裕粮油", "04512387", "大米", 10, 500, "央财", "2021"]
    made = rows(read(xlsx({"采购": [["慰问品采购表"], header, line, [*line[:6], 900, *line[7:]]]})), "purchases")
    assert [row["occurrence"] for row in made] == [1, 2]


@pytest.mark.parametrize("header", ["发票号码", "品名", "数量", "预算年度"])
def test_a_purchase_says_what_it_must(header: str) -> None:
    cells = {
        "采购批次号": "CG1", "慰问活动": "两节", "供应商": "丰裕粮油", "发票号码": "04512387", "品名": "大米",
        "数量": 10, "金额": 500, "资金来源": "央财", "预算年度": "2021",
    }  # fmt: skip
    found = findings(read(xlsx({"采购": [list(cells), list((cells | {header: None}).values())]})))
    assert [(rule_id, severity) for rule_id, severity, _, _ in found] == [("S.missing_value", "reject")]


def test_the_year_of_a_collective_visit() -> None:
    header = ["慰问日期", "慰问活动", "慰问对象类型", "姓名或单位名称", "受益人数", "慰问金额", "资金来源"]
    line = ["2022-01-10", "两节", "集体", "宏远建筑", 45, 9000, "央财"]
    [titled] = rows(read(xlsx({"a": [["2021年度集体慰问登记表"], header, line]})), "visits")
    [stated] = rows(read(xlsx({"a": [[*header, "预算年度"], [*line, "2021"]]})), "visits")
    [silent] = rows(read(xlsx({"a": [["2022年春节慰问登记表"], header, line]})), "visits")
    assert (titled["budget_year"], stated["budget_year"], silent["budget_year"]) == (2021, 2021, None)
