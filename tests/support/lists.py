"""Small payment lists as a county writes them."""

from __future__ import annotations

from tests.flows.decided import FIRST, SECOND, THIRD

PEOPLE = (("王小明", FIRST, 500), ("赵大海", SECOND, 600), ("钱有余", THIRD, 700))
NOT_YET = "2022-02-20"  # after the last statement of tests.flows.decided: nobody is paid
_HEAD = (
    "困难职工生活救助发放汇总表\n"
    "单位名称：华容县总工会\n"
    "姓名,身份证号,帮扶项目,金额,银行卡号,资金来源,预算年度,批次号,发放日期\n"
)


def payment_list(*lines: tuple[str, str, int], day: str = NOT_YET, batch: str = "P1") -> str:
    """One line a person: name, ID, yuan; each with a card of its own."""
    rows = [
        f"{name},{number},生活救助,{yuan},62170000000{number[6:14]},省财,2021,{batch},{day}\n"
        for name, number, yuan in lines
    ]
    return _HEAD + "".join(rows)
