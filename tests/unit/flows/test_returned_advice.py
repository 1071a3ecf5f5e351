"""What a returned workbook says is wanted, with an example: for every finding that goes back, in list and comment."""

import io
from dataclasses import replace

import pytest
import yaml
from openpyxl import Workbook, load_workbook

from expectations.contracts import load_contracts, load_fields
from expectations.rulebook import load_rules
from flows.edges.lexicon import load_enums
from flows.edges.returned.advice import Advice
from flows.edges.returned.asked import DataSheet, ReturnedFile, Said
from flows.edges.returned.writing import returned_workbook
from flows.edges.workspace import SHIPPED
from transforms.parsed.marks import FileMark, Token

WORDS = yaml.safe_load((SHIPPED / "data/policy/documents/returned_workbook.yaml").read_text("utf-8"))
ADVICE = Advice(WORDS)
RULES = load_enums().rules
DETAILS = {name: (rule.rule, detail) for rule in load_rules() for name, detail in rule.details.items()}
# what a cell is found with by reading: its field says what is wanted
OF_THE_FIELD = {"S.type", "S.enum", "S.missing_value", "S.lost_digits", "S.possible_correction", "R14.no_card",
                "R01.checksum", "R01.date", "R01.future", "*"}  # fmt: skip
OF_A_BANK = ("M90", "M91", "R18", "R14.cash", "R16.unknown_result", "S.unknown_account")
NEVER_BACK = ("S.unreadable", "S.refused_format")  # nothing of these files was understood
COLUMNS = {
    "name": "姓名",
    "id_number": "身份证号",
    "budget_year": "预算年度",
    "notice_no": "通知单号",
    "paid_on": "发放日期",
}
ROWS = (tuple(COLUMNS.values()), ("张三", "430602199001011239", None, None, "2021-02-30"))
BASE = Said("f1", "error", "名单", 2, None, None, None, "问题", "办法")


def goes_back(name: str) -> bool:
    rule, detail = DETAILS[name]
    is_said = detail.severity != "info" or name in WORDS["findings"]
    is_own = not name.startswith(OF_A_BANK) and rule != "S.lost_marks" and name not in NEVER_BACK
    return is_said and is_own and detail.address != "none"


@pytest.mark.parametrize("name", sorted(name for name in DETAILS if goes_back(name)))
def test_every_finding_that_goes_back_says_what_is_wanted_and_an_example(name: str) -> None:
    said = replace(BASE, detail=name, field="id_number" if name in OF_THE_FIELD or name == "S.missing_column" else None)
    wanted, example = ADVICE.of(said, None)
    assert wanted
    assert example


def test_words_are_of_findings_and_fields_that_there_are() -> None:
    assert set(WORDS["findings"]) <= set(DETAILS)
    named = {field for entry in WORDS["findings"].values() for field in entry.get("like", ())}
    assert named | set(WORDS["row_known_by"]) <= set(load_fields())


def test_a_cell_is_told_by_its_field() -> None:
    number = replace(BASE, field="id_number", detail="R01.checksum")
    assert ADVICE.of(number, None) == ("18位（旧证15位）居民身份证号，按文字填写，末位X大写", "430623190001010014")
    source = replace(BASE, field="fund_source", detail="S.enum")
    wanted, example = ADVICE.of(source, None)
    assert wanted == "示例所列说法之一"
    assert {"央财", "市级帮扶资金"} <= set(example.split("、"))


def test_every_field_that_people_fill_in_has_an_example() -> None:
    fields = [
        column.field for contract in load_contracts().values() if not contract.by_layout for column in contract.headers
    ]
    without = {field.id for field in fields if not ADVICE.of(replace(BASE, field=field.id), None)[1]}
    assert without <= {"document_sha256", "decision_no"}  # ours to fill in


@pytest.mark.parametrize(
    ("missing", "field", "cell"),
    [
        ((), "budget_year", "C2"),
        (("budget_year",), "notice_no", "D2"),
        (("budget_year", "notice_no"), "budget_year", "A2"),
    ],
    ids=["its column", "what else would say it", "the row"],
)
def test_a_row_without_budget_year_is_marked_where_it_can_be_said(
    missing: tuple[str, ...], field: str, cell: str
) -> None:
    said = replace(BASE, detail="S.budget_year", field="budget_year", column_name="预算年度")
    book, found = _returned(said, missing)
    assert [found["应填"], found["示例"]] == [
        "预算年度，或据以查到年度的通知单号、指标文号", load_fields()[field].example
    ]  # fmt: skip
    assert found["单元格"] == cell
    assert book["名单"][cell].comment


def test_a_row_said_twice_is_marked_at_its_key() -> None:
    _, found = _returned(replace(BASE, detail="S.duplicate_key"))
    assert (found["单元格"], found["内容"]) == ("B2", "430602199001011239")
    assert found["示例"] == "留正确的一行，其余在“处理”栏选“删除”"


def test_a_finding_on_a_person_is_marked_where_its_rule_looks_and_still_says_whom() -> None:
    book, found = _returned(replace(BASE, detail="R04.late_file", value_text="张三"))
    assert (found["单元格"], found["内容"], found["示例"]) == ("E2", "张三　2021-02-30", "2021-05-25")
    assert "现为：2021-02-30" in book["名单"]["E2"].comment.text.splitlines()
    _, found = _returned(replace(BASE, detail="R11.same_group", value_text="张三"))
    assert (found["单元格"], found["内容"]) == ("A2", "张三")


def test_list_and_comment_tell_what_is_there_what_is_wanted_and_an_example() -> None:
    said = replace(
        BASE, detail="S.type", field="paid_on", column_name="发放日期", sentence="发放日期「2021-02-30」不是日期"
    )
    book, found = _returned(said)
    told = ("2021-02-30", "年-月-日，日期须存在", "2021-05-25")
    assert (found["内容"], found["应填"], found["示例"]) == told
    lines = book["名单"]["E2"].comment.text.splitlines()
    said_of_it = [f"{name}：{text}" for name, text in zip(("现为", "应填", "示例"), told, strict=True)]
    assert lines == ["【须整改】发放日期「2021-02-30」不是日期。", *said_of_it, "办法：办法。"]


def _returned(said: Said, missing: tuple[str, ...] = ()) -> tuple[Workbook, dict[str, str]]:
    """The returned workbook of a list with one finding, and that finding's line by header."""
    kept = [place for place, name in enumerate(COLUMNS) if name not in missing]
    book = Workbook()
    del book["Sheet"]
    sheet = book.create_sheet("名单")
    for row in ROWS:
        sheet.append([value if place in kept else None for place, value in enumerate(row)])
    saved = io.BytesIO()
    book.save(saved)
    columns = {name: label for name, label in COLUMNS.items() if name not in missing}
    data = DataSheet(1, {}, {2: Token("r1:名单:2")}, columns)
    file = ReturnedFile("r1", "ab", "甲/名单.xlsx", "甲", FileMark("r1", "甲", "甲/名单.xlsx"), [said], {"名单": data})
    made = load_workbook(io.BytesIO(returned_workbook(saved.getvalue(), file, "x", RULES, WORDS)))
    rows = list(made["退回清单"].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "序号")
    return made, dict(zip(rows[head], rows[head + 1], strict=True))
