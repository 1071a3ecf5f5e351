"""What only people can decide, through the real commands: asked in 对账待办, decided, and no longer so."""

from pathlib import Path
from typing import Any

import pytest

from flows.edges.withdrawals import Word
from flows.explaining import explain
from flows.ingesting import ingest
from flows.withdrawing import withdraw
from tests.flows.decided import COUNTY, lay
from tests.flows.open_items import CARD, REFUSED, RESORTED, fill, lines, prepare, workbook
from tests.support.command import mingzhang
from tests.support.truth import warehouse_rows

pytestmark = pytest.mark.slow

_SAID = {"选择": "选定这一笔", "决定人": "李会计", "决定日期": "2022-01-10"}
_SETTLED = "SELECT status FROM matched.payments ORDER BY amount_yuan, pay_on"
_SUMS = """
SELECT b.amount_yuan FROM matched.bank_lines AS b LEFT JOIN matched.matches AS m ON m.bank_line_id = b.bank_line_id
WHERE b.classification NOT IN ('unexplained', 'ambiguous', 'out_of_scope')
GROUP BY b.bank_line_id, b.amount_yuan HAVING SUM(m.amount_yuan) IS DISTINCT FROM b.amount_yuan
"""


def statuses(root: Path) -> list[str]:
    return [row["status"] for row in warehouse_rows(root, _SETTLED)]


def told(root: Path) -> list[tuple[str, str]]:
    """(detail, severity) of the findings of matching on decisions."""
    sql = "SELECT detail, severity FROM judged.findings WHERE kind = 'decisions' AND status = 'open' ORDER BY ALL"
    return [(row["detail"], row["severity"]) for row in warehouse_rows(root, sql)]


def test_a_question_is_asked_decided_and_asked_again(tmp_path: Path) -> None:
    root, filled = tmp_path / "workspace", tmp_path / "王会计改.xlsx"
    prepare(root)
    assert f"outbox/{COUNTY}/对账待办.xlsx" in ingest(root).outputs
    asked = _it_is_asked(root)
    said = {
        asked[0]["row"]: _SAID,
        asked[3]["row"]: {"选择": "无关", "决定人": "李会计"},
        asked[4]["row"]: {"选择": "待查"},
    }
    fill(workbook(root), filled, said)
    ran = mingzhang("decide", filled, "--json", workspace=root)
    assert ran.code == 10, ran.out
    told_of = ran.document["summary"]
    assert (told_of["said"], told_of["holds"], told_of["void"]) == (2, 2, 0)
    assert [each["code"] for each in ran.document["problems"]] == ["S.missing_value"], "who has decided?"
    _it_is_decided(root)
    _it_is_asked_again_when_the_bank_says_otherwise(root)
    withdraw(root, file=filled.name, word=Word(True, "", ""))
    assert told(root) == []
    assert [(row["待定事项"], row["上次选择"]) for row in lines(workbook(root))] == [
        ("待查款项", None),
        ("未对上账", None),
    ]


def _it_is_asked(root: Path) -> list[dict[str, Any]]:
    asked = lines(workbook(root))
    assert [(row["项"], row["可能的对应"], row["为何没有选定"]) for row in asked] == [
        (1, "批次P1，王小明，生活帮扶", "同样符合，无法区分"), (1, "批次P1，王小明，医疗救助", "同样符合，无法区分"),
        (1, "以上都不是", None), (2, "没有找到可能的对应", None), (3, "没有找到可能的对应", None),
    ]  # fmt: skip
    assert [row["待定事项"] for row in asked[2:]] == ["待人工确认", "待查款项", "未对上账"]
    assert CARD not in str(asked), "what the unit needs to choose, and no more"
    assert not any((root / "outbox").glob("岳阳市总工会/对账待办.xlsx"))
    return asked


def _it_is_decided(root: Path) -> None:
    assert statuses(root) == ["paid", "unmatched", "unmatched"]
    (line,) = warehouse_rows(root, "SELECT * FROM matched.bank_lines WHERE amount_yuan = 88")
    assert line["classification"] == "out_of_scope"
    (match,) = warehouse_rows(root, "SELECT * FROM marts.matches WHERE rule = 'M05.decided'")
    assert (match["amount_yuan"], match["candidate_count"]) == (500, 2)
    assert [row["待定事项"] for row in lines(workbook(root))] == ["未对上账"] * 2
    explained = "\n".join(explain(root, subject=match["payment_id"]).lines)
    assert "由人在对账待办中选定" in explained
    assert "相符：账号、姓名、金额" in explained
    assert "李**选“选定”（2022-01-10）；有效" in explained


def _it_is_asked_again_when_the_bank_says_otherwise(root: Path) -> None:
    lay(root, "代发.csv", REFUSED)
    lay(root, "名单_再报.csv", RESORTED)
    ingest(root)
    assert told(root) == [("M91.decision_void.failed", "warn"), ("S.missing_value", "reject")]
    assert statuses(root) == ["failed", "paid", "unmatched"], "what else fits the debit is paid by it"
    assert warehouse_rows(root, _SUMS) == []
    again = [row for row in lines(workbook(root)) if row["上次选择"]]
    assert [(row["待定事项"], row["上次选择"]) for row in again] == [
        ("选择不再生效", "选定的已不在以上各行（李会计 2022-01-10），未生效，发放未成功")
    ]
