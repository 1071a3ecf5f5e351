"""A county whose statement leaves questions: a debit that two payments fit, one of nobody, a payment without any."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from flows.installing import install
from tests.flows.decided import BUDGET, CITY, COUNTY, FIRST, SECOND, UNITS, lay

CARD, OTHER = "6217000000019700101", "6217000000019800101"
ACCOUNTS = (
    "账号,户名,开户行,单位名称,账户性质,启用日期,期初余额\n"
    "430010009,岳阳市总工会,建设银行,岳阳市总工会,专户,2021-01-01,0\n"
    "430020009,华容县总工会,建设银行,华容县总工会,专户,2021-01-01,10000\n"
)
HEAD = "姓名,身份证号,帮扶项目,金额,银行卡号,资金来源,预算年度,批次号,发放日期\n"
LIST = (
    "困难职工救助发放汇总表\n单位名称：华容县总工会\n"
    + HEAD
    + f"王小明,{FIRST},生活救助,500,{CARD},省财,2021,P1,2021-05-01\n"
    + f"王小明,{FIRST},医疗救助,500,{CARD},省财,2021,P1,2021-05-05\n"
    + f"赵大海,{SECOND},生活救助,900,{OTHER},省财,2021,P2,2021-05-01\n"
)
RESORTED = "".join([*LIST.splitlines(keepends=True)[:3], *sorted(LIST.splitlines(keepends=True)[3:], reverse=True)])
_LINES = (
    "账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,"
    "对方户名,对方账号,对方开户机构,记账日期,摘要,备注\n"
)
STATEMENT = (
    "起止日期：2021-01-01至2021-12-31\n"
    + _LINES
    + f"430020009,华容县总工会,20210503 10:00:00,500.00,0,9500.00,人民币元,王小明,{CARD},,20210503,转账,\n"
    + "430020009,华容县总工会,20210601 10:00:00,88.00,0,9412.00,人民币元,某文具店,4300777788889999,,20210601,办公,\n"
)
CITY_STATEMENT = (
    "起止日期：2021-01-01至2021-12-31\n"
    + _LINES
    + "430010009,岳阳市总工会,20211221 10:00:00,0,1.00,1.00,人民币元,,,,20211221,结息,\n"
)
REFUSED = f"收款户名,收款账号,金额,处理状态,批次号,处理日期\n王小明,{CARD},500.00,失败,P1,2021-05-02\n"


def prepare(root: Path) -> None:
    """Everything delivered, nothing received."""
    install(root, unit=CITY, region="430600")
    lay(root, "单位表.csv", UNITS, CITY)
    lay(root, "账户.csv", ACCOUNTS, CITY)
    lay(root, "预算.csv", BUDGET, CITY)
    lay(root, "对账单.csv", CITY_STATEMENT, CITY)
    lay(root, "名单.csv", LIST)
    lay(root, "流水.csv", STATEMENT)


def workbook(root: Path) -> Path:
    return root / "outbox" / COUNTY / "对账待办.xlsx"


def lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a 对账待办 by header, each with the row number."""
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if "选择" in row)
    names = [str(name) for name in rows[head]]
    return [dict(zip(names, row, strict=True)) | {"row": at} for at, row in enumerate(rows[head + 1 :], start=head + 2)]


def fill(path: Path, target: Path, said: Mapping[int, Mapping[str, str]]) -> None:
    """The workbook with these cells filled in, saved somewhere else under any name."""
    book = load_workbook(path)
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if any(cell.value == "选择" for cell in row))
    places = {cell.value: cell.column for cell in head}
    for row, cells in said.items():
        for name, text in cells.items():
            sheet.cell(row, places[name], text)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
