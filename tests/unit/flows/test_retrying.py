"""One policy of trying again: what may pass is tried again, told, and not for ever; a bug or a refusal never is."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from flows import retrying
from flows.edges.inbox import InboxFile, UnreadError, list_inbox
from flows.edges.warehouse import open_warehouse
from flows.edges.workspace import open_workspace
from flows.ingesting import ingest
from flows.installing import initialise
from flows.problems import Exit, Refusal, refuse
from flows.retrying import load_retries, one_command, patiently
from flows.steps import plainly

BUSY = OSError(errno.EIO, "Input/output error", "华容县/王小明.xlsx")


class Failing:
    """Work that fails with these errors, one after the other, then succeeds."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors, self.calls = list(errors), 0

    def __call__(self) -> str:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits in a test; how long they would have."""
    waited: list[float] = []
    monkeypatch.setattr("flows.retrying.time.sleep", waited.append)
    return waited


def test_what_passes_is_tried_again_and_told(slept: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    work = Failing(BUSY, TimeoutError())
    with one_command() as trials:
        assert plainly("read 001 8f3a21", work) == "done"
    assert slept == [1, 4]
    assert trials.told == ["read 001 8f3a21：读写出错", "read 001 8f3a21：超时没有应答"]
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "华容县/王小明.xlsx：读写出错，1 秒后再试（第 2 次，共 4 次）。"
    assert said[1] == "read 001 8f3a21：超时没有应答，4 秒后再试（第 3 次，共 4 次）。"


def test_not_for_ever(slept: list[float]) -> None:
    work = Failing(*[BUSY] * 9)
    with pytest.raises(OSError, match="Input/output"):
        patiently("read 001", work)
    assert work.calls == 4
    assert slept == [1, 4, 10]


def test_a_share_that_has_gone_is_not_waited_for_once_a_file(slept: list[float]) -> None:
    with one_command():
        for number in range(50):
            with pytest.raises(OSError, match="Input/output"):
                patiently(f"read {number:03}", Failing(*[BUSY] * 9))
    assert sum(slept) <= load_retries().patience
    with one_command():
        assert patiently("read 001", Failing(BUSY)) == "done", "the next command has a patience of its own"


@pytest.mark.parametrize(
    "error",
    [
        ZeroDivisionError("a bug"),
        refuse(Exit.IN_USE, "workspace.in_use", command="x", pid=1, host="h", since="s"),
        OSError(errno.ENOSPC, "No space left on device"),
        duckdb.ConversionException("could not convert"),
    ],
)
def test_what_does_not_pass_is_done_once(error: Exception, slept: list[float]) -> None:
    work = Failing(error)
    with pytest.raises(type(error)):
        patiently("read 001", work)
    assert (work.calls, slept) == (1, [])


def test_a_step_that_computes_is_done_once(slept: list[float]) -> None:
    work = Failing(BUSY)
    with pytest.raises(OSError, match="Input/output"):
        patiently("facts.units", work)
    assert (work.calls, slept) == (1, [])


def test_a_file_of_the_data_base_counts_as_a_file() -> None:
    assert patiently("published", Failing(duckdb.IOException("IO Error: /somewhere/personal"))) == "done"


def test_the_policy_names_failures_that_exist() -> None:
    names = set(errno.errorcode.values()) | {"DATABASE"}
    assert set(load_retries().errors) <= names


# --- a share that fails under `ingest` -------------------------------------------------------------------------------

Share = Callable[[dict[str, str]], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three files on it."""
    root = tmp_path_factory.mktemp("share") / "workspace"
    initialise(root, unit="岳阳市总工会", region="430600")
    folder = root / "inbox" / "岳阳市总工会"
    folder.mkdir(parents=True)
    rows = "单位代码,单位名称,行政区划代码,上级单位代码,单位类型\n430600,岳阳市总工会,430600,,市本级\n"
    (folder / "甲.csv").write_text(rows, "utf-8")
    (folder / "乙.csv").write_text(rows + "430623,华容县总工会,430623,430600,县市区\n", "utf-8")
    return root


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    """Lets reading a file of this name fail where its next letter is an x."""
    left: dict[str, str] = {}
    real = InboxFile.content

    def content(file: InboxFile) -> bytes:
        now, left[file.path.name] = left.get(file.path.name, "")[:1], left.get(file.path.name, "")[1:]
        if now == "x":
            raise UnreadError(errno.EIO, "Input/output error", file.source_file)
        return real(file)

    monkeypatch.setattr(InboxFile, "content", content)
    return left.update


def received(root: Path) -> list[str]:
    with open_warehouse(open_workspace(root), command="test") as warehouse:
        return [name for (name,) in warehouse.rows("SELECT source_file FROM received.receipts ORDER BY 1")]


@pytest.mark.slow
def test_ingest_goes_on_without_the_file_that_cannot_be_read(made: Path, share: Share) -> None:
    share({"乙.csv": "x" * 99})
    with one_command():
        done = ingest(made)
    assert done.exit_code == Exit.UNREADABLE
    assert [(each.code, each.where) for each in done.problems] == [("inbox.unread", "岳阳市总工会/乙.csv")]
    assert received(made) == ["岳阳市总工会/甲.csv"]
    assert {row["file"]: row["state"] for row in done.rows} == {
        "岳阳市总工会/甲.csv": "accepted",
        "岳阳市总工会/乙.csv": "unread",
    }
    share({"乙.csv": "xx.x"})  # opened at the third attempt, and read at the second
    with one_command() as trials:
        done = ingest(made)
    assert done.exit_code == Exit.DONE
    assert [told.split(" ")[0] for told in trials.told] == ["open", "read"]
    assert received(made) == ["岳阳市总工会/乙.csv", "岳阳市总工会/甲.csv"]


@pytest.mark.slow
def test_publishing_is_tried_again(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (made / "published" / "analyst.duckdb").unlink()
    failures = [OSError(errno.EBUSY, "busy")]

    def flaky(*paths: Path) -> None:
        if failures:
            raise failures.pop()
        real(*paths)

    import flows.edges.publish as room

    real = room.replace_file
    monkeypatch.setattr(room, "replace_file", flaky)
    with one_command() as trials:
        ingest(made)
    assert trials.told == ["published：文件正被占用"]
    assert (made / "published" / "analyst.duckdb").is_file()


@pytest.mark.slow
def test_a_refusal_is_no_failure_of_the_share(made: Path) -> None:
    with pytest.raises(Refusal):
        list_inbox(made / "inbox", [made / "nothing.xlsx"])
    assert retrying.load_retries().passing(Refusal(Exit.USAGE, [])) is None
