"""What the report says, for the seed's numbers and for years that went otherwise."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from reports.annual import MissingFigures, plain_text
from reports.words import slips
from tests.unit.reports.world import UNITS, YUEYANG, World, annual_inputs, documents

OUTLINE = """\
一、部室项目支出概况
二、项目支出绩效情况
（一）市财政、市总配套帮扶资金项目情况
1.基本情况
2.资金使用及管理情况
（1）项目资金安排落实、总投入等情况分析
（2）项目资金实际使用情况分析
（3）项目资金管理情况（包括管理制度、办法的制定及执行情况）分析
3.组织实施情况
（1）项目组织情况（包括项目招投标情况、调整情况、完成验收等）分析
（2）项目管理情况（包括项目管理制度建设、日常检查监督管理情况）分析
4.项目绩效情况
（1）项目绩效目标完成情况分析
（2）项目绩效目标未完成原因分析
5.其他需要说明的问题
（1）后续工作计划
（2）主要经验及做法、存在问题和建议（包括资金安排、使用过程中的经验、做法、存在问题、改进措施和有关建议等）
（3）其他"""


def told(world: World = YUEYANG, **changed: Any) -> str:
    return plain_text(annual_inputs(world, **changed))


def spent(fiscal: str, extended: str, as_of: str | None = None) -> dict[str, str]:
    return {"fiscal": fiscal, "extended": extended, "as_of": as_of or extended}


def test_every_section_of_the_seeds_outline_in_its_order() -> None:
    headings = [line.lstrip("# ") for line in told().splitlines() if line.startswith("#")]
    assert headings == OUTLINE.splitlines()


def test_the_rate_sentence_word_for_word() -> None:
    text = told()
    assert (
        "截至2021年12月31日，支出273.79万元，预算执行率74.00%；"
        "截至2022年1月31日，累计支出370万元，资金全部使用完毕" in text
    )
    assert "73.99" not in text


def test_the_reason_and_the_bridge() -> None:
    text = told()
    assert (
        "“两节”送温暖资金按惯例于农历除夕前集中发放，而预算执行数统计至12月31日，故年末尚有96.21万元未形成支出" in text
    )
    assert "“两节”送温暖95.50万元、其他0.51万元、重发0.60万元，减去1月退汇冲减0.40万元" in text


def test_it_says_which_cut_off_feeds_the_score() -> None:
    assert "预算执行率得分采用年末口径（截至2021年12月31日）的执行数计算：执行率74.00%，分值10分，得分7.40分" in told()
    by_extended = told(replace(YUEYANG, score_cutoff="extended"))
    assert "采用春节前口径（截至2022年1月31日）的执行数计算：执行率100.00%，分值10分，得分10分" in by_extended


def test_spent_in_the_year_leaves_nothing_to_explain() -> None:
    world = replace(YUEYANG, executed=spent("3700000", "3700000"), bridge=())
    text = told(world)
    assert "预算资金已全部形成支出，不存在预算未执行完毕的情况" in text
    assert "按惯例" not in text
    assert "年末至春节前支出构成" not in text


def test_not_all_spent_at_the_extended_cut_off() -> None:
    text = told(replace(YUEYANG, executed=spent("2737900", "3600000")))
    assert "累计支出360万元，占全年预算的97.30%，尚有10万元未形成支出" in text
    assert "全部使用完毕" not in text


def test_without_two_festivals_money_the_custom_is_not_named() -> None:
    text = told(replace(YUEYANG, bridge=[("other", 40, 962100)]))
    assert "按惯例" not in text
    assert "预算执行数统计至12月31日，年末尚有96.21万元未形成支出" in text


def test_extended_cut_off_not_yet_reached() -> None:
    text = told(replace(YUEYANG, as_of_on=date(2022, 1, 20), executed=spent("2737900", "3000000")))
    assert "截至2022年1月20日，累计支出300万元，春节前口径（2022年1月31日）尚未到期" in text
    assert "全部使用完毕" not in text


def test_a_cut_off_is_reached_when_the_statements_are_though_its_last_days_were_quiet() -> None:
    quiet = replace(YUEYANG, as_of_on=date(2022, 1, 28))
    assert "尚未到期" in told(quiet)
    covered = told(quiet, known_until=date(2022, 1, 31))
    assert "截至2022年1月31日，累计支出370万元，资金全部使用完毕" in covered
    assert "对账资料截至2022年1月31日" in covered


def test_in_the_middle_of_the_year() -> None:
    world = replace(
        YUEYANG, as_of_on=date(2021, 9, 30), executed=spent("1873000", "1873000"), bridge=(), months=YUEYANG.months[:9]
    )
    text = told(world)
    assert "截至2021年9月30日，支出187.30万元，占全年预算的50.62%，同期序时进度74.79%" in text
    assert "预算执行率待2021年12月31日后计算" in text
    assert "预算年度尚未终了" in text
    assert "不作为最终得分" in text


def test_no_budget_has_no_rate() -> None:
    text = told(replace(YUEYANG, budget="0", initial="0"))
    assert "未安排市财政、市总配套帮扶资金预算" in text
    assert "因未安排预算，预算执行率不适用" in text
    assert "执行率None" not in text


def test_overspent_and_not_fully_received() -> None:
    text = told(replace(YUEYANG, received="3500000", executed=spent("3700500", "3701000"), bridge=()))
    assert "资金到位率94.59%，尚有20万元未到位" in text
    assert "支出超出全年预算0.05万元" in text


def test_another_year_invents_no_achievements() -> None:
    text = told(World(year=2023, extended_on=date(2024, 2, 9), as_of_on=date(2024, 2, 9)))
    assert "截至2023年12月31日" in text
    assert "截至2024年2月9日" in text
    assert "2021" not in text
    assert "在自查中发现" not in text
    assert "（本段由权益保障部据实填写。）" in text


def test_another_province_cites_nothing_of_hunan() -> None:
    text = told(region_code="420100", unit_name="武汉市总工会")
    assert "湖南" not in text
    assert "岳阳" not in text


def test_the_departments_own_words_stand_before_ours() -> None:
    text = told(own_narrative={"存在问题": "存在问题：个别资料归档不及时。\n\n已逐项整改。\n"})
    assert "存在问题：个别资料归档不及时。\n已逐项整改。\n" in text
    assert "在自查中发现" not in text


def test_outside_the_house_no_unit_is_named() -> None:
    lagging = replace(YUEYANG, units=[(*row[:3], row[3], row[4], row[4]) for row in UNITS])
    outside = told(lagging)
    assert not [name for _, name, *_ in UNITS if name in outside]
    assert "部分县市区或单位尚有资金未使用，合计96.21万元" in outside
    inside = told(lagging, audience="internal")
    assert not [name for _, name, *_ in UNITS if name not in inside]


@pytest.mark.parametrize("audience", ["external", "internal"])
def test_no_forbidden_word(audience: str) -> None:
    assert not [str(slip) for slip in slips(told(audience=audience), documents()["forbidden_words"], official=True)]


def test_unknown_project_is_said_with_the_way_out() -> None:
    with pytest.raises(MissingFigures, match=r"2021年“义诊”没有年末口径.*请核对项目名称和年度"):
        plain_text(replace(annual_inputs(), project_name="义诊"))


def test_without_a_statement_it_says_what_is_missing() -> None:
    inputs = annual_inputs()
    drawn = {name: [row for row in rows if row.get("cutoff") != "as_of"] for name, rows in inputs.figures.items()}
    with pytest.raises(MissingFigures, match="还没有银行对账单"):
        plain_text(replace(inputs, figures=drawn))
