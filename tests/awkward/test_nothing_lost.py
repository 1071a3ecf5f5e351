"""Each cell is used, left out by name, or reported; another program than the reader says which cells there are."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest

from expectations.contracts import load_contracts
from tests.awkward.formats import xlsx
from tests.awkward.table import Paper
from tests.awkward.ways import CLASSES
from tests.unit.parsed.making import findings, read, roster
from tests.unit.parsed.making import xlsx as written
from transforms.words import squeezed, without_brackets

WAYS = [(group, way) for group, ways in CLASSES.items() for way in ways]


def filled(sheet: Any) -> dict[int, dict[int, str]]:
    """Row → column → text of every cell in which something stands; a merged cell counts once."""
    return {
        row: {place: str(cell.value).strip() for place, cell in enumerate(cells) if str(cell.value or "").strip()}
        for row, cells in enumerate(sheet.iter_rows(), start=1)
    }


def accounted(made: Any, name: str) -> set[int]:
    """The rows of which the books or the receipt tell something."""
    [told] = [row for row in made.sheets.to_dicts() if row["sheet"] == name]
    data = made.contents.raw_rows.whole()
    rows = set(data.filter(data["sheet"] == name)["row_no"].to_list())
    return rows | set(range(1, told["header_row_no"] + 1)) | {row for row, _ in json.loads(told["left_out"])}


@pytest.mark.parametrize(("group", "way"), WAYS)
def test_every_row_that_holds_something_is_told_of(group: str, way: str) -> None:
    paper = CLASSES[group][way](Paper())
    name, content = xlsx(paper)
    made = read(content, name)
    known = set(made.sheets["sheet"].to_list())
    for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets:
        rows = {row for row, cells in filled(sheet).items() if cells}
        if sheet.title in known:
            assert rows <= accounted(made, sheet.title)
        elif sheet.title in paper.hidden:
            assert ("S.hidden_sheet", "info") in {(rule, severity) for rule, severity, *_ in findings(made)}
        else:
            assert sheet.title == "填表说明"  # ignored by name


@pytest.mark.parametrize("way", CLASSES["header"])
def test_every_column_that_holds_something_is_used_ignored_by_name_or_reported(way: str) -> None:
    name, content = xlsx(CLASSES["header"][way](Paper()))
    made = read(content, name)
    [told] = made.sheets.to_dicts()
    used = {origin.partition(":")[2] for origin in json.loads(told["taken_from"]).values()}
    ignored = {squeezed(text) for text in load_contracts()["rosters"].ignored}
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    rows = filled(sheet)
    heads = rows[told["header_row_no"]]
    for above in range(told["header_row_no"] - 1, max(0, told["header_row_no"] - 3), -1):
        heads = {**rows[above], **heads}  # a heading merged down stands in its first row
    data = made.contents.raw_rows.whole()["row_no"].to_list()
    for place in {place for row in data for place in rows[row]}:
        text = " ".join(heads[place].split()).rstrip("* ")
        assert text in used or text in told["unknown_columns"] or squeezed(without_brackets(text)) in ignored


def test_a_column_without_a_heading_is_reported_by_its_letter() -> None:
    header, *rows = roster({}, {})
    grid = [[*header, "", "备注"], *([*row, "低保户" if at else "", "见附件"] for at, row in enumerate(rows))]
    made = read(written({"a": grid}))
    assert findings(made) == [("S.unknown_column", "info", 1, None)]
    assert made.sheets["unknown_columns"].to_list() == [["J列（没有表头）"]]
