"""The life of a finding: open again, corrected, gone; and how each rule is applied, unit by unit."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.checking import check
from flows.closing import close
from flows.explaining import explain
from flows.ingesting import ingest
from flows.problems import Exit
from flows.waiving import waive
from tests.flows import decided
from tests.flows.decided import (
    CITY,
    COUNTY,
    FIRST,
    SAID,
    SECOND,
    THIRD,
    TWICE,
    findings,
    households,
    lay,
    repeats,
    statement,
    statuses,
    visits,
)  # fmt: skip
from tests.support.dump import dump_marts

pytestmark = pytest.mark.slow


# --- open again ------------------------------------------------------------------------------------------------------


def test_a_fact_with_other_values_is_another_fact(root: Path) -> None:
    waive(root, subject=repeats(root)[0]["finding_id"], decision=SAID)
    lay(root, "走访_更正.csv", TWICE.replace(f"{FIRST},600", f"{FIRST},900"))
    ingest(root)
    assert statuses(root) == ["open", "open"]
    told = explain(root, subject=repeats(root)[0]["finding_id"])
    assert [row["state"] for row in told.summary["waivers"]] == ["changed"]


def test_the_same_values_again_are_the_same_fact(root: Path) -> None:
    waive(root, subject=repeats(root)[0]["finding_id"], decision=SAID)
    lay(root, "走访_重报.csv", TWICE.replace("\n2021-03-01", "\n2021-05-05,常态化,个人,吴多,,300,省财\n2021-03-01"))
    ingest(root)
    assert sorted(statuses(root)) == ["open", "waived"]


def test_expired_it_is_open_again(root: Path) -> None:
    finding_id = repeats(root)[0]["finding_id"]
    waive(root, subject=finding_id, decision=replace(SAID, until=date(2022, 3, 1)))
    assert statuses(root) == ["waived", "open"]
    lay(root, "对账单二.csv", statement("2022-03-01至2022-03-31", "20220320", "2.00"), CITY)
    ingest(root)
    assert statuses(root) == ["open", "open"]
    assert statuses(root, "S.waiver_invalid") == [], "it held while it could: no fault of the form"
    assert any("已过期" in line for line in explain(root, subject=finding_id).lines)


# --- corrected -------------------------------------------------------------------------------------------------------


def test_corrected_by_a_newer_file_and_back_again(root: Path) -> None:
    (wrong,) = [row for row in findings(root) if row["rule_id"] == "R01.checksum"]
    lay(root, "档案_更正.csv", households(THIRD))
    ingest(root)
    (mended,) = [row for row in findings(root) if row["rule_id"] == "R01.checksum"]
    assert mended == wrong | {"status": "corrected"}
    told = explain(root, subject=wrong["finding_id"])
    assert [row["file"] for row in told.rows if row["role"] == "correction"] == [f"{COUNTY}/档案_更正.csv"]
    assert any("档案_更正.csv" in line for line in told.lines)
    assert check(root).summary["corrected"] == 1
    lay(root, "档案_又错.csv", households(decided.WRONG_ID).replace("钱有余", "钱有馀"))
    ingest(root)
    assert statuses(root, "R01.checksum") == ["open"]


def test_what_another_file_explains_just_vanishes(root: Path) -> None:
    lay(root, "未知.csv", visits(("2021-03-05", "周一", SECOND, 1)), "某某县总工会")
    ingest(root)
    assert statuses(root, "S.unknown_unit") == ["open"]
    lay(root, "单位表二.csv", "单位代码,单位名称,单位类型\n430699,某某县总工会,县市区\n", CITY)
    ingest(root)
    assert statuses(root, "S.unknown_unit") == []


def test_how_the_files_are_cut_into_deliveries_changes_nothing(tmp_path: Path) -> None:
    """As long as no file replaces another: a finding that was there for a while leaves no trace."""
    at_once, bit_by_bit = tmp_path / "at_once", tmp_path / "bit_by_bit"
    for root in (at_once, bit_by_bit):
        decided.prepare(root)
    shutil.copy(at_once / "policy/household.key", bit_by_bit / "policy/household.key")
    ingest(at_once)
    waiting = {path: path.read_bytes() for path in (bit_by_bit / "inbox" / CITY).iterdir()}
    for path in waiting:
        path.unlink()
    ingest(bit_by_bit)
    assert statuses(bit_by_bit, "S.unknown_unit") == ["open", "open"]
    for path, content in waiting.items():
        path.write_bytes(content)
    ingest(bit_by_bit)
    assert dump_marts(bit_by_bit) == dump_marts(at_once)


# --- modes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mode", "severities"), [("observe", ["info", "info"]), ("off", [])])
def test_modes_by_unit(root: Path, mode: str, severities: list[str]) -> None:
    modes = decided.MODES + f'  - {{rule_id: R11, unit_code: "430623", mode: "{mode}"}}\n'
    (root / "policy/rule_modes.yaml").write_text(modes, "utf-8")
    ingest(root)
    assert [row["severity"] for row in repeats(root)] == severities
    not_judged = [row["missing_input"] for row in check(root).summary["not_judged"] if row["rule_id"] == "R11"]
    assert not_judged == (["mode.off"] if mode == "off" else [])
    assert close(root, year=2021, cutoff="fiscal").exit_code is Exit.DONE


def test_modes_in_the_settings(root: Path) -> None:
    path = root / "mingzhang.toml"
    path.write_text(path.read_text("utf-8").replace("[rules]\n", '[rules]\nR11 = "observe"\n'), "utf-8")
    ingest(root)
    assert [row["severity"] for row in repeats(root)] == ["info", "info"]
