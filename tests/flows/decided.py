"""A federation in which two households were visited twice and one ID is wrong: small enough to settle many times."""

from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from flows.ingesting import ingest
from flows.installing import install
from flows.waiving import Decision

CITY, COUNTY = "岳阳市总工会", "华容县总工会"
FIRST, SECOND, THIRD = "430602197001011236", "430602198001011249", "43060219750505001X"
WRONG_ID = "430602197505050010"  # the check digit of THIRD mistyped
UNITS = "单位代码,单位名称,单位类型\n430600,岳阳市总工会,市本级\n430623,华容县总工会,县市区\n"
ACCOUNT = (
    "账号,户名,开户行,单位名称,账户性质,启用日期,期初余额\n"
    "430010009,岳阳市总工会,建设银行,岳阳市总工会,专户,2021-01-01,0\n"
)
BUDGET = "预算年度,项目名称,资金来源,年初预算数\n2021,帮扶资金,省财,1000000\n"
VISITS = "慰问日期,慰问活动,慰问对象类型,姓名或单位名称,身份证号,慰问金额,资金来源"
STATEMENT = (
    "起止日期：{span}\n"
    "账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,记账日期,摘要,备注\n"
    "430010009,岳阳市总工会,{day} 10:00:00,0,{interest},{balance},人民币元,,,,{day},结息,\n"
)
SAID = Decision("确系两次慰问", "张三", "李四", "岳工发〔2022〕3号")
HEAD = ("疑点编号", "决定", "理由", "经办人", "批准人", "依据文件", "有效期至")
MODES = """\
description: 本次测试只看一户一次
reference: 测试
confirmed: true
entries:
  - {rule_id: R14, unit_code: "430623", mode: "off"}
"""


def visits(*lines: tuple[str, str, str, int]) -> str:
    """A register: day, name, ID, yuan."""
    rows = (f"{day},常态化,个人,{name},{number},{yuan},省财" for day, name, number, yuan in lines)
    return "\n".join((VISITS, *rows, ""))


TWICE = visits(
    ("2021-03-01", "王小明", FIRST, 500), ("2021-09-01", "王小明", FIRST, 600),
    ("2021-03-02", "赵大海", SECOND, 500), ("2021-09-02", "赵大海", SECOND, 700),
)  # fmt: skip


def households(number: str) -> str:
    return f"档案编号,姓名,身份证号,困难类别,建档日期,家庭人口\nA1,钱有余,{number},深度困难,2021-01-05,3\n"


def lay(root: Path, name: str, content: str, unit: str = COUNTY) -> None:
    path = root / "inbox" / unit / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


def statement(span: str, day: str, balance: str) -> str:
    return STATEMENT.format(span=span, day=day, balance=balance, interest="1.00")


def prepare(root: Path) -> None:
    """Delivered up to 2022-02-05, everything covered."""
    install(root, unit=CITY, region="430600")
    (root / "policy/rule_modes.yaml").write_text(MODES, "utf-8")
    lay(root, "单位表.csv", UNITS, CITY)
    lay(root, "账户.csv", ACCOUNT, CITY)
    lay(root, "预算.csv", BUDGET, CITY)
    lay(root, "对账单.csv", statement("2021-01-01至2022-02-28", "20220205", "1.00"), CITY)
    lay(root, "走访.csv", TWICE)
    lay(root, "档案.csv", households(WRONG_ID))


def make(root: Path) -> None:
    """The same, received."""
    prepare(root)
    ingest(root)


def findings(root: Path) -> list[dict[str, Any]]:
    with duckdb.connect(str(root / "published/analyst.duckdb"), read_only=True) as published:
        cursor = published.execute("SELECT * FROM marts.findings ORDER BY rule_id, source_file, row_no")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def statuses(root: Path, rule_id: str = "R11") -> list[str]:
    return [row["status"] for row in findings(root) if row["rule_id"] == rule_id]


def repeats(root: Path) -> list[dict[str, Any]]:
    return [row for row in findings(root) if row["rule_id"] == "R11"]


def form(root: Path, *lines: tuple[str, ...], unit: str = "", name: str = "例外审批表.xlsx") -> None:
    """A 例外审批表 in the inbox, straight in it or in a unit's folder."""
    book = openpyxl.Workbook()
    for line in (HEAD, *lines):
        book.active.append(line)
    (root / "inbox" / unit).mkdir(parents=True, exist_ok=True)
    book.save(root / "inbox" / unit / name)
