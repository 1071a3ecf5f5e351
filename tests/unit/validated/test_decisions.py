"""对账待办 read back: what was chosen, by the mark of its row, whatever the sheet has become."""

from typing import Any

from tests.unit.parsed.making import findings, read, rows, xlsx
from transforms.parsed.marks import PairMark, pair_mark_of

HEAD = ["项", "待定事项", "金额", "可能的对应", "选择", "决定人", "决定日期", "说明", "对账标识（请勿改动）"]
ABOVE = [["对账待办"], ["填报单位：华容县总工会"], ["一、每一项列出待定的流水"]]


def sheet(*lines: tuple[str, ...]) -> dict[str, Any]:
    return {"待办": [*ABOVE, HEAD, *([str(n), "待查款项", "500", "批次P1", *line] for n, line in enumerate(lines, 1))]}


def test_only_rows_with_a_choice_are_read() -> None:
    made = read(xlsx(sheet(
        ("", "李会计", "", "", PairMark("b1", "p1").text),
        ("选定这一笔", "李会计", "2022年1月10日", "已核实", PairMark("b2", "p2").text),
        ("无关", "李会计", "", "", PairMark("b3").text),
        ("暂缓", "李会计", "", "", PairMark("", "", "l4").text),
    )), "随便什么.xlsx")  # fmt: skip
    chosen, none, later = rows(made, "decisions")
    ids = ("item_id", "candidate_id", "bank_line_id", "payment_id", "list_id")
    assert (chosen["choice"], *(chosen[name] for name in ids)) == ("chosen", "b2", "p2", "b2", "p2", None)
    assert (chosen["row_no"], str(chosen["decided_on"]), chosen["decision_note"]) == (6, "2022-01-10", "已核实")
    assert (none["choice"], none["item_id"], none["candidate_id"]) == ("not_ours", "b3", None)
    assert (later["choice"], later["item_id"], later["bank_line_id"]) == ("later", "l4", None)
    assert findings(made) == []


def test_who_decided_must_be_said_and_a_mark_that_was_retyped_is_none() -> None:
    made = read(xlsx(sheet(
        ("选定", "", "", "", PairMark("b1", "p1").text),
        ("选定", "李会计", "", "", PairMark("b1", "p1").text.replace("p1", "p2")),
        ("选定", "李会计", "", "", ""),
    )), "待办.xlsx")  # fmt: skip
    told = [(problem["rule_id"], problem["row_no"], problem["field"]) for problem in made.problems.to_dicts()]
    assert sorted(told) == [
        ("S.missing_value", 5, "decided_by"), ("S.missing_value", 7, "pair_mark"), ("S.type", 6, "pair_mark"),
    ]  # fmt: skip


def test_a_mark_is_read_as_it_was_written() -> None:
    for mark in (PairMark("b", "p"), PairMark("b"), PairMark("b", "", "l"), PairMark("", "p")):
        assert pair_mark_of(f" {mark.text} ") == mark
        assert mark.text[-1].isalpha(), "dragging it down counts nothing up"
    assert pair_mark_of("") is None
    assert pair_mark_of("Mabc:1|0||abcd") is None
