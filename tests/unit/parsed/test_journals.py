"""Every accounting export against what its builder says stands in it: written by hand, never read here."""

import pytest

from tests.fixtures.banks import journals
from tests.fixtures.banks.paper import Paper, variants
from tests.unit.parsed.making import csv_text, findings, read, rows
from tests.unit.parsed.test_banks import told

SENDER = "甲"
# A voucher told once stays with its lines only in their order; all else may be moved about.
CASES = [case for paper in journals.PAPERS for case in variants(paper)] + list(journals.OTHER_FORMS)


@pytest.mark.parametrize("paper", CASES, ids=[case.name for case in CASES])
def test_an_export_is_read_as_it_stands(paper: Paper) -> None:
    made = read(paper.content, paper.file, SENDER)
    assert findings(made) == []
    [sheet] = made.sheets.to_dicts()
    assert (sheet["kind"], sheet["layout"], sheet["row_count"]) == ("journal", paper.layout, len(paper.lines))
    assert told(rows(made, "journal"), paper.lines) == paper.lines


PLAIN = [
    "账套",
    "会计期间",
    "凭证日期",
    "凭证字号",
    "分录号",
    "摘要",
    "科目编码",
    "科目名称",
    "借方金额",
    "贷方金额",
    "资金来源",
]


def test_what_cannot_be_read_is_said_once_a_cell() -> None:
    good = ["账", "2021-11", "2021-11-05", "记-1", "1", "付款", "10201", "银行存款", "", "10.00", "市财政"]
    bad = [
        good,
        [*good[:2], "十一月", *good[3:]],  # no date
        [*good[:8], "", "", "市财政"],  # neither debit nor credit
        [*good[:10], "某种钱"],  # a source that nobody knows: the entry stands
        [good[0], "2021-19", *good[2:]],  # no month
    ]
    made = read(csv_text([PLAIN, *bad]).encode(), "凭证.csv", SENDER)
    assert findings(made) == [
        ("S.type", "reject", 3, "voucher_on"),
        ("S.missing_value", "reject", 4, "debit_yuan"),
        ("S.enum", "error", 5, "fund_source"),
        ("S.type", "reject", 6, "period"),
    ]


def test_the_same_entry_has_the_same_key_in_another_export_of_the_software() -> None:
    """Sorted otherwise, with another way of writing number and date: the fact is the same."""
    first = [["账", "11", "2021-11-05", "记-1", n, "付款", "10201", "银行存款", "", "10.00", ""] for n in ("1", "2")]
    later = [["账", "2021年11月", "2021.11.5", "记字0001号", n, "付款", "10201", "银行", "", "12.00", ""] for n in "21"]
    keys = []
    for grid in (first, later):
        made = read(csv_text([PLAIN, *grid]).encode(), "凭证.csv", SENDER)
        keys.append({row["fact_key"] for row in made.versions.to_dicts()})
    assert keys[0] == keys[1]
    assert len(keys[0]) == 2
