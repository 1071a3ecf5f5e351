from __future__ import annotations

from typing import Any

import pytest

from expectations.findings import judge
from expectations.sentences import masked_value
from tests.unit.expectations.books import CITY, Books, household, visit

GOOD, BAD = "11010519491231002X", "110105194912310021"


def findings(books: Books, *columns: str) -> list[Any]:
    books.settle()
    judge(books.connection)
    found = books.rows("SELECT * FROM judged.findings ORDER BY rule_id, row_no, subject_key")
    return [tuple(row[column] for column in columns) for row in found] if columns else found


def test_clean_books_have_no_finding(books: Books) -> None:
    books.receive("households", [household("张三", GOOD)], file="档案.csv")
    books.receive("visits", [visit("张三", f"k{GOOD}", "2021-12-20")], file="走访.csv")
    assert findings(books) == []


def test_a_finding_names_its_place_and_hides_the_number(books: Books) -> None:
    books.receive(
        "households", [household("张三", BAD)], file="档案.csv", taken_from='{"id_number": "column:身份证号码"}'
    )
    (found,) = findings(books)
    assert (found["rule_id"], found["severity"], found["status"]) == ("R01.checksum", "error", "open")
    assert (found["unit_code"], found["kind"], found["source_file"]) == ("hr", "households", "hr/档案.csv")
    assert (found["sheet"], found["row_no"], found["column_name"]) == ("Sheet1", 2, "身份证号码")
    assert found["value_masked"] == "11*************021"
    assert found["value_text"] == BAD
    assert BAD not in found["message_zh"] + found["message_en"] + found["article"]
    assert "11*************021" in found["message_zh"]
    assert str(found["first_seen_on"]) == "2022-02-02"


def test_without_a_header_of_its_own_the_column_is_called_as_in_the_template(books: Books) -> None:
    books.receive("households", [household("张三", BAD)], file="档案.csv")
    assert findings(books, "column_name") == [("身份证号",)]


def test_ids_do_not_depend_on_file_or_row(books: Books) -> None:
    books.receive("households", [household("张三", BAD)], file="档案.csv")
    (first,) = findings(books, "finding_id", "group_id")
    books.receive(
        "households", [household("李四", GOOD), household("张三", BAD, phone="13800001234")], file="档案二.csv"
    )
    assert findings(books, "finding_id", "group_id") == [first]
    assert findings(books, "row_no") == [(3,)]


def test_a_repeat_names_unit_date_amount_and_source_of_the_first(books: Books) -> None:
    books.receive("units", [{"unit_code": "pj", "unit_name": "平江县总工会", "fact_key": "u-pj"}], file="单位表二.csv")
    books.receive("visits", [visit("张三", "k1", "2021-12-20")], file="走访.csv")
    books.receive("visits", [visit("张三", "k1", "2021-12-25", fact_key="v2")], file="走访.csv", sender="pj")
    (found,) = findings(books)
    assert (found["rule_id"], found["detail"], found["severity"]) == ("R11", "R11.same_group", "error")
    assert (found["unit_code"], found["kind"], found["value_masked"]) == ("pj", "visits", "张**")
    sentence = "疑似重复慰问：该户已于2021-12-20由华容县总工会慰问1000元（省财），请核实是否属于同一慰问活动"
    assert found["sentence_zh"] == sentence
    assert found["message_zh"] == f"{sentence}。{found['way_out_zh']}。"


def test_a_window_that_policy_lacks_is_not_judged_and_said(books: Books) -> None:
    books.receive("visits", [visit("张三", "k1", "2030-12-20")], file="走访.csv")
    books.settle()
    judgement = judge(books.connection)
    (gap,) = judgement.policy_gaps
    assert (gap.rule_id, gap.unit_code, gap.missing_input, gap.missing_on, gap.subject_count) == (
        "R11", "hr", "policy.new_year_eves", "2030-12-20", 1,
    )  # fmt: skip
    covered = books.rows("SELECT * FROM judged.coverage WHERE rule_id = 'R11' AND unit_code = 'hr'")
    assert [(row["judged_count"], row["not_judged_count"], row["missing_input"]) for row in covered] == [
        (0, 1, "policy.new_year_eves")
    ]


def test_a_policy_table_never_supplied_is_no_gap(books: Books) -> None:
    books.connection.execute("DELETE FROM policy.new_year_eves")
    books.receive("visits", [visit("张三", "k1", "2021-12-20")], file="走访.csv")
    books.settle()
    assert judge(books.connection).policy_gaps == ()


@pytest.mark.parametrize(
    ("mode", "unit", "severities"),
    [
        ("on", None, ["error"]),
        ("observe", None, ["info"]),
        ("off", None, []),
        ("off", "hr", []),
        ("off", "pj", ["error"]),
    ],
)
def test_modes(books: Books, mode: str, unit: str | None, severities: list[str]) -> None:
    books.connection.execute("INSERT INTO policy.rule_modes VALUES ('R01', ?, ?, ?)", [unit, mode, CITY])
    books.receive("households", [household("张三", BAD)], file="档案.csv")
    assert [severity for (severity,) in findings(books, "severity")] == severities
    (row,) = books.rows("SELECT * FROM judged.coverage WHERE rule_id = 'R01.checksum'")
    is_off = mode == "off" and unit in (None, "hr")
    assert (row["judged_count"], row["not_judged_count"]) == ((0, 1) if is_off else (1, 0))
    assert row["failed_count"] == len(severities)


