"""`withdraw` through the real command and in process: as if the file had never come, and nothing is lost."""

import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.closing import close
from flows.edges.named_files import received_file
from flows.edges.warehouse import open_warehouse
from flows.edges.withdrawals import Word
from flows.edges.workspace import open_workspace
from flows.ingesting import ingest
from flows.problems import Exit, Refusal
from flows.withdrawing import withdraw
from tests.flows.decided import (
    BUDGET,
    CITY,
    COUNTY,
    FIRST,
    SECOND,
    THIRD,
    WRONG_ID,
    findings,
    households,
    lay,
    statuses,
    visits,
)
from tests.support.command import mingzhang
from tests.support.dump import dump_marts
from tests.support.returning import corrected, returned
from tests.support.truth import warehouse_rows

pytestmark = pytest.mark.slow

BACK, AGAIN = Word(is_withdrawn=True), Word(is_withdrawn=False)
EARLIER = visits(("2021-03-01", "王小明", FIRST, 500))
LATER = visits(("2021-03-01", "王小明", FIRST, 800), ("2021-03-02", "赵大海", SECOND, 500))


def amounts(root: Path) -> list[int]:
    with duckdb.connect(str(root / "published/analyst.duckdb"), read_only=True) as published:
        return [
            int(yuan) for (yuan,) in published.execute("SELECT amount_yuan FROM marts.visits ORDER BY ALL").fetchall()
        ]


# --- as if it had never come -----------------------------------------------------------------------------------------


def test_as_if_it_had_never_come(delivered: Path, tmp_path: Path) -> None:
    files = sorted(path.relative_to(delivered / "inbox").as_posix() for path in (delivered / "inbox").rglob("*.*"))
    later = random.Random(3).sample(files, 2)
    root = tmp_path / "workspace"
    shutil.copytree(delivered, root)
    for name in later:
        (root / "inbox" / name).unlink()
    ingest(root)
    without = dump_marts(root)
    for name in later:
        shutil.copy(delivered / "inbox" / name, root / "inbox" / name)
    ingest(root)
    with_all = dump_marts(root)
    assert with_all != without
    for name in later:
        withdraw(root, file=name, word=BACK)
    assert dump_marts(root) == without
    for name in reversed(later):
        withdraw(root, file=name, word=AGAIN)
    assert dump_marts(root) == with_all


def test_everything_taken_back_leaves_empty_books(empty: Path, copy_of: Callable[[Path], Path], found: Path) -> None:
    root = copy_of(found)
    before = len(warehouse_rows(root, "SELECT * FROM received.receipts"))
    for row in warehouse_rows(root, "SELECT sha256 FROM received.receipts ORDER BY sha256"):
        assert withdraw(root, file=row["sha256"], word=BACK).exit_code is Exit.DONE
    (root / "inbox").rename(root / "emptied")
    nothing = root.parent / "nothing"
    shutil.copytree(empty, nothing)
    shutil.copytree(root / "policy", nothing / "policy", dirs_exist_ok=True)
    ingest(nothing)
    assert dump_marts(root) == dump_marts(nothing)
    assert not list((root / "outbox").glob("*/退回修改_*"))
    assert len(warehouse_rows(root, "SELECT * FROM received.receipts")) == before, "nothing is deleted"


def test_what_it_replaced_is_in_force_again(root: Path) -> None:
    lay(root, "走访.csv", EARLIER)
    ingest(root)
    first = amounts(root)
    lay(root, "走访二.csv", LATER)
    ingest(root)
    second = amounts(root)
    outcome = withdraw(root, file=f"{COUNTY}/走访二.csv", word=Word(True, "报错了文件", "张三"))
    assert outcome.exit_code is Exit.DONE
    assert amounts(root) == first
    states = {row["file"]: (row["state"], row["row_count"]) for row in outcome.rows}
    assert states[f"{COUNTY}/走访二.csv"] == ("withdrawn", 2)
    assert states[f"{COUNTY}/走访.csv"][0] == "in_force_again"
    (said,) = warehouse_rows(root, "SELECT is_withdrawn, reason, prepared_by, said_at FROM received.withdrawals")
    assert (said["is_withdrawn"], said["reason"], said["prepared_by"]) == (True, "报错了文件", "张三")
    assert said["said_at"] is not None
    withdraw(root, file=f"{COUNTY}/走访二.csv", word=AGAIN)
    assert amounts(root) == second


