from pathlib import Path

import pytest

from flows.edges.evidence import keep, sha256_of
from flows.edges.inbox import list_inbox
from flows.edges.outbox import file_name
from flows.problems import Refusal


def lay(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def test_files_in_order_with_their_senders(tmp_path: Path) -> None:
    lay(tmp_path, "b.xlsx", "华容县总工会/2021/名单.xlsx", "430623/a.csv")
    found = [(file.source_file, file.sender) for file in list_inbox(tmp_path)]
    assert found == [("430623/a.csv", "430623"), ("b.xlsx", ""), ("华容县总工会/2021/名单.xlsx", "华容县总工会")]


def test_what_programs_leave_behind_is_no_file(tmp_path: Path) -> None:
    lay(tmp_path, "a/~$名单.xlsx", "a/Thumbs.db", "a/.DS_Store", ".hidden/b.xlsx", "a/.c.xlsx.swp", "a/desktop.ini")
    assert list_inbox(tmp_path) == []


def test_given_paths_inside_and_outside_the_inbox(tmp_path: Path) -> None:
    lay(tmp_path, "inbox/华容县总工会/a.xlsx", "elsewhere/b.xlsx")
    paths = [tmp_path / "inbox/华容县总工会", tmp_path / "elsewhere/b.xlsx"]
    found = [(file.source_file, file.sender) for file in list_inbox(tmp_path / "inbox", paths, unit="430626")]
    assert found == [("b.xlsx", "430626"), ("华容县总工会/a.xlsx", "华容县总工会")]


def test_no_inbox_is_no_file(tmp_path: Path) -> None:
    assert list_inbox(tmp_path / "inbox") == []


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        list_inbox(tmp_path, [tmp_path / "nothing.xlsx"])


def test_evidence_is_kept_once_and_never_touched_again(tmp_path: Path) -> None:
    path = keep(tmp_path, b"bytes")
    assert path.name == sha256_of(b"bytes")
    before = path.stat().st_mtime_ns
    assert keep(tmp_path, b"bytes") == path
    assert path.stat().st_mtime_ns == before
    assert path.stat().st_mode & 0o222 == 0
    assert [found.name for found in tmp_path.rglob("*") if found.is_file()] == [path.name]


@pytest.mark.parametrize(("text", "expected"), [("华容/县", "华容_县"), ("a:b?.xlsx", "a_b_.xlsx"), ("..", "_")])
def test_names_that_every_system_takes(text: str, expected: str) -> None:
    assert file_name(text) == expected
