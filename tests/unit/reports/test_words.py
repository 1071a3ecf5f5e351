"""The scan finds what must not be seen, and lets ordinary sentences pass."""

import pytest

from reports.words import slips
from tests.unit.reports.world import documents

OFFICIAL = [
    "截止到12月底", "属于违规发放", "出现系统性偏差", "数据异常", "红牌", "户主张三", "金额 NULL", "N/A", "{{ name }}",
    "规则 R11", "R01.checksum", "f03", "marts.payments", "executed_yuan", "SQL", "sha256", "明账", "0a1b2c3d4e5f",
]  # fmt: skip
FINE = "截至2021年12月31日，支出273.79万元，预算执行率74.00%。疑点已整改。湘工办发〔2020〕21号，警示教育。"


@pytest.mark.parametrize("text", OFFICIAL)
def test_forbidden_in_an_official_document(text: str) -> None:
    assert list(slips(text, documents()["forbidden_words"], official=True)), text


def test_ordinary_words_pass() -> None:
    assert not list(slips(FINE, documents()["forbidden_words"], official=True))


def test_a_working_page_may_name_a_rule_but_blame_nobody() -> None:
    assert not list(slips("R11 一户一次", documents()["forbidden_words"], official=False))
    (slip,) = slips("两户违规", documents()["forbidden_words"], official=False)
    assert str(slip) == "“违规”见“…两户违规…”：核实前称疑点，核实后称问题"
