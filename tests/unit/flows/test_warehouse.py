import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from expectations.contracts import load_contracts
from flows.edges.marts import load_marts
from flows.edges.migrations import FOLDER, number_of
from flows.edges.warehouse import open_warehouse
from flows.edges.workspace import Workspace
from flows.problems import Exit, Refusal

ROOT = Path(__file__).parents[3]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "mingzhang.toml").write_text('unit = "岳阳市总工会"\nregion = "430600"\n', "utf-8")
    return Workspace(tmp_path)


def test_validated_tables_are_those_of_the_contracts(workspace: Workspace) -> None:
    contracts = load_contracts()
    assert len(contracts) == 17
    with open_warehouse(workspace, command="test") as warehouse:
        for kind, contract in contracts.items():
            found = warehouse.rows(
                "SELECT column_name, data_type FROM duckdb_columns() "
                "WHERE schema_name = 'validated' AND table_name = ? ORDER BY column_index",
                (kind,),
            )
            assert found == [(field.id, field.sql_type) for field in contract.table], kind


def test_sealed_tables_are_those_of_the_contracts(workspace: Workspace) -> None:
    sealed = [mart for mart in load_marts() if mart.name.startswith("execution_")]
    assert len(sealed) == 5
    with open_warehouse(workspace, command="test") as warehouse:
        for mart in sealed:
            found = warehouse.rows(
                "SELECT column_name, data_type FROM duckdb_columns() "
                "WHERE schema_name = 'closes' AND table_name = ? ORDER BY column_index",
                (mart.name,),
            )
            assert found == [("seal_id", "VARCHAR"), *((each.name, each.sql_type) for each in mart.columns)], mart.name


def test_migrations_are_numbered_without_gap() -> None:
    numbers = [number_of(path) for path in sorted(FOLDER.glob("*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_migrations_are_applied_once(workspace: Workspace) -> None:
    for _ in range(2):
        with open_warehouse(workspace, command="test") as warehouse:
            applied = [number for (number,) in warehouse.rows("SELECT migration_no FROM run.migrations ORDER BY 1")]
    assert applied == [number_of(path) for path in sorted(FOLDER.glob("*.sql"))]


def test_a_newer_warehouse_is_refused(workspace: Workspace) -> None:
    with open_warehouse(workspace, command="test") as warehouse:
        warehouse.execute("INSERT INTO run.migrations VALUES (9999, 'later', '2030-01-01', '430600')")
    with pytest.raises(Refusal) as refusal, open_warehouse(workspace, command="test"):
        pass
    assert refusal.value.exit_code == Exit.REFUSED
    assert "9999" in refusal.value.problems[0].message


def test_a_transaction_is_all_or_nothing(workspace: Workspace) -> None:
    with open_warehouse(workspace, command="test") as warehouse:
        with suppress(RuntimeError), warehouse.transaction():
            warehouse.execute("INSERT INTO policy.terms VALUES ('fee', '手续费', '430600')")
            raise RuntimeError
        assert warehouse.count("policy.terms") == 0


def test_encrypted_at_rest(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_KEY", "a-long-test-key")
    with open_warehouse(workspace, command="test") as warehouse:
        rows = [("fee", f"word-in-clear-{number}", "430600") for number in range(2000)]
        warehouse.append_rows("policy.terms", ("purpose", "term", "city_code"), rows)
    assert b"word-in-clear" not in workspace.warehouse.read_bytes()
    with open_warehouse(workspace, command="test") as warehouse:
        assert warehouse.count("policy.terms") == 2000
    monkeypatch.setenv("MINGZHANG_KEY", "another-key")
    with pytest.raises(Refusal) as refusal, open_warehouse(workspace, command="test"):
        pass
    assert refusal.value.problems[0].code == "warehouse.key"


def test_the_key_may_be_in_a_file(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("a-long-test-key\n", "ascii")
    monkeypatch.setenv("MINGZHANG_KEY_FILE", str(key))
    with open_warehouse(workspace, command="test"):
        pass
    with pytest.raises(duckdb.Error):
        duckdb.connect(str(workspace.warehouse), read_only=True)


def test_only_the_owner_reads_the_warehouse(workspace: Workspace) -> None:
    with open_warehouse(workspace, command="test"):
        pass
    assert stat.S_IMODE(os.stat(workspace.warehouse).st_mode) == 0o600


def test_two_writers_in_one_process(workspace: Workspace) -> None:
    with open_warehouse(workspace, command="ingest"):
        with pytest.raises(Refusal) as refusal, open_warehouse(workspace, command="close"):
            pass
        assert refusal.value.exit_code == Exit.IN_USE
        message = refusal.value.problems[0].message
        assert "ingest" in message
        assert str(os.getpid()) in message


def test_a_killed_writer_leaves_no_lock(workspace: Workspace) -> None:
    holding = (
        "import os, sys; from pathlib import Path; from flows.edges.workspace import Workspace\n"
        "from flows.edges.warehouse import open_warehouse\n"
        "with open_warehouse(Workspace(Path(sys.argv[1])), command='ingest'):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(workspace.root)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Refusal) as refusal, open_warehouse(workspace, command="close"):
            pass
        assert str(holder.pid) in refusal.value.problems[0].message
        holder.kill()
    with open_warehouse(workspace, command="close") as warehouse:
        assert warehouse.count("run.log") == 0
