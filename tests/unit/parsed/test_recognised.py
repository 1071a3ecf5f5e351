"""Which kind a sheet is, by its header wherever it stands."""

import json
from dataclasses import replace
from typing import Any

import pytest

from expectations.contracts import load_contracts
from flows.edges.lexicon import kind_of
from flows.edges.templates import blank_workbook
from tests.unit.parsed.making import ROSTER_ROW, findings, lexicon, read, roster, rows, xlsx
from transforms.parsed.cells import Cell, Row, Sheet
from transforms.parsed.context import Place
from transforms.parsed.headers import shapes
from transforms.parsed.recognised import recognised


@pytest.mark.parametrize("kind", [k for k, c in load_contracts().items() if not c.by_layout and c.headers])
def test_our_own_blank_template_is_recognised_whole(kind: str) -> None:
    contract = load_contracts()[kind]
    made = read(blank_workbook(contract), f"{kind}.xlsx")
    [sheet] = made.sheets.to_dicts()
    assert sheet["kind"] == kind
    columns = {name for name, origin in json.loads(sheet["taken_from"]).items() if origin.startswith("column:")}
    assert columns == {column.name for column in contract.headers}
    assert findings(made) == []


def test_every_synonym_is_understood_in_its_kind() -> None:
    layouts, contracts, enums = lexicon()
    every = shapes([kind_of(contract) for contract in contracts.values()], layouts)
    for contract in contracts.values():
        for column in () if contract.by_layout else contract.headers:
            others = [c.field.label_zh for c in contract.headers if c != column]
            for synonym in column.field.synonyms:
                cells = [Cell(text, "text") for text in (*others, synonym)]
                found = recognised(Sheet.of("a", [Row(1, cells)]), every, Place.of("x.xlsx", ""), enums)
                [table] = found.tables
                assert (table.kind, table.headers.get(column.name)) == (contract.kind, synonym)


def test_disorder_synonyms_titles_merges_totals_and_notes() -> None:
    grid = [
        ["岳阳市总工会2021年度困难职工生活救助实名制汇总表", "", "", "", "", ""],
        ["填报单位（盖章）：华容县总工会", "", "资金来源：", "央财", "", "单位：元"],
        [],
        ["序号", "发放金额", "姓 名", "卡 号", "身份证号码*", "备 注"],
        [1, 1000, "张三", "6222021234567890123", "430602199001011238", ""],
        ["", 1000, "小计", "", "", ""],
        [2, "2,000.50", "李四", "6222021234567890124", "430602199001011246", "重发"],
        ["序号", "发放金额", "姓 名", "卡 号", "身份证号码*", "备 注"],
        [3, 5, "王五", "6222021234567890125", "430602199001011254", ""],
        [4, "", "", "", "", ""],
        ["", 3005.5, "", "", "", ""],
        ["合  计", 3005.5, "", "", "", ""],
        ["备注：本表一式三份", "", "", "", "", ""],
        ["2.由帮扶中心留存", "", "", "", "", ""],
        ["制表人：张某", "", "审核人：李某", "", "", ""],
    ]
    made = read(xlsx({"Sheet1": grid}, merges={"Sheet1": [(0, 0, 0, 5)]}), "华容县/名单.xlsx", "华容县")
    assert findings(made) == []
    told = [(r["row_no"], r["name"], r["amount_yuan"], r["remark"]) for r in rows(made, "rosters")]
    assert told == [(5, "张三", "1000.00", None), (7, "李四", "2000.50", "重发"), (9, "王五", "5.00", None)]
    first = rows(made, "rosters")[0]
    assert (first["fund_source"], first["aid_category"], first["budget_year"]) == ("central", "living_aid", 2021)
    assert made.versions["sheet_unit"].unique().to_list() == ["华容县总工会"]
    assert made.versions["folder_unit"].unique().to_list() == ["华容县"]
    taken = json.loads(made.sheets["taken_from"][0])
    assert taken["fund_source"] == "line:资金来源：央财"
    assert taken["aid_category"].startswith("title:")
    assert made.contents.raw_rows.whole()["cells"][0].split("\x1f")[2] == "张三"


def test_a_header_of_two_rows_under_groups() -> None:
    grid = [
        ["序号", "困难职工", "", "发放情况", "", "资金来源", "帮扶项目"],
        ["", "姓名", "身份证号", "银行卡号", "金额（万元）", "", ""],
        [1, "张三", "430602199001011238", "6222021234567890123", 0.1, "省财", "医疗救助"],
    ]
    merges = [(0, 1, 0, 2), (0, 3, 0, 4), (0, 5, 1, 5), (0, 6, 1, 6), (0, 0, 1, 0)]
    made = read(xlsx({"a": grid}, merges={"a": merges}))
    [row] = rows(made, "rosters")
    assert (row["name"], row["amount_yuan"], row["fund_source"]) == ("张三", "1000.00", "provincial")


