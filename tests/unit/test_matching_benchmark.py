"""The made-up years of benchmarks/matching are what they are said to be, and are matched from end to end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.matching import __main__ as benchmark
from benchmarks.matching.beside import Peer, UnavailableError, write_year
from benchmarks.matching.measuring import run_passes
from benchmarks.matching.year import fill
from tests.house.test_lock import lines, unlocked

PAYMENTS = 2_000
PEERS = {"civicpay": "0.1.1", "reconcile-py": "0.1.0", "datacompy": "1.1.0"}
RULES = {
    "M10.receipt", "M11.quota_notice", "M20.allotment_out", "M21.allotment_in", "M22.clawback_out", "M23.clawback_in",
    "M30.batch", "M40.single", "M45.purchase", "M50.return", "M51.reissue", "M52.refund", "M60.fee", "M61.interest",
    "M62.own_transfer", "M63.correction", "M64.reimbursement", "M65.advance",
}  # fmt: skip


@pytest.fixture(scope="module")
def year() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        fill(connection, PAYMENTS)
        run_passes(connection)
        yield connection


def value(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    [row] = connection.execute(sql).fetchall()
    return row[0]


def test_six_of_ten_are_in_lists_of_20_to_200(year: duckdb.DuckDBPyConnection) -> None:
    sizes = [n for (n,) in year.execute("SELECT COUNT(*) FROM validated.rosters GROUP BY batch_no").fetchall()]
    listed = [size for size in sizes if size > 1]
    assert (sum(sizes), sum(listed)) == (PAYMENTS, PAYMENTS * 6 // 10)
    assert 20 <= min(listed) <= max(listed) <= 200


def test_one_in_twenty_comes_back(year: duckdb.DuckDBPyConnection) -> None:
    assert value(year, "SELECT COUNT(*) FROM matched.payments WHERE status = 'returned'") == PAYMENTS // 20
    named = (
        "SELECT COUNT(*) FROM matched.returns AS r INNER JOIN facts.bank_lines AS b USING (bank_line_id) WHERE b.memo"
    )
    assert value(year, f"{named} = '退汇'") > 0
    assert value(year, f"{named} > '退汇'") > 0


def test_four_of_five_bank_lines_are_out_of_scope(year: duckdb.DuckDBPyConnection) -> None:
    share = value(
        year, "SELECT AVG(CASE WHEN classification = 'out_of_scope' THEN 1 ELSE 0 END) FROM matched.bank_lines"
    )
    assert share == pytest.approx(0.8, abs=0.01)


def test_every_shape_is_there(year: duckdb.DuckDBPyConnection) -> None:
    assert {rule for (rule,) in year.execute("SELECT DISTINCT rule FROM matched.matches").fetchall()} == RULES


@pytest.mark.parametrize(
    "pairs",
    [
        "SELECT bank_line_id FROM matched.batches_named GROUP BY 1 HAVING COUNT(*) = 2",  # several lists in one debit
        "SELECT batch_key FROM matched.batches_named GROUP BY 1 HAVING COUNT(*) = 2",  # several debits for one list
        "SELECT bank_line_id FROM matched.sums WHERE pass = 'M30' GROUP BY 1 HAVING COUNT(*) = 2",  # and unnamed
        "SELECT answered_id FROM matched.sums WHERE pass = 'M30' GROUP BY 1 HAVING COUNT(*) = 2",
        "SELECT answered_id FROM matched.sums WHERE pass = 'M10' GROUP BY 1 HAVING COUNT(*) = 2",  # two credits
        "SELECT 1 FROM matched.payments WHERE status = 'failed'",
        "SELECT 1 FROM matched.candidates WHERE loss_code IS NOT NULL",
    ],
)
def test_shapes_of_several(year: duckdb.DuckDBPyConnection, pairs: str) -> None:
    assert value(year, f"SELECT COUNT(*) FROM ({pairs})") > 0


def test_referenced_year_is_paid_as_a_whole() -> None:
    with duckdb.connect(":memory:") as connection:
        fill(connection, PAYMENTS, "referenced")
        run_passes(connection)
        said = "SELECT COUNT(*) FROM matched.paid AS p INNER JOIN facts.bank_lines AS b USING (bank_line_id) INNER JOIN"
        named = f"{said} matched.payments AS m ON m.payment_id = p.payment_id AND m.batch_no = b.memo"
        assert value(connection, named) == PAYMENTS == value(connection, "SELECT COUNT(*) FROM facts.bank_lines")


@pytest.mark.slow
def test_benchmark_prints_times_and_ratios(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks.matching", "--runs", "1", "--payments", "400", "--peers"])
    benchmark.main()
    said = capsys.readouterr().out
    assert "400 payments" in said
    assert "× join" in said


@pytest.mark.parametrize("name", PEERS)
def test_peers_are_locked_with_hashes(name: str) -> None:
    peer = Peer(name)
    assert peer.release == f"{name} {PEERS[name]}"
    assert peer.script.is_file()
    assert list(unlocked(lines(peer.lock))) == []


def test_peers_get_the_same_year(tmp_path: Path) -> None:
    write_year(tmp_path, 400, "referenced, in a statement")
    payments, found = (
        (tmp_path / name).read_text(encoding="utf-8").splitlines() for name in ("payments.csv", "lines.csv")
    )
    assert len(payments) == 401
    assert len(found) == 1 + 398 * 5  # one in two hundred is still to come, and four other lines beside each debit


def test_peer_whose_environment_cannot_be_made_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nobody.txt").write_text("nobody==0 --hash=sha256:" + "0" * 64, encoding="ascii")
    monkeypatch.setattr("benchmarks.matching.beside._HERE", tmp_path)
    monkeypatch.setattr("benchmarks.matching.beside._MADE", tmp_path / "made")
    monkeypatch.setattr("venv.create", lambda folder, with_pip: _stub(folder))
    with pytest.raises(UnavailableError, match="cannot be made: no such release"):
        Peer("nobody").interpreter()


def _stub(folder: Path) -> None:
    """An interpreter that can install nothing."""
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho no such release >&2\nexit 1\n", encoding="ascii")
    python.chmod(0o755)
