"""Returned workbooks through the real command: corrected where marked and dropped back, everything else stays."""

import shutil
import zipfile
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook, load_workbook

from tests.golden.tiny.inbox import CITY, COUNTY, id_number, write_inbox
from tests.support.command import mingzhang
from tests.support.returning import LIST, corrected, handled, marked_cells, only_rows, returned, without_column

pytestmark = pytest.mark.slow

KEY = b"published test key, thirty-two b."
JUNE, COUNTY_LIST, ARCHIVE = "6月发放", "2023年实名制汇总表", "六月资料.zip"
WRONG = id_number(2)[:-1] + ("0" if id_number(2)[-1] != "0" else "1")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny federation without faults, ingested."""
    return _ingested(tmp_path_factory.mktemp("clean") / "workspace", lambda inbox: None, code=0)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with four faults: in a list without number (.xlsx), in a list of three sheets, in a zipped csv."""
    return _ingested(tmp_path_factory.mktemp("faulty") / "workspace", _plant, code=10)


def _ingested(root: Path, plant: Callable[[Path], None], *, code: int) -> Path:
    assert mingzhang("init", root, "--unit", CITY, "--region", "430600").code == 0
    (root / "policy/household.key").chmod(0o600)
    (root / "policy/household.key").write_bytes(KEY)  # one key: ids of the two workspaces compare
    write_inbox(root / "inbox")
    _as_csv(root / "inbox" / CITY)
    plant(root / "inbox")
    ran = mingzhang("ingest", "--json", workspace=root)
    assert ran.code == code, ran.out + ran.err
    return root


def _as_csv(folder: Path) -> None:
    """The city sends its June list as a text file in an archive, numbers with leading zeros and all."""
    book = load_workbook(folder / f"{JUNE}.xlsx")
    lines = [
        ",".join("" if v is None else str(v) for v in row) for row in book.worksheets[0].iter_rows(values_only=True)
    ]
    _pack(folder, "\r\n".join([*lines, ""]))
    (folder / f"{JUNE}.xlsx").unlink()


def _pack(folder: Path, text: str) -> None:
    with zipfile.ZipFile(folder / ARCHIVE, "w") as archive:
        archive.writestr(f"名单/{JUNE}.csv", text.encode("gb18030"))


def _plant(inbox: Path) -> None:
    with zipfile.ZipFile(inbox / CITY / ARCHIVE) as archive:
        text = archive.read(f"名单/{JUNE}.csv").decode("gb18030")
    _pack(inbox / CITY, text.replace(id_number(2), WRONG).replace("甲3", ""))
    path = inbox / COUNTY / f"{COUNTY_LIST}.xlsx"
    book = load_workbook(path)
    book["市财政"]["H4"] = "2023-06-31"
    book["省财"]["D4"] = "助学学"
    book.save(path)


def corrections(root: Path) -> dict[str, dict[tuple[str, str], Any]]:
    """What the marked cells should say."""
    return {
        JUNE: {(JUNE, "C4"): id_number(2), (JUNE, "B5"): "甲3"},
        COUNTY_LIST: {("市财政", "H4"): "2023-06-20", ("省财", "D4"): "助学"},
    }