def test_a_rule_that_the_policy_does_not_list_is_observed(books: Books) -> None:
    books.connection.execute("DELETE FROM policy.rule_modes")
    books.receive("households", [household("张三", BAD)], file="档案.csv")
    assert findings(books, "severity") == [("info",)]


def problem_in(books: Books) -> None:
    (row_id,) = books.receive("households", [household("张三", GOOD)], file="档案.csv", scope="s1")
    books.problem(row_id.split(":")[0], "S.type", "reject", row_id=row_id, kind="households", sheet="Sheet1", row_no=2,
                  column_name="建档日期", field="opened_on", value_text="昨天",
                  args=["建档日期", "昨天", "日期"])  # fmt: skip


def test_a_problem_of_reading_is_a_finding_with_its_own_severity(books: Books) -> None:
    problem_in(books)
    (found,) = findings(books)
    assert (found["rule_id"], found["severity"], found["unit_code"]) == ("S.type", "reject", "hr")
    assert (found["source_file"], found["row_no"], found["column_name"]) == ("hr/档案.csv", 2, "建档日期")
    assert found["message_zh"].startswith("建档日期「昨天」不是日期")


@pytest.mark.parametrize(
    ("field", "shown"),
    [("id_number", "12*************678"), ("name", "张**"), ("remark", "（略）"), ("phone", "（略）"),
     ("undefined", "（略）"), (None, "张**"), ("amount_yuan", "张三 12345678"), ("card_no", "****5678")],
)  # fmt: skip
def test_a_cell_is_shown_as_its_field_is_masked(field: str | None, shown: str) -> None:
    text = {"id_number": "123456781234567678", "card_no": "6217001210025678"}.get(field or "", "张三 12345678")
    assert masked_value(field, text) == shown


def test_a_newer_file_of_the_same_key_mends_a_problem(books: Books) -> None:
    problem_in(books)
    books.receive("households", [household("张三", GOOD)], file="档案_更正.csv", scope="s1")
    assert findings(books, "rule_id", "status") == [("S.type", "corrected")]
    (row,) = books.rows("SELECT * FROM judged.coverage WHERE rule_id = 'S' AND unit_code = 'hr'")
    assert row["failed_count"] == 0


@pytest.mark.parametrize(("file", "status"), [("坏.xlsx", "corrected"), ("另一份.xlsx", "open")])
def test_a_file_that_could_not_be_read_is_mended_under_its_own_name(books: Books, file: str, status: str) -> None:
    (row_id,) = books.receive("households", [household("张三", GOOD)], file="坏.xlsx")
    books.problem(row_id.split(":")[0], "S.unknown_kind", "reject", kind="", sheet="汇总", args=["", "", ""])
    books.receive("households", [household("李四", "11010519491231002X", fact_key="other")], file=file)
    assert findings(books, "rule_id", "sheet", "status") == [("S.unknown_kind", "汇总", status)]


def test_statement_lines_are_not_mended_by_the_next_month(books: Books) -> None:
    line = {"account_key": "a1", "booked_on": "2021-12-01", "direction": "in", "amount_yuan": "1.00"}
    (row_id,) = books.receive("bank_statements", [line], file="明细.csv", scope="s1")
    books.problem(row_id.split(":")[0], "S.type", "reject", row_id=row_id, kind="bank_statements", field="amount_yuan",
                  args=["金额", "x", "数字"])  # fmt: skip
    books.receive("bank_statements", [line], file="明细.csv", scope="s1")
    found = [row for row in findings(books, "rule_id", "status") if row[0] == "S.type"]
    assert found == [("S.type", "open")]


def test_an_unknown_unit_is_told_once_a_file(books: Books) -> None:
    rows = [household("张三", GOOD), household("李四", "110105194912310039", fact_key="h2")]
    books.receive("households", rows, file="档案.csv", sender="某某县")
    (found,) = [row for row in findings(books) if row["rule_id"] == "S.unknown_unit"]
    assert (found["unit_code"], found["row_no"], found["source_file"]) == (None, None, "某某县/档案.csv")
    assert "「某某县」不在单位表中，该文件2行" in found["message_zh"]


def test_judging_twice_gives_the_same_rows(books: Books) -> None:
    books.receive("households", [household("张三", BAD), household("李四", BAD, fact_key="h2")], file="档案.csv")
    assert findings(books) == findings(books)


def test_equal_facts_keep_ids_of_their_own(books: Books) -> None:
    """One row, two failing cells of one column name cannot be; two problems of one fact and field can."""
    problem_in(books)
    problem_in(books)
    books.settle()
    judge(books.connection)
    assert books.value("SELECT COUNT(*) - COUNT(DISTINCT finding_id) FROM judged.findings") == 0