def test_text_merged_over_rows_belongs_to_each_an_amount_to_the_first() -> None:
    grid = roster({}, {"姓名": "李四", "金额": "", "资金来源": ""})
    made = read(xlsx({"a": grid}, merges={"a": [(1, 5, 2, 5), (1, 3, 2, 3)]}))
    first, second = rows(made, "rosters")
    assert (first["amount_yuan"], second["amount_yuan"]) == ("1000.00", None)
    assert (first["fund_source"], second["fund_source"]) == ("central", "central")
    assert findings(made) == [("S.missing_value", "reject", 3, "amount_yuan")]


def test_several_sheets_and_kinds_in_one_workbook() -> None:
    members = [["档案编号", "姓名", "身份证号", "与本人关系"], ["D1", "张三", "430602199001011238", "户主"]]
    made = read(xlsx({"央财": roster(), "家庭成员": members, "填表说明": [["一", "二", "三"]]}))
    assert made.sheets["kind"].to_list() == ["rosters", "members"]
    assert rows(made, "members")[0]["relation"] == "self"
    assert findings(made) == []


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    made = read(xlsx({"a": roster(), "旧": roster()}, hidden=["旧"]))
    assert made.validated["rosters"].height == 1
    assert findings(made) == [("S.hidden_sheet", "info", None, None)]


def test_a_missing_column_keeps_the_rows_out() -> None:
    grid = [[v for place, v in enumerate(row) if place != 3] for row in roster()]
    made = read(xlsx({"a": grid}))
    assert findings(made) == [("S.missing_column", "reject", 1, "amount_yuan")]
    assert made.problems["args"][0].to_list()[:2] == ["实名制汇总表", "金额"]
    assert made.validated == {}
    assert made.contents.raw_rows.height == 1


def test_a_missing_column_that_is_only_expected_keeps_the_rows_in() -> None:
    grid = [[v for place, v in enumerate(row) if place != 4] for row in roster()]
    made = read(xlsx({"a": grid}))
    assert findings(made) == [("S.missing_column", "error", 1, "card_no")]
    assert made.validated["rosters"].height == 1


def test_an_unknown_kind_says_what_was_seen_and_what_is_missing() -> None:
    made = read(xlsx({"a": [["物品", "数量", "领用人"], ["大米", 3, "张三"]]}))
    assert findings(made) == [("S.unknown_kind", "reject", 1, None)]
    assert made.problems["args"][0].to_list() == ["物品、数量、领用人", "", ""]
    near = read(xlsx({"a": [["姓名", "身份证号", "职务", "学历", "职称"], ["张三", "430602199001011238", "", "", ""]]}))
    assert findings(near)[0][0] == "S.unknown_kind"
    assert near.problems["args"][0].to_list()[1] != ""


def test_unknown_columns_are_reported_once_for_the_layout() -> None:
    grid = [[*roster()[0], "民族习惯", "血型", "性别"], [*ROSTER_ROW, "a", "b", "男"], [*ROSTER_ROW, "a", "b", "女"]]
    made = read(xlsx({"a": grid}))
    assert findings(made) == [("S.unknown_column", "info", 1, None)]
    assert made.problems["args"][0].to_list() == ["民族习惯、血型", "实名制汇总表"]
    assert made.sheets["unknown_columns"][0].to_list() == ["民族习惯", "血型"]


@pytest.mark.parametrize(
    ("title", "sheet", "source_file", "source", "year"),
    [
        ("2021年度市财政、市总配套帮扶资金实名制汇总表", "Sheet1", "x.xlsx", "city_pool", 2021),
        ("2021年市财帮扶资金实名制汇总表", "Sheet1", "x.xlsx", "city_fiscal", 2021),
        ("实名制汇总表（预算年度：2021）", "省财", "x.xlsx", "provincial", 2021),
        ("二〇二一年度实名制汇总表", "Sheet1", "央财实名制.xlsx", "central", 2021),
        ("2022年1月实名制汇总表", "Sheet1", "县/省总补助/2021年度/x.xlsx", "provincial_union", 2021),
        ("2022年春节慰问实名制汇总表（预算年度：2021年）", "Sheet1", "央财.xlsx", "central", 2021),
        ("2022年1月央财实名制汇总表", "Sheet1", "x.xlsx", "central", None),
        ("央财实名制汇总表", "2021年", "名单_2021年.xlsx", "central", None),
        ("2022年两节央财实名制汇总表", "Sheet1", "x.xlsx", "central", None),
    ],
)
def test_what_the_surroundings_tell(title: str, sheet: str, source_file: str, source: str, year: int | None) -> None:
    grid: list[list[Any]] = [[title], ["姓名", "身份证号", "帮扶项目", "金额", "银行卡号"], ROSTER_ROW[:5]]
    made = read(xlsx({sheet: grid}), source_file, "县" if "/" in source_file else "")
    [row] = rows(made, "rosters")
    assert (row["fund_source"], row["budget_year"]) == (source, year)