def test_one_of_two_that_contradict_each_other(root: Path) -> None:
    lay(root, "走访甲.csv", EARLIER)
    lay(root, "走访乙.csv", LATER)
    ingest(root)
    assert statuses(root, "S.conflict") == ["open", "open"]
    withdraw(root, file=f"{COUNTY}/走访甲.csv", word=BACK)
    assert statuses(root, "S.conflict") == []
    assert 800 in amounts(root)


def test_a_corrected_finding_goes_with_its_file(root: Path) -> None:
    lay(root, "档案二.csv", households(THIRD))
    ingest(root)
    assert statuses(root, "R01.checksum") == ["corrected"]
    withdraw(root, file=f"{COUNTY}/档案二.csv", word=BACK)
    assert statuses(root, "R01.checksum") == ["open"]
    withdraw(root, file=f"{COUNTY}/档案二.csv", word=AGAIN)
    assert statuses(root, "R01.checksum") == ["corrected"]
    withdraw(root, file=f"{COUNTY}/档案.csv", word=BACK)
    assert statuses(root, "R01.checksum") == []


# --- what comes with it ----------------------------------------------------------------------------------------------


def test_an_archive_with_all_that_came_in_it(root: Path) -> None:
    before = dump_marts(root)
    with zipfile.ZipFile(root / "inbox" / COUNTY / "资料.zip", "w") as archive:
        archive.writestr("二月/走访.csv", EARLIER)
        archive.writestr("说明.csv", "甲,乙\n1,2\n")
    ingest(root)
    assert dump_marts(root) != before
    outcome = withdraw(root, file=str(root / "inbox" / COUNTY / "资料.zip"), word=BACK)
    assert outcome.summary["file_count"] == 3
    assert dump_marts(root) == before
    only = withdraw(root, file=f"{COUNTY}/资料.zip!二月/走访.csv", word=AGAIN)
    assert only.summary == {"file_count": 1, "row_count": 1}


def test_a_returned_workbook_goes_with_the_file_that_it_corrects(root: Path) -> None:
    workbook = returned(root, "档案")
    corrected(workbook, root / "inbox" / "改好.xlsx", {("档案", "C2"): THIRD})
    ingest(root)
    assert statuses(root, "R01.checksum") == ["corrected"]
    outcome = withdraw(root, file=f"{COUNTY}/档案.csv", word=BACK)
    assert [(row["file"], row["state"]) for row in outcome.rows] == [
        (f"{COUNTY}/档案.csv", "withdrawn"),
        ("改好.xlsx", "withdrawn_with_it"),
    ]
    assert statuses(root, "R01.checksum") == []
    assert warehouse_rows(root, "SELECT * FROM facts.households") == []
    assert withdraw(root, file="改好.xlsx", word=AGAIN).rows[0]["state"] == "unchanged"
    withdraw(root, file=f"{COUNTY}/档案.csv", word=AGAIN)
    assert statuses(root, "R01.checksum") == ["corrected"]


# --- who is meant ----------------------------------------------------------------------------------------------------


def test_however_it_is_named(found: Path, copy_of: Callable[[Path], Path]) -> None:
    root = copy_of(found)
    (file,) = warehouse_rows(root, "SELECT sha256 FROM received.receipts WHERE source_file LIKE '%档案.csv'")
    sha256, went_back = file["sha256"], returned(root, "档案").name
    names = [sha256, sha256[:6], sha256[:9].upper(), f"{COUNTY}/档案.csv", "档案.csv", went_back]
    with open_warehouse(open_workspace(root), command="test") as warehouse:
        for name in [*names, str(root / "inbox" / COUNTY / "档案.csv"), str(root / "outbox" / COUNTY / went_back)]:
            assert received_file(warehouse, name).sha256 == sha256, name


