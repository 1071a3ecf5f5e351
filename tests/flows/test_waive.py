"""Decisions on findings through the real commands: by id, by group, by workbook; and what cannot hold."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.checking import check
from flows.closing import close
from flows.explaining import explain
from flows.ingesting import ingest
from flows.problems import Exit, Refusal
from flows.waiving import waive
from flows.words import speaking
from tests.flows import decided
from tests.flows.decided import COUNTY, FIRST, SAID, THIRD, TWICE, findings, form, lay, repeats, statuses, visits
from tests.support.command import mingzhang
from tests.support.dump import dump_marts
from tests.support.truth import warehouse_rows

pytestmark = pytest.mark.slow


# --- waived ----------------------------------------------------------------------------------------------------------


def test_by_id_for_as_long_as_policy_says(root: Path) -> None:
    first, second = repeats(root)
    outcome = waive(root, subject=first["finding_id"], decision=SAID)
    assert outcome.exit_code is Exit.DONE
    assert outcome.summary["until_on"] == date(2023, 2, 5), "365 days from the last booking date"
    assert statuses(root) == ["waived", "open"]
    assert [row["finding_id"] for row in check(root).rows if row["rule_id"] == "R11"] == [second["finding_id"]]
    assert check(root).summary["waived"] == 1
    (covered,) = warehouse_rows(
        root, "SELECT * FROM marts.rule_coverage WHERE rule_id = 'R11' AND unit_code = '430623'"
    )
    assert (covered["judged"], covered["failed"], covered["waived"]) == (4, 1, 1)


def test_by_group_and_the_close_succeeds(root: Path) -> None:
    refused = close(root, year=2021, cutoff="fiscal")
    assert [each.code for each in refused.problems] == ["close.finding", "close.finding"]
    waive(root, subject=repeats(root)[0]["group_id"], decision=SAID)
    assert statuses(root) == ["waived", "waived"]
    assert close(root, year=2021, cutoff="fiscal").exit_code is Exit.DONE


def test_by_workbook_straight_in_the_inbox(root: Path) -> None:
    first, second = (row["finding_id"] for row in repeats(root))
    line = ("同意", "确系两次慰问", "张三", "岳阳市总工会 李四", "岳工发〔2022〕3号")
    form(root, (first, *line, "2022-12-31"), (second, "不同意", *line[1:], ""))
    ingest(root)
    assert statuses(root) == ["waived", "open"]
    form(root, (first, "撤销", *line[1:], ""), name="例外审批表_撤销.xlsx")
    ingest(root)
    assert statuses(root) == ["open", "open"], "a later word of the same sender about the same finding"


def test_a_group_is_waived_as_it_stood(root: Path) -> None:
    waive(root, subject=repeats(root)[0]["group_id"], decision=SAID)
    lay(root, "走访二.csv", visits(("2021-03-03", "孙有田", THIRD, 500), ("2021-09-03", "孙有田", THIRD, 800)))
    ingest(root)
    assert sorted(statuses(root)) == ["open", "waived", "waived"]


def test_settling_again_changes_nothing(root: Path) -> None:
    waive(root, subject=repeats(root)[0]["group_id"], decision=SAID)
    before = dump_marts(root), warehouse_rows(root, "SELECT * FROM decisions.bindings ORDER BY ALL")
    history = warehouse_rows(root, "SELECT COUNT(*) AS n FROM judged.history")
    (root / "policy/terms").mkdir(exist_ok=True)
    (root / "policy/terms/fee.yaml").write_text(
        "description: d\nreference: r\nconfirmed: true\nterms: [账户服务费]\n", "utf-8"
    )
    ingest(root)
    assert (dump_marts(root), warehouse_rows(root, "SELECT * FROM decisions.bindings ORDER BY ALL")) == before
    assert warehouse_rows(root, "SELECT COUNT(*) AS n FROM judged.history") == history


def test_the_document_is_kept_by_its_hash(root: Path, tmp_path: Path) -> None:
    paper = tmp_path / "批复.pdf"
    paper.write_bytes(b"%PDF-1.4 approved")
    said = replace(SAID, document=str(paper), until=date(2022, 6, 30))
    finding_id = repeats(root)[0]["finding_id"]
    assert waive(root, subject=finding_id, decision=said).summary["document"] == "批复.pdf"
    (row,) = warehouse_rows(root, "SELECT document, document_sha256 FROM facts.waivers")
    assert row["document"] == "批复.pdf"
    assert [path.read_bytes() for path in (root / "evidence").glob(f"*/{row['document_sha256']}")] == [
        paper.read_bytes()
    ]


def test_explain_shows_who_decided_and_hides_their_names(root: Path) -> None:
    finding_id = repeats(root)[0]["finding_id"]
    waive(root, subject=finding_id, decision=SAID)
    told = explain(root, subject=finding_id)
    (said,) = told.summary["waivers"]
    assert (said["state"], said["reason"], said["document"]) == ("holds", SAID.reason, SAID.document)
    assert any("张**经办，李**批准" in line and "2023-02-05" in line for line in told.lines)
    assert "waiver" in {row["role"] for row in told.rows}


def test_the_same_words_decide_again_about_what_has_changed(root: Path) -> None:
    group = repeats(root)[0]["group_id"]
    waive(root, subject=group, decision=SAID)
    lay(root, "走访_更正.csv", TWICE.replace(f"{FIRST},600", f"{FIRST},900"))
    ingest(root)
    assert statuses(root) == ["open", "waived"]
    assert waive(root, subject=group, decision=SAID).exit_code is Exit.DONE
    assert statuses(root) == ["waived", "waived"]
    records = warehouse_rows(root, "SELECT COUNT(*) AS n FROM validated.waivers")
    assert waive(root, subject=group, decision=SAID).exit_code is Exit.DONE
    assert warehouse_rows(root, "SELECT COUNT(*) AS n FROM validated.waivers") == records, "said once is said"


def test_the_same_words_decide_again_after_they_were_revoked(root: Path) -> None:
    group = repeats(root)[0]["group_id"]
    waive(root, subject=group, decision=SAID)
    form(root, (group, "撤销", "尚待核实", "张三", "李四", "岳工发〔2022〕4号", ""))
    ingest(root)
    assert statuses(root) == ["open", "open"]
    assert waive(root, subject=group, decision=SAID).summary["waived"] == 2
    assert statuses(root) == ["waived", "waived"]


def test_a_file_that_is_not_taken_is_waived_for_its_bytes(root: Path) -> None:
    archive = root / "inbox" / COUNTY / "照片.rar"
    archive.write_bytes(b"Rar!\x1a\x07\x00" + b"photographs")
    ingest(root)
    (refused,) = [row for row in findings(root) if row["rule_id"] == "S.refused_format"]
    waive(root, subject=refused["finding_id"], decision=SAID)
    for content in (b"lists", b"more lists"):  # whichever hash comes first
        archive.write_bytes(b"Rar!\x1a\x07\x00" + content)
        ingest(root)
    found = {(row["sha256"], row["status"]) for row in findings(root) if row["rule_id"] == "S.refused_format"}
    assert {status for sha256, status in found if sha256 == refused["sha256"]} == {"waived"}
    assert sorted(status for _, status in found) == ["open", "open", "waived"]


# --- what cannot hold ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"approved_by": "张三"}, "usage.two_names"),
        ({"approved_by": "岳阳市总工会 张 三"}, "usage.two_names"),
        ({"approved_by": "岳阳市总工会"}, "usage.two_names"),
        ({"approved_by": "张三（岳阳市总工会）"}, "usage.two_names"),
        ({"approved_by": "岳阳市总工会 权益保障部 张三"}, "usage.two_names"),
        ({"prepared_by": "华容县总工会 王五"}, "usage.judged_unit"),
        ({"prepared_by": "王五（华容县总工会）"}, "usage.judged_unit"),
        ({"until": date(2022, 2, 4)}, "usage.until_past"),
        ({"document": "没有的批复.pdf"}, "usage.no_document"),
    ],
)
def test_the_command_refuses_what_cannot_hold(found: Path, changed: dict[str, Any], code: str) -> None:
    subject = repeats(found)[0]["finding_id"]
    with pytest.raises(Refusal) as refusal:
        waive(found, subject=subject, decision=replace(SAID, **changed))
    assert refusal.value.exit_code is Exit.USAGE
    assert [each.code for each in refusal.value.problems] == [code]
    assert statuses(found) == ["open", "open"]


def test_a_form_that_cannot_hold_is_a_finding_on_its_row(root: Path) -> None:
    first, second = (row["finding_id"] for row in repeats(root))
    why = ("同意", "理由")
    form(
        root,
        (first, *why, "张三", "张三", "文件", ""),
        ("0123456789abcdef", *why, "张三", "李四", "文件", ""),
        (second, *why, "张三", "李四", "文件", "2021-12-31"),
    )
    form(root, (first, *why, "张三", "李四", "文件", ""), unit=COUNTY)
    form(root, (second, *why, "张三", "李四", "", ""), unit=COUNTY, name="没有文件.xlsx")
    outcome = ingest(root)
    assert outcome.exit_code is Exit.FINDINGS_OPEN
    assert statuses(root) == ["open", "open"]
    wrong = [row for row in findings(root) if row["rule_id"] == "S.waiver_invalid"]
    places = {(row["source_file"], row["row_no"], row["column_name"]) for row in wrong}
    assert places == {
        ("例外审批表.xlsx", 2, "批准人"), ("例外审批表.xlsx", 3, "疑点编号"), ("例外审批表.xlsx", 4, "有效期至"),
        (f"{COUNTY}/例外审批表.xlsx", 2, "疑点编号"),
    }  # fmt: skip
    assert {row["severity"] for row in wrong} == {"error"}
    assert statuses(root, "S.missing_value") == ["open"], "without a document it was not even read"


def test_a_form_that_cannot_hold_asks_for_nothing_once_somebody_else_has_decided(root: Path) -> None:
    finding_id = repeats(root)[0]["finding_id"]
    form(root, (finding_id, "同意", "理由", "张三", "李四", "文件", ""), unit=COUNTY)
    ingest(root)
    (about_form,) = [row["finding_id"] for row in findings(root) if row["rule_id"] == "S.waiver_invalid"]
    with pytest.raises(Refusal) as refusal:
        waive(root, subject=about_form, decision=SAID)
    assert [each.code for each in refusal.value.problems] == ["usage.waiver_finding"]
    assert waive(root, subject=finding_id, decision=SAID).exit_code is Exit.DONE
    assert statuses(root, "S.waiver_invalid") == []
    assert any("已另经批准" in line for line in explain(root, subject=finding_id).lines)


def test_an_id_that_nothing_has_is_taken_back(root: Path) -> None:
    said = ("理由", "张三", "李四", "文件", "")
    form(root, ("0123456789abcdef", "同意", *said))
    ingest(root)
    assert statuses(root, "S.waiver_invalid") == ["open"]
    form(root, ("0123456789abcdef", "撤销", *said), name="撤销.xlsx")
    ingest(root)
    assert "open" not in statuses(root, "S.waiver_invalid")


def test_a_decision_that_came_before_its_finding_holds_as_soon_as_there_is_one(found: Path, tmp_path: Path) -> None:
    finding_id = repeats(found)[0]["finding_id"]
    late = tmp_path / "late"
    decided.prepare(late)
    (late / "policy/household.key").write_bytes((found / "policy/household.key").read_bytes())
    register = late / "inbox" / COUNTY / "走访.csv"
    content = register.read_bytes()
    register.unlink()
    form(late, (finding_id, "同意", "理由", "张三", "李四", "文件", ""))
    ingest(late)
    assert statuses(late, "S.waiver_invalid") == ["open"]
    register.write_bytes(content)
    ingest(late)
    assert statuses(late, "S.waiver_invalid") == []
    assert sorted(statuses(late)) == ["open", "waived"]


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_and_its_document(root: Path) -> None:
    finding_id = repeats(root)[0]["finding_id"]
    options = ("--reason", "确系两次慰问", "--prepared-by", "张三", "--document", "岳工发〔2022〕3号", "--json")
    missing = mingzhang("waive", finding_id, *options, workspace=root)
    assert (missing.code, missing.document["problems"][0]["code"]) == (2, "usage.missing")
    unknown = mingzhang("waive", "no-such-id", *options, "--approved-by", "李四", workspace=root)
    assert (unknown.code, unknown.document["problems"][0]["code"]) == (2, "usage.unknown_finding")
    done = mingzhang("waive", finding_id, *options, "--approved-by", "李四", "--until", "2022-12-31", workspace=root)
    assert done.code == 0, done.err
    assert done.document["command"] == "waive"
    assert done.document["summary"]["until_on"] == "2022-12-31"
    assert [row["status"] for row in done.document["rows"]] == ["waived"]
    assert statuses(root) == ["waived", "open"]


def test_help_has_an_example() -> None:
    assert "mingzhang waive 3f2a9c0d11e8b764 --reason" in " ".join(mingzhang("waive", "--help").out.split())


def test_check_prints_groups_and_what_nobody_could_judge(found: Path) -> None:
    lines = check(found).lines
    (head,) = [line for line in lines if "R11" in line and "一户一次" in line and "2 条" in line]
    assert head.startswith("须整改")
    assert sum("未发放的请从名单中移除" in line for line in lines) == 1, "the way out is said once a group"
    assert "未判断（不等于通过）：" in lines
    with speaking("en"):
        english = "\n".join(check(found).lines)
    assert "probably a second visit" in english
    assert "疑似重复慰问" not in english
    assert "R03 One open case file per household: 1, the ID number of the worker is missing" in english
