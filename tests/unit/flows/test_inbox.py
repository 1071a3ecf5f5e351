import os
from pathlib import Path

import pytest

from flows.edges.evidence import keep, sha256_of
from flows.edges.inbox import GrowingError, InboxFile, LinkError, SpecialError, TooLargeError, list_inbox
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


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    name = file_name(f"退回修改_{'长' * 82}_70bb7a.xlsx")
    assert len(name.encode()) <= 200
    assert (name[:6], name[-12:]) == ("退回修改_长", "_70bb7a.xlsx")


def test_copies_on_their_way_are_no_files(tmp_path: Path) -> None:
    lay(tmp_path, "a.xlsx.crdownload", "b.csv.tmp", "c.zip.PART", "d.xlsx.filepart", "@eaDir/e.xlsx", "f.part1.rar")
    assert [file.source_file for file in list_inbox(tmp_path)] == ["f.part1.rar"]


def test_names_are_read_as_they_were_meant_and_shown_on_one_line(tmp_path: Path) -> None:
    for name in ("国标.csv".encode("gb18030"), "换\n行.csv".encode(), "倒\u202evsc.csv".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    assert {file.source_file for file in list_inbox(tmp_path)} == {"国标.csv", "换_行.csv", "倒_vsc.csv"}


def test_what_is_no_file_is_listed_and_not_read(tmp_path: Path) -> None:
    lay(tmp_path, "inbox/a.csv", "b.csv")
    inbox = tmp_path / "inbox"
    (inbox / "in.csv").symlink_to("a.csv")
    (inbox / "out.csv").symlink_to(tmp_path / "b.csv")
    (inbox / "folder").symlink_to(tmp_path)
    (inbox / "broken.csv").symlink_to("nowhere.csv")
    os.mkfifo(inbox / "pipe.csv")
    (inbox / "large.csv").touch()
    os.truncate(inbox / "large.csv", 2**40)
    became = {}
    for file in list_inbox(inbox):
        try:
            became[file.source_file] = file.content().decode()
        except (LinkError, SpecialError, TooLargeError) as error:
            became[file.source_file] = type(error).__name__
    assert became == {
        "a.csv": "inbox/a.csv",
        "in.csv": "inbox/a.csv",
        "out.csv": "LinkError",
        "folder": "LinkError",
        "broken.csv": "LinkError",
        "pipe.csv": "SpecialError",
        "large.csv": "TooLargeError",
    }


def test_a_file_that_changes_while_it_is_read_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"first half")
    real = Path.read_bytes

    def read(self: Path) -> bytes:
        content = real(self)
        with self.open("ab") as file:
            file.write(b" and the rest")
        return content

    monkeypatch.setattr(Path, "read_bytes", read)
    with pytest.raises(GrowingError):
        InboxFile(path, "a.csv", "").content()
