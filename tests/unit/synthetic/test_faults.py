"""Planted faults, the generator alone: what is planted, where it is said to be, what it leaves as it was."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from data.synthetic.faults.registry import FAULTS, UnknownFaultError, chosen, known
from data.synthetic.generate import HonestFaultsError, size_of, write_sample
from data.synthetic.scene import NoRoomError, Scene
from tests.unit.synthetic.conftest import read_truth
from tests.unit.synthetic.test_generate import bytes_of

FULL: dict[str, Any] = {"households": 120, "seed": 7, "year": 2021}
# every rule of the contract that is built, by the ids of its section 5 and 11
RULES = {
    "R01.checksum", "R01.date", "R01.future", "R03", "R04.no_file", "R04.not_open", "R14.no_card",
    "R14.visit_without_payment", "R15", "S.type", "S.enum", "S.missing_value", "S.lost_digits", "S.missing_column",
    "S.unknown_kind", "S.unknown_column", "S.duplicate_key", "S.unit_conflict", "S.unknown_unit", "S.conflict",
    "S.budget_year", "S.refused_format", "S.unreadable", "S.hidden_sheet", "S.possible_correction",
}  # fmt: skip


@pytest.fixture(scope="module", params=[0, 1], ids=["noise0", "noise1"])
def faulty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("faulty") / "workspace"
    write_sample(out, **FULL, noise=request.param, faults="all")
    return out


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("clean") / "workspace"
    write_sample(out, **FULL)
    return out


def test_every_rule_is_planted(faulty: Path) -> None:
    assert set(known()) >= RULES
    assert {row["rule_id"] for row in read_truth(faulty, "findings")} == set(known())


def test_same_arguments_give_the_same_bytes(faulty: Path, tmp_path: Path) -> None:
    noise = 0 if "代发结果_2021年.xlsx" in {p.name for p in (faulty / "inbox" / "岳阳楼区总工会").iterdir()} else 1
    write_sample(tmp_path / "again", **FULL, noise=noise, faults="all")
    assert bytes_of(tmp_path / "again") == bytes_of(faulty)


def test_every_address_leads_to_a_cell_that_is_there(faulty: Path) -> None:
    for row in read_truth(faulty, "findings"):
        if row["file"] and row["sheet"] and "!" not in row["file"]:
            corrected = faulty / "corrections" / row["file"]
            path = corrected if row["delivery"] == "2" and corrected.is_file() else faulty / "inbox" / row["file"]
            assert path.is_file(), row
            if row["rule_id"] != "S.hidden_sheet" and row["row_no"]:
                grid = (
                    python_calamine.CalamineWorkbook.from_path(str(path))
                    .get_sheet_by_name(row["sheet"])
                    .to_python(skip_empty_area=False)
                )
                assert any(grid[int(row["row_no"]) - 1]), row


def test_a_column_is_named_as_the_file_heads_it(faulty: Path) -> None:
    rows = [r for r in read_truth(faulty, "findings") if r["column_name"] and r["rule_id"] == "R01.checksum"]
    for row in rows:
        sheet = openpyxl.load_workbook(faulty / "inbox" / row["file"])[row["sheet"]]
        headings = [cell.value for line in sheet.iter_rows(max_row=8) for cell in line]
        assert row["column_name"] in headings


def test_in_the_end_the_figures_are_those_of_the_clean_year(faulty: Path, clean: Path) -> None:
    assert read_truth(faulty, "final/figures") == read_truth(clean, "figures")
    assert read_truth(faulty, "figures") != read_truth(clean, "figures")


def test_what_papers_get_wrong_leaves_nothing_behind(clean: Path, tmp_path: Path) -> None:
    """Faults of structure and people change papers, and one opening day: the final truth is that of the clean year."""
    write_sample(tmp_path / "out", **FULL, faults=",".join(sorted(RULES)))
    for name in ("payments", "bank_lines", "figures"):
        assert read_truth(tmp_path / "out", f"final/{name}") == read_truth(clean, name)


def test_consequences_are_told_after_the_first_delivery(faulty: Path) -> None:
    statuses = Counter(row["status"] for row in read_truth(faulty, "payments"))
    assert statuses["held"] == 2
    assert any(row["budget_year"] == "" for row in read_truth(faulty, "payments"))
    assert Counter(row["status"] for row in read_truth(faulty, "final/payments"))["held"] == 0


def test_corrections_say_what_differs_and_nothing_else(faulty: Path) -> None:
    sent = {p.relative_to(faulty / "inbox") for p in (faulty / "inbox").rglob("*") if p.is_file()}
    for path in (faulty / "corrections").rglob("*"):
        name = path.relative_to(faulty / "corrections")
        if path.is_file() and name in sent:
            assert _digest(path) != _digest(faulty / "inbox" / name)
    assert not any("2022年1月" in p.name for p in (faulty / "corrections").rglob("*"))


def test_waivers_have_two_names_and_a_document(faulty: Path) -> None:
    sheet = openpyxl.load_workbook(faulty / "waivers.xlsx").worksheets[0]
    header, *rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert header == ("group_id", "决定", "理由", "经办人", "批准人", "依据文件", "有效期至")
    for row in rows:
        assert all(row)
        assert row[3] != row[4]
    expected = hashlib.sha256(f"R04.not_open|{_judged(faulty, 'R04.not_open')}".encode()).hexdigest()[:16]
    assert expected in {row[0] for row in rows}


def test_where_nothing_is_to_be_decided_the_form_is_bare(tmp_path: Path) -> None:
    write_sample(tmp_path, households=50, seed=5, year=2021, faults="R01.date")
    sheet = openpyxl.load_workbook(tmp_path / "waivers.xlsx").worksheets[0]
    assert sheet.max_row == 2
    assert [path.suffix for path in (tmp_path / "corrections").rglob("*") if path.is_file()] != []


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_a_rule_alone_is_all_that_is_planted(rule_id: str) -> None:
    scene = Scene(size_of(120, 11, 2021, None, None), noise=1)
    scene.play(chosen(rule_id), insist=True)
    assert {one.rule_id for one in scene.expected} == {rule_id}


@pytest.mark.parametrize("seed", [1, 7, 42, 2021, 20230])
def test_all_of_these_rules_fit_into_120_households(seed: int) -> None:
    scene = Scene(size_of(120, seed, 2021, None, None), noise=1)
    _, left_out = scene.play([fault() for fault in FAULTS], insist=False)
    assert {twist.name.split(" ")[0] for twist in left_out}.isdisjoint(RULES)


def test_words_ask_for_rules() -> None:
    assert chosen("none") == []
    assert len(chosen("all")) == len(FAULTS)
    assert {fault.rule_id for fault in chosen("R04,S.enum")} == {"R04.no_file", "R04.not_open", "S.enum"}
    assert {fault.rule_id for fault in chosen("S")} == {rule_id for rule_id in known() if rule_id.startswith("S.")}
    assert {fault.rule_id for fault in chosen("R01.date")} == {"R01.date"}
    for word in ("R99", "R", "", "R1", "all,R11"):
        with pytest.raises(UnknownFaultError):
            chosen(word)


def test_a_tiny_sample_leaves_out_what_does_not_fit_and_counts_it(tmp_path: Path) -> None:
    tiny: dict[str, Any] = {"households": 16, "units": 2, "payments": 60, "seed": 3, "year": 2021}
    made = write_sample(tmp_path / "tiny", **tiny, faults="all")
    assert made.faults + made.faults_left_out == len(FAULTS)
    assert made.faults_left_out > 0
    with pytest.raises(NoRoomError, match=r"R01\.date"):
        write_sample(tmp_path / "asked", **tiny, faults="R01.date")
    assert not (tmp_path / "asked").exists()


def test_honest_offices_have_no_faults(tmp_path: Path) -> None:
    with pytest.raises(HonestFaultsError):
        write_sample(tmp_path / "out", **FULL, faults="R11", honest=True)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _judged(folder: Path, rule_id: str) -> str:
    """Unit and batch of the one finding of this rule, from the file that it names."""
    row = next(r for r in read_truth(folder, "findings") if r["rule_id"] == rule_id)
    grid = _grid(folder / "inbox" / row["file"], row["sheet"])
    line = grid[int(row["row_no"]) - 1]
    numbers = [str(cell) for cell in [*line, *(c for r in grid[:6] for c in r)]]
    known_batches = {r["batch_no"] for r in read_truth(folder, "payments")}
    batch_no = next(b for text in numbers for b in sorted(known_batches, key=len, reverse=True) if b in text)
    return f"{row['unit_code']}|{batch_no}"


def _grid(path: Path, sheet: str) -> list[list[Any]]:
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("gb18030").splitlines()))
    return (
        python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    )
