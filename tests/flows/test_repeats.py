"""The repeat rules of the contract (section 3), through real runs: what sent again replaces, adds, or holds."""

import random
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.ingesting import ingest
from flows.waiving import waive
from tests.flows.decided import CITY, COUNTY, FIRST, SAID, SECOND, findings, form, lay, repeats, statuses, visits
from tests.support.dump import dump_marts
from tests.support.lists import PEOPLE, payment_list

pytestmark = pytest.mark.slow

LINE = ("撤销", "名单有误", "张三", "李四", "岳工发〔2022〕9号", "")


def paid(root: Path) -> list[int]:
    """The amounts of the list, as they stand in the books."""
    with duckdb.connect(str(root / "published/analyst.duckdb"), read_only=True) as published:
        found = published.execute("SELECT amount_yuan FROM marts.payments ORDER BY amount_yuan").fetchall()
    return [int(amount) for (amount,) in found]


def sent(root: Path, name: str, content: str) -> None:
    lay(root, name, content)
    ingest(root)


def test_the_same_bytes_from_another_sender(root: Path) -> None:
    before = dump_marts(root)
    shutil.copy(root / "inbox" / COUNTY / "走访.csv", root / "inbox" / CITY / "转发.csv")
    assert ingest(root).summary["file_count"] == 0
    assert dump_marts(root) == before


def test_a_running_workbook_each_month(root: Path) -> None:
    """Quirk 26: re-sorted and extended; two honest identical lines stay two, and nothing is doubled."""
    lines = [*PEOPLE, PEOPLE[0]]
    sent(root, "台账1.csv", payment_list(*lines, batch=""))
    before = said(root)
    random.Random(1).shuffle(lines)
    sent(root, "台账2.csv", payment_list(*lines, batch="") + "\n")
    assert said(root) == before
    sent(root, "台账3.csv", payment_list(("孙新来", "430602199001010010", 200), *lines, batch=""))
    assert paid(root) == [200, 500, 500, 600, 700]
    assert {payment_id for payment_id, *_ in before[0]} < {payment_id for payment_id, *_ in said(root)[0]}


def said(root: Path) -> tuple[list[tuple[Any, ...]], ...]:
    """Payments, figures and findings, without the file that said them last."""
    with duckdb.connect(str(root / "published/analyst.duckdb"), read_only=True) as published:
        return tuple(
            published.execute(f"{asked} ORDER BY ALL").fetchall()
            for asked in (
                "SELECT payment_id, * EXCLUDE (payment_id, source_file, sheet, row_no) FROM marts.payments",
                "SELECT * FROM marts.execution_by_category",
                "SELECT finding_id, status FROM marts.findings",
            )
        )


def test_a_shrunk_list_is_held_until_confirmed_and_again_once_that_is_revoked(root: Path) -> None:
    sent(root, "名单.csv", payment_list(*PEOPLE))
    sent(root, "名单二.csv", payment_list(*PEOPLE[:2]))
    assert (paid(root), statuses(root, "S.batch_shrunk")) == ([500, 600, 700], ["open"])
    (finding,) = [row["finding_id"] for row in findings(root) if row["rule_id"] == "S.batch_shrunk"]
    waive(root, subject=finding, decision=SAID)
    assert (paid(root), statuses(root, "S.batch_shrunk")) == ([500, 600], ["waived"])
    form(root, (finding, *LINE))
    ingest(root)
    assert (paid(root), statuses(root, "S.batch_shrunk")) == ([500, 600, 700], ["open"])
    waive(root, subject=finding, decision=SAID)
    assert (paid(root), statuses(root, "S.batch_shrunk")) == ([500, 600], ["waived"])


def test_a_list_corrected_after_part_of_it_was_paid(root: Path) -> None:
    card = f"62170000000{FIRST[6:14]}"
    sent(root, "名单.csv", payment_list(*PEOPLE))
    lay(
        root, "代发结果.csv", f"收款户名,收款账号,金额,处理状态,批次号,处理日期\n王小明,{card},500,成功,P1,2021-12-01\n"
    )
    ingest(root)
    sent(root, "名单二.csv", payment_list(PEOPLE[0], (*PEOPLE[1][:2], 650), PEOPLE[2]))
    assert (paid(root), statuses(root, "S.batch_shrunk")) == ([500, 650, 700], []), "not paid yet: corrected"
    sent(root, "名单三.csv", payment_list((*PEOPLE[0][:2], 550), (*PEOPLE[1][:2], 650), PEOPLE[2]))
    assert (paid(root), statuses(root, "S.batch_shrunk")) == ([500, 650, 700], ["open"]), "500 were paid, not 550"


def test_a_decision_that_cannot_hold_takes_none_back(root: Path) -> None:
    first, _ = repeats(root)
    line = ("同意", "确系两次慰问", "张三", "李四", "岳工发〔2022〕3号", "2022-12-31")
    form(root, (first["finding_id"], *line), name="例外审批表一.xlsx")
    ingest(root)
    form(root, (first["finding_id"], *line[:2], "张三", "张三", *line[4:]), name="例外审批表二.xlsx")
    ingest(root)
    assert statuses(root) == ["waived", "open"]
    assert statuses(root, "S.waiver_invalid") == [], "nothing is left to be mended"


def test_rows_that_are_not_listed_again_stay(root: Path) -> None:
    with duckdb.connect(str(root / "published/analyst.duckdb"), read_only=True) as published:
        (before,) = published.execute("SELECT count(*) FROM marts.visits").fetchall()[0]
    sent(root, "走访二.csv", visits(("2021-03-02", "赵大海", SECOND, 900)))
    with duckdb.connect(str(root / "published/analyst.duckdb"), read_only=True) as published:
        found = published.execute("SELECT count(*), max(amount_yuan) FROM marts.visits").fetchall()
    assert [(count, int(most)) for count, most in found] == [(before, 900)]
