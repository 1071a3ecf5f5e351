"""Office files made in memory, and the reader with everything that ships, for tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import xlsxwriter
import xlwt

from expectations.contracts import load_contracts
from flows.edges.reading import ReadFile, load_enums, load_layouts, read_file

KEY = b"published test key, thirty-two b."
CITY = "430600"
Grid = Sequence[Sequence[Any]]


@cache
def lexicon() -> tuple[Any, Any, Any]:
    return load_layouts(), load_contracts(), load_enums()


def read(content: bytes, source_file: str = "file.xlsx", sender: str = "") -> ReadFile:
    layouts, contracts, enums = lexicon()
    return read_file(
        content=content,
        source_file=source_file,
        sender=sender,
        layouts=layouts,
        contracts=contracts,
        enums=enums,
        household_key=KEY,
        city_code=CITY,
    )


def xlsx(
    sheets: Mapping[str, Grid],
    *,
    merges: Mapping[str, Sequence[tuple[int, int, int, int]]] | None = None,
    hidden: Sequence[str] = (),
    date_1904: bool = False,
) -> bytes:
    """A workbook; a merge keeps the value that the grid has in its first cell."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": date_1904}) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, grid in sheets.items():
            sheet = book.add_worksheet(name)
            for row, values in enumerate(grid):
                for column, value in enumerate(values):
                    if value not in (None, ""):
                        sheet.write(row, column, value, date if hasattr(value, "isoformat") else None)
            for top, left, bottom, right in (merges or {}).get(name, ()):
                sheet.merge_range(top, left, bottom, right, grid[top][left])
            if name in hidden:
                sheet.hide()
    return target.getvalue()


def xls(name: str, grid: Grid, *, dates_1904: bool = False) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = dates_1904
    sheet = book.add_sheet(name)
    for row, values in enumerate(grid):
        for column, value in enumerate(values):
            if value not in (None, ""):
                sheet.write(row, column, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_text(grid: Grid, sign: str = ",") -> str:
    return "\r\n".join(sign.join(str(value) for value in row) for row in grid) + "\r\n"


def zipped(files: Mapping[str, bytes], *, gbk_names: bool = False) -> bytes:
    """A zip as Chinese Windows makes it: names in GBK, without the mark of UTF-8."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = _GbkName(name) if gbk_names else zipfile.ZipInfo(name)
            archive.writestr(info, content)
    return target.getvalue()


class _GbkName(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the hook of zipfile
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def rows(made: ReadFile, kind: str) -> list[dict[str, Any]]:
    return made.validated[kind].to_dicts()


def findings(made: ReadFile) -> list[tuple[str, str, int | None, str | None]]:
    return [(row["rule_id"], row["severity"], row["row_no"], row["field"]) for row in made.problems.to_dicts()]


ROSTER_HEADER = ["姓名", "身份证号", "帮扶项目", "金额", "银行卡号", "资金来源", "预算年度", "批次号", "发放日期"]
ROSTER_ROW = ["张三", "430602199001011238", "生活救助", 1000, "6222021234567890123", "央财", "2021", "P1", "2021-12-03"]


def roster(*changed: Mapping[str, Any]) -> Grid:
    """A plain roster, a row for each mapping of header → value over the usual row."""
    usual = dict(zip(ROSTER_HEADER, ROSTER_ROW, strict=True))
    return [ROSTER_HEADER, *(list({**usual, **change}.values()) for change in changed or ({},))]