def test_pairs_in_the_brackets_of_a_title_and_the_number_of_a_notice() -> None:
    title = "2020年度华容县总工会送温暖发放实名制汇总表（资金来源：市级帮扶资金，岳工发〔2021〕3号）"
    header = ["姓名", "身份证号", "金额", "银行卡号", "发放方式"]
    grid = [[title], ["批次号：P1", "批准文号：岳财指〔2021〕9号"], header]
    for channel in ("县市区发放", "本级直接发放", ""):
        grid.append([ROSTER_ROW[0], ROSTER_ROW[1], 5, ROSTER_ROW[4], channel])
    made = rows(read(xlsx({"Sheet1": grid}), "x.xlsx"), "rosters")
    assert [row["notice_no"] for row in made] == ["岳工发〔2021〕3号", None, "岳工发〔2021〕3号"]
    assert {(r["fund_source"], r["budget_year"], r["aid_category"], r["batch_no"]) for r in made} == {
        ("city_pool", 2020, "warmth_visit", "P1")
    }


def test_a_synonym_of_two_columns_goes_where_it_is_needed() -> None:
    header = ["收款人姓名", "身份证号", "帮扶项目", "金额", "银行卡号", "资金来源"]
    alone = rows(read(xlsx({"a": [header, ROSTER_ROW[:6]]})), "rosters")[0]
    assert (alone["name"], alone["card_holder"]) == ("张三", None)
    beside = rows(read(xlsx({"a": [["姓名", *header], ["李四", *ROSTER_ROW[:6]]]})), "rosters")[0]
    assert (beside["name"], beside["card_holder"]) == ("李四", "张三")


def test_an_empty_cell_takes_what_is_stated_above_or_what_must_be_there() -> None:
    title = [["2021年央财实名制汇总表"]]
    empty = roster({"预算年度": "", "资金来源": ""})
    merely = rows(read(xlsx({"a": [*title, *empty]}), "x.xlsx"), "rosters")[0]
    assert (merely["budget_year"], merely["fund_source"]) == (None, "central")
    stated = rows(read(xlsx({"a": [*title, ["预算年度：2020年"], *empty]}), "x.xlsx"), "rosters")[0]
    assert stated["budget_year"] == 2020


def test_two_sources_in_a_title_are_none() -> None:
    grid = [["央财、省财实名制汇总表"], ["姓名", "身份证号", "帮扶项目", "金额", "银行卡号"], ROSTER_ROW[:5]]
    made = read(xlsx({"Sheet1": grid}), "x.xlsx")
    assert findings(made) == [("S.missing_column", "reject", 2, "fund_source")]


def test_an_empty_workbook_is_not_passed_over_in_silence() -> None:
    assert findings(read(xlsx({"Sheet1": []}))) == [("S.unknown_kind", "reject", None, None)]


def test_a_title_names_the_unit_of_a_file_in_nobodys_folder() -> None:
    grid = [
        ["2023年度华容县总工会省财生活救助实名制汇总表"],
        ["姓名", "身份证号", "金额", "银行卡号"],
        ["张三", "430602199001011238", "100", "6222021234567890123"],
    ]
    alone = read(xlsx({"Sheet1": grid}), "名单.xlsx", "")
    assert alone.versions["sheet_unit"].to_list() == ["华容县总工会"]
    filed = read(xlsx({"Sheet1": grid}), "平江县/名单.xlsx", "平江县")  # a form copied from a neighbour says nothing
    assert filed.versions["sheet_unit"].to_list() == [None]
    assert filed.versions["folder_unit"].to_list() == ["平江县"]


def test_what_two_kinds_explain_equally_well_is_told_and_not_guessed() -> None:
    layouts, contracts, words = lexicon()
    every = shapes([kind_of(contract) for contract in contracts.values()], layouts)
    twins = [
        replace(each, kind=replace(each.kind, kind="twins", title_zh="双胞表")) for each in every if not each.layout
    ]
    lines = [Row(number, [Cell(str(value)) for value in values]) for number, values in enumerate(roster(), start=1)]
    sheet, place = Sheet.of("a", lines), Place.of("x.xlsx", "")
    found = recognised(sheet, [*every, *twins], place, words)
    assert [(problem.rule_id, problem.args[1:]) for problem in found.problems] == [
        ("S.ambiguous_kind", ("实名制汇总表", "双胞表"))
    ]
    assert found.tables == ()
    [table] = recognised(sheet, every, place, words).tables
    assert (table.kind, table.runner_up) == ("rosters", "payouts")
    titled = Sheet.of("a", [Row(1, [Cell("实名制汇总表")]), *(row._replace(row_no=row.row_no + 1) for row in lines)])
    others = [replace(each, kind=replace(each.kind, title_words=())) for each in twins]
    assert [each.kind for each in recognised(titled, [*every, *others], place, words).tables] == ["rosters"]


def test_a_header_with_digits_that_is_repeated_is_no_row() -> None:
    """Every column whose cells have digits is headed with digits, too: only the words tell the header from a row."""
    header, row = roster()
    said = {name: f"{name}（2021年）" for name in ("身份证号", "金额", "银行卡号", "预算年度", "发放日期")}
    heads = [said.get(name, name) for name in header]
    made = read(xlsx({"a": [heads, row, heads, [*row[:-1], "2021-12-04"]]}))
    assert findings(made) == []
    assert [each["row_no"] for each in rows(made, "rosters")] == [2, 4]
