"""Settling is all or nothing, and its log says what happened."""

from pathlib import Path

import pytest

import expectations.gate
from flows.edges.publish import publish
from flows.edges.warehouse import Warehouse, open_warehouse
from flows.edges.workspace import Workspace
from flows.installing import install
from flows.settling import is_settled, settle
from tests.support.dump import dump_marts

pytestmark = pytest.mark.slow


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return install(tmp_path / "w", unit="岳阳市总工会", region="430600")


def log_of(warehouse: Warehouse) -> dict[str, str]:
    return dict(warehouse.rows("SELECT step, outcome FROM run.log"))


def test_settled_until_something_changes(workspace: Workspace) -> None:
    with open_warehouse(workspace, command="test") as warehouse:
        assert not is_settled(warehouse)
        settle(warehouse, command="test")
        assert is_settled(warehouse)
        before = dump_marts(workspace.root)
        settle(warehouse, command="test")
        assert dump_marts(workspace.root) == before
        log = log_of(warehouse)
        assert log["facts.units"] == log["judged"] == log["marts.payments"] == log["published"] == "done"
        assert warehouse.count("run.validations") > 0
    (workspace.policy / "new_year_eves.yaml").write_text("description: d\neves:\n  2040: 2040-02-11\n", "utf-8")
    with open_warehouse(workspace, command="test") as warehouse:
        assert not is_settled(warehouse)


def test_a_failure_leaves_every_table_as_it_was(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_warehouse(workspace, command="test") as warehouse:
        settle(warehouse, command="test")
        warehouse.execute("INSERT INTO facts.as_of VALUES ('430600', '2021-01-01')")

        def broken(*_: object) -> None:
            raise RuntimeError("a judge fell ill")

        monkeypatch.setattr(expectations.gate, "pass_gate", broken)
        with pytest.raises(RuntimeError):
            settle(warehouse, command="again")
        assert warehouse.count("facts.as_of") == 2
        said = "SELECT outcome, detail FROM run.log WHERE command = 'again' AND step = 'judged'"
        assert warehouse.rows(said) == [("failed", "RuntimeError: a judge fell ill")]


def test_published_files_are_replaced_never_changed(workspace: Workspace) -> None:
    with open_warehouse(workspace, command="test") as warehouse:
        settle(warehouse, command="test")
        with workspace.analyst.open("rb") as held:
            before = held.read()
            publish(warehouse)
            held.seek(0)
            assert held.read() == before, "a reader that has it open keeps what it opened"
    left = [path.name for path in workspace.published.rglob(".*")]
    assert left == []
    assert not list(workspace.root.glob("*.wal"))
