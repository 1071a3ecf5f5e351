"""All hostile files in one inbox beside an honest one: 11, each refused one is named, the honest one read."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.hostile import archives, books, texts
from tests.hostile.case import Read, Refused, people
from tests.hostile.packing import book, rows_xml, sheet_xml
from tests.support.command import Ran, mingzhang
from tests.unit.parsed.making import csv_text, roster

pytestmark = pytest.mark.slow
UNIT = "岳阳市总工会"
HEAVY = 3_000_000  # bytes; larger ones are read alone, in test_files.py
EVERY = (*archives.CASES, *books.CASES, *texts.CASES)
CASES = [case for case in EVERY if isinstance(case.becomes, Refused)]
FORMULA = "=cmd|' /C calc'!A0\x1b[2J"
STRANGE = {"换\n行.csv": "换_行.csv", "倒\u202evsc.exe.csv": "倒_vsc.exe.csv", "长" * 82 + ".csv": "长" * 82 + ".csv"}
REFUSED_ENTRIES = {
    "断链.csv": "inbox.link",
    "出去.csv": "inbox.link",
    "管道.csv": "inbox.special",
    "巨大.csv": "inbox.too_large",
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    root = tmp_path_factory.mktemp("all") / "workspace"
    assert mingzhang("init", root, "--unit", UNIT, "--region", "430600").code == 0
    inbox = root / "inbox" / UNIT
    (inbox / "目录.xlsx").mkdir(parents=True)
    for case in EVERY:
        content = case.make()
        if len(content) < HEAVY and case.name != "两百张表.xlsx":  # which is right, and slow
            (inbox / case.name).write_bytes(content)
    bad = roster({"金额": FORMULA, "姓名": "+1", "资金来源": FORMULA, "批次号": "BAD"})
    (inbox / "坏.csv").write_text(csv_text(bad), "utf-8")
    (inbox / "坏.xlsx").write_bytes(
        book(sheet_xml(rows_xml([[str(cell).replace("\x1b", "") for cell in row] for row in bad])))
    )
    (inbox / "目录.xlsx" / "好.csv").write_text(csv_text(people(7)), "utf-8")
    for number, name in enumerate(STRANGE):
        (inbox / name).write_text(csv_text(people(3, prefix=f"S{number}-")), "utf-8")
    gbk = os.fsencode(inbox) + "/国标.csv".encode("gb18030")
    Path(os.fsdecode(gbk)).write_text(csv_text(people(2, prefix="G")), "utf-8")
    strange_entries(root, inbox)
    return root, mingzhang("ingest", "--json", workspace=root)


def strange_entries(root: Path, inbox: Path) -> None:
    (inbox / "断链.csv").symlink_to("nowhere.csv")
    (root / "secret.csv").write_text(csv_text(people(5, prefix="X")), "utf-8")
    (inbox / "出去.csv").symlink_to(root / "secret.csv")
    os.mkfifo(inbox / "管道.csv")
    with (inbox / "巨大.csv").open("wb") as file:
        file.truncate(2**40)


def rows_of(root: Path, ending: str) -> int:
    with duckdb.connect(str(root / "warehouse.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "SELECT count(*) FROM validated.rosters WHERE contains(source_file, ?)", [ending]
        ).fetchone()
    assert found is not None
    return int(found[0])


def test_all_at_once(ran: tuple[Path, Ran]) -> None:
    root, done = ran
    assert done.code == 11, done.err
    assert "Traceback" not in done.err
    for case in EVERY:
        if (root / "inbox" / UNIT / case.name).exists() and isinstance(case.becomes, Read) and case.becomes.rows > 1:
            assert rows_of(root, case.name) == case.becomes.rows, case.name
    assert rows_of(root, "目录.xlsx/好.csv") == 7


def test_every_refused_file_is_named_with_its_way_out(ran: tuple[Path, Ran]) -> None:
    root, done = ran
    said = {problem["where"].partition("!")[0].split("/")[-1]: problem for problem in done.document["problems"]}
    laid = {path.name for path in (root / "inbox" / UNIT).iterdir()}
    twins = {"空.xlsx", "一个字节.csv"} - said.keys()  # equal bytes are one file
    expected = {case.name for case in CASES if case.name in laid} - twins
    assert expected - said.keys() == set()
    assert all(said[name]["way_out"] for name in expected)


def test_nothing_that_computes_or_steers_goes_out(ran: tuple[Path, Ran]) -> None:
    root, done = ran
    assert "\x1b" not in done.out + done.err
    written = list((root / "outbox").rglob("*.xlsx"))
    returned = [path for path in written if path.name.startswith("退回修改_坏")]
    assert len(returned) == 2
    assert len(written) > 2
    for path in written:
        with zipfile.ZipFile(path) as parts:
            names, text = parts.namelist(), b"".join(parts.read(name) for name in parts.namelist())
        assert b"<f>" not in text, path
        assert b"<f " not in text, path
        assert not [name for name in names if "externalLink" in name or "vbaProject" in name], path
    assert any(
        b"cmd|" in zipfile.ZipFile(path).read(name) for path in returned for name in zipfile.ZipFile(path).namelist()
    )


@pytest.mark.parametrize(("name", "code"), REFUSED_ENTRIES.items())
def test_what_is_no_file_is_named_and_not_read(ran: tuple[Path, Ran], name: str, code: str) -> None:
    root, done = ran
    assert [problem["code"] for problem in done.document["problems"] if problem["where"].endswith(name)] == [code]
    assert rows_of(root, name) == 0


@pytest.mark.parametrize("shown", [*STRANGE.values(), "国标.csv"])
def test_strange_names_are_read_and_shown_readably(ran: tuple[Path, Ran], shown: str) -> None:
    root, _ = ran
    assert rows_of(root, f"{UNIT}/{shown}") == (2 if shown == "国标.csv" else 3)


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_file_that_may_not_be_read(ran: tuple[Path, Ran], tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(ran[0], root, symlinks=True, ignore=shutil.ignore_patterns("*.csv", "*.xlsx", "*.zip", "*.xls"))
    path = root / "inbox" / "禁.csv"
    path.write_text(csv_text(people(1)), "utf-8")
    path.chmod(0)
    done = mingzhang("ingest", "--json", workspace=root)
    assert [problem["code"] for problem in done.document["problems"] if problem["where"] == "禁.csv"] == [
        "inbox.unread"
    ]


def test_nothing_in_the_inbox_was_touched_and_nothing_lies_outside(ran: tuple[Path, Ran]) -> None:
    root, _ = ran
    assert (root / "inbox" / UNIT / "出去.csv").is_symlink()
    assert not {path.name for path in root.parent.iterdir()} - {"workspace"}


def test_again_changes_nothing(ran: tuple[Path, Ran]) -> None:
    again = mingzhang("ingest", "--json", workspace=ran[0])
    assert again.code == 11  # what is no file is still there
    assert again.document["summary"]["file_count"] == 0
