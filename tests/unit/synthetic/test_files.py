"""The files open in readers that had no part in writing them, and hold what the records say."""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from data.synthetic.knowledge import story
from tests.unit.synthetic.conftest import read_truth

Grid = list[list[object]]


def grid_of(path: Path, sheet: int = 0) -> Grid:
    return python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()


def files(sample: Path, pattern: str) -> list[Path]:
    found = sorted((sample / "inbox").rglob(pattern))
    assert found, pattern
    return found


def test_noise_1_sends_every_format(sample: Path) -> None:
    suffixes = {path.suffix for path in (sample / "inbox").rglob("*") if path.is_file()}
    assert suffixes == {".xlsx", ".xls", ".csv", ".zip"}


def test_noise_0_sends_plain_workbooks_with_the_contracts_headings(plain_sample: Path) -> None:
    assert {p.suffix for p in (plain_sample / "inbox").rglob("*") if p.is_file()} == {".xlsx"}
    forms = story("forms")
    headings = {tuple(form["columns"]) for form in forms.values()}
    for path in files(plain_sample, "*.xlsx"):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            first = tuple(c for c in next(sheet.iter_rows(values_only=True)) if c is not None)
            if "对账单" not in path.name:
                assert first in headings, path
        book.close()


def test_workbooks_keep_numbers_as_text(plain_sample: Path) -> None:
    path = files(plain_sample, "实名制汇总表_2021年.xlsx")[0]
    book = openpyxl.load_workbook(path)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    for name in ("身份证号", "银行卡号"):
        column = rows[0].index(name)
        assert all(isinstance(row[column], str) and len(row[column]) in (18, 19) for row in rows[1:])


def test_all_list_lines_are_in_the_plain_files_to_the_fen(plain_sample: Path) -> None:
    amounts: list[Decimal] = []
    for path in files(plain_sample, "实名制汇总表*.xlsx"):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            header, *rows = sheet.iter_rows(values_only=True)
            column = header.index("金额")
            amounts += [Decimal(repr(row[column])).quantize(Decimal("0.01")) for row in rows]
        book.close()
    assert sorted(amounts) == sorted(Decimal(row["amount_yuan"]) for row in read_truth(plain_sample, "payments"))


def test_old_workbooks_open(sample: Path) -> None:
    grid = grid_of(files(sample, "实名制汇总表*.xls")[0])
    assert any("身份证号" in row for row in grid[:6])


def test_csv_files_are_gbk(sample: Path) -> None:
    for path in files(sample, "实名制汇总表*.csv"):
        content = path.read_bytes()
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
        rows = list(csv.reader(io.StringIO(content.decode("gb18030"))))
        assert any("身份证号码" in row for row in rows)


def test_archives_have_gbk_names_without_saying_so(sample: Path) -> None:
    for path in files(sample, "*.zip"):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                assert not entry.flag_bits & 0x800
                assert entry.filename.encode("cp437").decode("gbk").startswith(("对账单", "代发结果"))
                assert entry.date_time == (2000, 1, 1, 0, 0, 0)
                assert archive.read(entry)


def test_statements_keep_their_banks_headings(sample: Path) -> None:
    layouts = {tuple(columns) for name, columns in story("statements").items() if name != "footer"}
    seen = set()
    for path in [*files(sample, "对账单*.xlsx"), *files(sample, "对账单*.xls")]:
        grid = grid_of(path)
        seen |= {tuple(row) for row in grid[:4]} & layouts
    for path in files(sample, "对账单*.csv"):
        rows = csv.reader(io.StringIO(path.read_bytes().decode("gb18030")))
        seen |= {tuple(row) for row in rows} & layouts
    assert seen == layouts


def test_ccb_statement_lines_equal_the_truth(sample: Path) -> None:
    grid = grid_of(sample / "inbox" / "岳阳市总工会" / "对账单_2022年1月.xlsx")
    header, rows = grid[0], grid[1:]
    booked = header.index("记账日期")
    account = rows[0][header.index("账号")]
    truth = [r for r in read_truth(sample, "bank_lines") if r["account"] == account and r["booked_on"] >= "2022"]
    assert sorted(str(row[booked]) for row in rows) == sorted(r["booked_on"].replace("-", "") for r in truth)


def test_the_january_statements_are_files_of_their_own(sample: Path) -> None:
    for folder in (sample / "inbox").iterdir():
        names = [path.name for path in folder.iterdir()]
        assert any(name.startswith("对账单_2022年1月") for name in names), folder