def test_unknown_or_several(root: Path) -> None:
    lay(root, "预算.csv", BUDGET.replace("1000000", "2000000"))
    ingest(root)
    for name, code, said in (
        ("走访", "usage.which_file", f"{COUNTY}/走访.csv"),
        ("没有.xlsx", "usage.unknown_file", "没有.xlsx"),
        ("预算.csv", "usage.which_file", f"{COUNTY}/预算.csv"),
    ):
        with pytest.raises(Refusal) as refusal:
            withdraw(root, file=name, word=BACK)
        (told,) = refusal.value.problems
        assert (refusal.value.exit_code, told.code) == (Exit.USAGE, code)
        assert said in told.message
    assert warehouse_rows(root, "SELECT * FROM received.withdrawals") == []


# --- what it must not do ---------------------------------------------------------------------------------------------


def test_said_twice_it_changes_nothing(root: Path) -> None:
    withdraw(root, file="走访.csv", word=BACK)
    before = dump_marts(root)
    outcome = withdraw(root, file="走访.csv", word=BACK)
    assert (outcome.exit_code, outcome.rows[0]["state"]) == (Exit.DONE, "unchanged")
    assert dump_marts(root) == before
    assert len(warehouse_rows(root, "SELECT * FROM received.withdrawals")) == 1


def test_the_same_bytes_again_change_nothing_and_are_told(root: Path) -> None:
    withdraw(root, file="走访.csv", word=BACK)
    before = dump_marts(root)
    shutil.copy(root / "inbox" / COUNTY / "走访.csv", root / "inbox" / CITY / "又一份.csv")
    outcome = ingest(root)
    assert outcome.exit_code is Exit.DONE
    assert [row["state"] for row in outcome.rows] == ["withdrawn", "withdrawn"]
    assert "withdraw --undo" in outcome.lines[-1]
    assert dump_marts(root) == before


def test_what_is_sealed_rests_on_it(root: Path) -> None:
    withdraw(root, file="走访.csv", word=BACK)  # its findings would hold back the close
    withdraw(root, file="档案.csv", word=BACK)
    assert close(root, year=2021, cutoff="fiscal").exit_code is Exit.DONE
    before = dump_marts(root)
    with pytest.raises(Refusal) as refusal:
        withdraw(root, file="预算.csv", word=BACK)
    assert refusal.value.exit_code is Exit.SEALED
    assert any("预算" in each.message for each in refusal.value.problems), "the figures that would change"
    assert {each.code for each in refusal.value.problems} == {"withdraw.sealed"}
    assert dump_marts(root) == before
    assert len(warehouse_rows(root, "SELECT * FROM received.withdrawals")) == 2


def test_what_came_after_the_seal_may_go(root: Path) -> None:
    withdraw(root, file="走访.csv", word=BACK)
    withdraw(root, file="档案.csv", word=BACK)
    close(root, year=2021, cutoff="fiscal")
    lay(root, "预算调整.csv", BUDGET.replace("帮扶资金", "助学资金"), CITY)
    ingest(root)
    assert close(root, year=2021, cutoff="fiscal").exit_code is Exit.SEALED, "以后期间调整"
    assert withdraw(root, file="预算调整.csv", word=BACK).exit_code is Exit.DONE
    assert close(root, year=2021, cutoff="fiscal").exit_code is Exit.DONE


def test_the_command(root: Path) -> None:
    ran = mingzhang("withdraw", "档案.csv", "--reason", "报错了", "--json", workspace=root)
    assert ran.code == 0, ran.err
    assert ran.document["summary"] == {"file_count": 1, "row_count": 1}
    assert ran.document["rows"][0]["state"] == "withdrawn"
    assert WRONG_ID not in ran.out + ran.err
    assert mingzhang("withdraw", "没有这个文件", workspace=root).code == 2
    said = mingzhang("withdraw", "--undo", "档案.csv", workspace=root)
    assert (said.code, "重新入账" in said.out) == (0, True)
    assert [row["rule_id"] for row in findings(root) if row["rule_id"].startswith("R01")] == ["R01.checksum"]
