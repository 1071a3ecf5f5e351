"""`diff`: row by row against the version before, received or not; nothing is changed by asking."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows.diffing import diff
from flows.ingesting import ingest
from flows.outcome import Outcome
from flows.problems import Exit, Refusal
from tests.flows.decided import COUNTY, FIRST, SECOND, THIRD, findings, lay, visits
from tests.support.command import mingzhang
from tests.support.dump import dump_marts
from tests.support.lists import PEOPLE, payment_list
from tests.support.returning import corrected, returned
from tests.support.truth import warehouse_rows

pytestmark = pytest.mark.slow

REGISTER = ("2021-03-01", "王小明", FIRST, 500)


def told(outcome: Outcome) -> list[tuple[str, int, list[tuple[str, Any, Any]]]]:
    return [
        (row["change"], row["row_no"], [(field["field"], field["before"], field["after"]) for field in row["fields"]])
        for row in outcome.rows
    ]


def file_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def listed(root: Path) -> Path:
    """With a payment list of three, due after the last statement: nobody is paid yet."""
    lay(root, "名单.csv", payment_list(*PEOPLE))
    ingest(root)
    return root


def test_a_register_sent_again_by_the_row(root: Path) -> None:
    lay(
        root, "走访二.csv", visits(("2021-09-01", "王小明", FIRST, 650), REGISTER, ("2021-11-01", "钱有余", THIRD, 300))
    )
    outcome = diff(root, file=str(root / "inbox" / COUNTY / "走访二.csv"))
    assert told(outcome) == [
        ("changed", 2, [("cash_yuan", "600.00", "650.00")]),
        ("unchanged", 3, []),
        ("new", 4, []),
    ]
    assert outcome.summary["kept"] == 2, "what the new file does not list stays"
    assert outcome.exit_code is Exit.DONE


def test_asking_changes_nothing(root: Path) -> None:
    before, receipts = dump_marts(root), warehouse_rows(root, "SELECT * FROM received.receipts ORDER BY sha256")
    kept = sorted(path.name for path in (root / "evidence").rglob("*") if path.is_file())
    lay(root, "走访二.csv", visits(REGISTER, ("2021-11-01", "钱有余", THIRD, 300)))
    diff(root, file=f"{COUNTY}/走访二.csv")
    diff(root, file="走访.csv")
    assert warehouse_rows(root, "SELECT * FROM received.receipts ORDER BY sha256") == receipts
    assert warehouse_rows(root, "SELECT * FROM received.withdrawals") == []
    assert sorted(path.name for path in (root / "evidence").rglob("*") if path.is_file()) == kept
    assert dump_marts(root) == before
    outcome = ingest(root)
    assert outcome.summary["file_count"] == 1


def test_a_received_file_against_what_it_replaced(root: Path) -> None:
    lay(root, "走访二.csv", visits(("2021-03-01", "王小明", FIRST, 800)))
    ingest(root)
    lay(root, "走访三.csv", visits(("2021-03-01", "王小明", FIRST, 900)))
    ingest(root)
    assert told(diff(root, file="走访二.csv")) == [("changed", 2, [("cash_yuan", "500.00", "800.00")])]
    assert told(diff(root, file="走访三.csv")) == [("changed", 2, [("cash_yuan", "800.00", "900.00")])]
    assert [change for change, *_ in told(diff(root, file="走访.csv"))] == ["new"] * 4


def test_a_list_as_a_whole(listed: Path) -> None:
    people = [PEOPLE[0], (*PEOPLE[1][:2], 650), ("孙新来", "430602199001010010", 200)]
    lay(listed, "名单二.csv", payment_list(*people))
    outcome = diff(listed, file=f"{COUNTY}/名单二.csv")
    assert told(outcome) == [
        ("held", 4, []),
        ("held", 5, [("amount_yuan", "600.00", "650.00")]),
        ("held", 6, []),
        ("gone", 6, []),
    ], "one of three is missing: the list would be held"
    assert {row["rule_id"] for row in outcome.rows} == {"S.batch_shrunk"}
    assert "钱**" in "".join(outcome.lines)


def test_nobody_is_named(listed: Path) -> None:
    lay(listed, "名单二.csv", payment_list(("王小明", SECOND, 500), *PEOPLE[1:]))
    ran = mingzhang("diff", str(listed / "inbox" / COUNTY / "名单二.csv"), "--json", workspace=listed)
    assert ran.code == 0, ran.err
    (changed,) = [row for row in ran.document["rows"] if row["change"] == "changed"]
    assert [field["field"] for field in changed["fields"]] == ["id_number", "card_no"]
    assert not any(hidden in ran.out for hidden in ("王小明", FIRST, SECOND))
    said = mingzhang("diff", f"{COUNTY}/名单二.csv", workspace=listed)
    assert "变更 1 行" in said.out.splitlines()[0]


def test_rejected_held_and_set_aside(root: Path) -> None:
    lay(root, "走访甲.csv", visits(("2021-13-01", "王小明", FIRST, 500), ("2021-04-01", "赵大海", SECOND, 100)))
    lay(root, "走访乙.csv", visits(("2021-04-01", "赵大海", SECOND, 200)))
    first = diff(root, file=f"{COUNTY}/走访甲.csv")
    assert [(row["change"], row["rule_id"]) for row in first.rows] == [("rejected", "S.type"), ("new", None)]
    ingest(root)
    second = diff(root, file="走访甲.csv")
    assert [(row["change"], row["rule_id"]) for row in second.rows] == [("rejected", "S.type"), ("held", "S.conflict")]


def test_a_returned_workbook(root: Path) -> None:
    path = root / "inbox" / "改好.xlsx"
    corrected(returned(root, "档案"), path, {("档案", "C2"): THIRD})
    outcome = diff(root, file=str(path))
    assert [change for change, *_ in told(outcome)] == ["changed"]
    shutil.copy(returned(root, "档案"), path)
    assert [change for change, *_ in told(diff(root, file=str(path)))] == ["unchanged"]


def test_unknown_and_unreadable(root: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        diff(root, file="没有.xlsx")
    assert refusal.value.exit_code is Exit.USAGE
    lay(root, "坏.xlsx", "PK\x03\x04 no workbook")
    outcome = diff(root, file=f"{COUNTY}/坏.xlsx")
    assert (outcome.exit_code, outcome.rows) == (Exit.UNREADABLE, [])
    assert [row["rule_id"] for row in findings(root) if row["rule_id"] == "S.unreadable"] == []
