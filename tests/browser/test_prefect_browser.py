"""The server's page in a real browser, only the loopback address in reach: an operator finds everything there."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browser import Page, browser
from tests.support.watched import PERSONS, Watched

pytestmark = [pytest.mark.browser, pytest.mark.flows, pytest.mark.slow]
# Icons that Prefect 3.8.8's page asks its own server for, which has none.
ICONS = ("/favicon.ico", "/ico/")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture
def page() -> Iterator[Page]:
    with browser() as shown:
        yield shown
        assert [said for said in shown.errors if not any(icon in said for icon in ICONS)] == []
        assert shown.strangers == []


def assert_drawn(picture: Path) -> None:
    content = picture.read_bytes()
    assert struct.unpack(">II", content[16:24]) == (1400, 1600)
    assert len(content) > 40_000  # an empty page has half of it


def test_the_list_of_runs(watched: Watched, page: Page, pictures: Path) -> None:
    page.show(f"{watched.place.page}/runs")
    shown = page.wait_for("收文入库", "Completed", "Crashed", "2 runs")
    assert "Running\n" not in shown.partition("2 runs")[2], "a killed run is not shown as running"
    assert_drawn(page.picture(pictures / "runs.png"))


def test_a_run_with_its_tasks_and_its_artifacts(watched: Watched, page: Page, pictures: Path) -> None:
    run = watched.runs()[0]
    page.show(f"{watched.place.page}/runs/flow-run/{run['id']}")
    page.wait_for("收文入库", "read 001", "Finished in state Completed()")
    page.press("Task Runs")
    page.wait_for("published", "marts.")
    page.press("Artifacts")
    shown = page.wait_for("收到的文件", "退回与拒收", "待处理问题", "文件所在", "个新文件")
    assert [name for name in PERSONS if name in shown] == []
    assert_drawn(page.picture(pictures / "run.png"))


def test_the_note_says_all_of_it(watched: Watched, page: Page, pictures: Path) -> None:
    run = watched.runs()[0]
    notes = watched.asked("artifacts/filter", flow_runs={"id": {"any_": [run["id"]]}})
    note = next(each for each in notes if each["key"] == "intake")
    page.show(f"{watched.place.page}/artifacts/artifact/{note['id']}")
    shown = page.wait_for("收到的文件", "退回与拒收", "待处理问题", "文件所在", "下一步", "王**的发放表.csv")
    assert "退回补正" in shown
    assert "outbox/<单位>/" in shown or "mingzhang check" in shown
    assert [name for name in PERSONS if name in shown] == []
    assert_drawn(page.picture(pictures / "note.png"))


def test_a_table_in_full(watched: Watched, page: Page, pictures: Path) -> None:
    run = watched.runs()[0]
    found = watched.asked("artifacts/filter", flow_runs={"id": {"any_": [run["id"]]}})
    table = next(each for each in found if each["key"] == "intake-returned")
    page.show(f"{watched.place.page}/artifacts/artifact/{table['id']}")
    page.wait_for("办法", "材料.rar", "请解压后直接报送其中的文件")
    assert_drawn(page.picture(pictures / "table.png"))