@pytest.fixture
def at_work(faulty: Path, tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    shutil.copytree(faulty, root)
    return root


def rows(root: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(root / "published/analyst.duckdb"), read_only=True) as published:
        return published.execute(sql).fetchall()


def books(root: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every analyst table but the findings; of payments all but the file that they were read from."""
    names = [name for (name,) in rows(root, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts'")]
    kept = {name: f"SELECT * FROM marts.{name} ORDER BY ALL" for name in sorted(names) if name != "findings"}
    # a corrected row stands on a sheet of its own, and was returned: these three count more subjects, no more findings
    kept["rule_coverage"] = (
        "SELECT * FROM marts.rule_coverage WHERE rule_id NOT IN ('R12.sheet', 'S.stale_return') "
        "AND rule_id NOT IN ('S.lost_marks', 'S.altered_bank_paper') ORDER BY ALL"
    )
    kept["payments"] = "SELECT * EXCLUDE (source_file, sheet, row_no) FROM marts.payments ORDER BY ALL"
    return {name: rows(root, sql) for name, sql in kept.items()}


def still_open(root: Path) -> list[tuple[Any, ...]]:
    return rows(root, "SELECT rule_id, sheet, row_no FROM marts.findings WHERE status = 'open' ORDER BY ALL")


def test_marked_cells_are_those_of_the_findings(faulty: Path) -> None:
    wanted = corrections(faulty)
    assert set(marked_cells(returned(faulty, JUNE))) == set(wanted[JUNE])
    assert set(marked_cells(returned(faulty, COUNTY_LIST))) == set(wanted[COUNTY_LIST])
    assert returned(faulty, COUNTY_LIST).parent.name == COUNTY


@pytest.mark.parametrize("is_trimmed", [False, True], ids=["whole", "corrected rows only"])
def test_corrected_and_dropped_back(at_work: Path, clean: Path, is_trimmed: bool) -> None:
    kept: dict[str, dict[str, set[int]]] = {JUNE: {JUNE: {4, 5}}, COUNTY_LIST: {"市财政": {4}, "省财": {4}}}
    heads = {JUNE: 2, "市财政": 3, "省财": 3}
    for stem, cells in corrections(at_work).items():
        target = at_work / "inbox" / "别处" / f"改好的{len(stem)}.xlsx"
        trim = partial(only_rows, kept=kept[stem], heads=heads) if is_trimmed else None
        corrected(returned(at_work, stem), target, cells, trim)
    ran = mingzhang("ingest", "--json", workspace=at_work)
    assert ran.code == 0, ran.out
    assert still_open(at_work) == []
    assert not list((at_work / "outbox").glob("*/退回修改_*.xlsx"))
    assert books(at_work) == books(clean)
    sources = rows(at_work, "SELECT DISTINCT source_file FROM marts.payments WHERE source_file LIKE '%改好的%'")
    assert len(sources) == 2
    states = rows(at_work, "SELECT DISTINCT status FROM marts.findings")
    assert states == [("corrected",)]


def returned_workbooks(root: Path) -> dict[Path, tuple[bytes, int]]:
    """Their bytes, and when they were written."""
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (root / "outbox").glob("*/退回修改_*.xlsx")}


def test_dropped_back_untouched_it_changes_nothing(at_work: Path) -> None:
    before = books(at_work), rows(at_work, "SELECT * FROM marts.findings ORDER BY ALL")
    workbooks = returned_workbooks(at_work)
    for path in workbooks:
        shutil.copy(path, at_work / "inbox" / path.name)
    assert mingzhang("ingest", workspace=at_work).code in (0, 10)
    assert (books(at_work), rows(at_work, "SELECT * FROM marts.findings ORDER BY ALL")) == before
    assert returned_workbooks(at_work) == workbooks, "written once, and left"


def test_deletion_is_said_in_the_list_and_a_word_is_kept(at_work: Path) -> None:
    def answer(book: Workbook) -> None:
        texts = [str(row[5]) for row in book[LIST].iter_rows(min_row=6, values_only=True)]
        handled(book, 1 + next(n for n, text in enumerate(texts) if "姓名" in text), "删除")
        handled(book, 1 + next(n for n, text in enumerate(texts) if "校验码" in text), "情况说明", "本人证件号即如此")

    corrected(returned(at_work, JUNE), at_work / "inbox" / CITY / "六月.xlsx", {}, answer)
    assert mingzhang("ingest", "--json", workspace=at_work).code == 10
    amounts = rows(at_work, "SELECT sum(amount_yuan) FROM marts.payments WHERE source_file LIKE '%6月发放%'")
    assert amounts == [(Decimal("9000.00"),)]
    rules = [rule for rule, *_ in still_open(at_work)]
    assert "S.missing_value" not in rules
    assert "R01.checksum" in rules
    receipt = load_workbook(sorted((at_work / "outbox" / CITY).glob("收件回执_*.xlsx"))[-1])
    assert receipt.sheetnames[0] == "收件情况"


def test_a_copied_row_is_an_addition(at_work: Path, clean: Path) -> None:
    def add(book: Workbook) -> None:
        sheet = book["市财政"]
        last = sheet.max_row
        for cell in sheet[last]:
            sheet.cell(last + 1, cell.column).value = cell.value
        for place, value in ((2, "丙九"), (3, id_number(29)), (5, 500)):
            sheet.cell(last + 1, place).value = value

    corrected(returned(at_work, COUNTY_LIST), at_work / "inbox" / "x.xlsx", corrections(at_work)[COUNTY_LIST], add)
    mingzhang("ingest", workspace=at_work)
    listed = "SELECT count(*), sum(amount_yuan) FROM marts.payments WHERE batch_no = 'HR-01'"
    [(count, amount)] = rows(clean, listed)
    assert rows(at_work, listed) == [(count + 1, amount + 500)]


def test_without_its_row_marks_it_changes_nothing_and_says_so(at_work: Path) -> None:
    def unmark(book: Workbook) -> None:
        for name in ("市财政", "省财"):
            without_column(book[name], "行标（请勿改动）")

    workbook, cells = returned(at_work, COUNTY_LIST), corrections(at_work)[COUNTY_LIST]
    before = books(at_work), still_open(at_work)
    corrected(workbook, at_work / "inbox" / COUNTY / "改好.xlsx", cells, unmark)
    assert mingzhang("ingest", workspace=at_work).code == 10
    lost = [(rule, sheet, None) for rule, sheet in (("S.lost_marks", "市财政"), ("S.lost_marks", "省财"))]
    assert (books(at_work), sorted(set(still_open(at_work)) - set(before[1]))) == (before[0], lost)
    assert returned(at_work, COUNTY_LIST) == workbook


def test_a_newer_whole_file_overtakes_a_returned_row(at_work: Path, clean: Path) -> None:
    workbook = at_work / "kept.xlsx"
    shutil.copy(returned(at_work, COUNTY_LIST), workbook)
    shutil.copy(clean / "inbox" / COUNTY / f"{COUNTY_LIST}.xlsx", at_work / "inbox" / COUNTY / "重报.xlsx")
    mingzhang("ingest", workspace=at_work)
    corrected(workbook, at_work / "inbox" / "迟到.xlsx", {("市财政", "E4"): 4321})
    mingzhang("ingest", workspace=at_work)
    listed = "SELECT count(*), sum(amount_yuan) FROM marts.payments WHERE batch_no = 'HR-01'"
    assert rows(at_work, listed) == rows(clean, listed)
    assert ("S.stale_return", "市财政", 4) in still_open(at_work)


def test_every_sender_has_a_receipt_and_a_parcel(faulty: Path) -> None:
    for unit in (CITY, COUNTY):
        names = {path.name[:4] for path in (faulty / "outbox" / unit).iterdir()}
        assert names == {"收件回执", "退回修改", "待发_2"}
