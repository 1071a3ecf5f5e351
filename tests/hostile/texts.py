"""Text files: no table, no text, or written as no program should."""

from __future__ import annotations

from tests.hostile.case import Case, Read, Refused, people
from tests.unit.parsed.making import ROSTER_HEADER, ROSTER_ROW, csv_text, roster

MB = 2**20
FORMULA = "=cmd|' /C calc'!A0"
LIST = csv_text(roster())


def remarked(text: str) -> str:
    return csv_text([[*ROSTER_HEADER, "备注"], [*ROSTER_ROW, text]])


def mixed() -> bytes:
    """Two files put into one: the upper half in one encoding, the lower in another."""
    lines = csv_text([[*row, "岳阳市总工会困难职工帮扶中心"] for row in people(4)]).splitlines(keepends=True)
    return "".join(lines[:3]).encode("gb18030") + "".join(lines[3:]).encode()


def unbalanced() -> bytes:
    """A quote that is opened in one line and closed, by another that was only opened, a thousand lines on."""
    lines = csv_text(people(2000)).splitlines()
    lines[5], lines[1005] = (f'"{lines[at]}' for at in (5, 1005))
    return "\r\n".join(lines).encode()


CASES = (
    Case("空.csv", Refused("空的"), lambda: b""),
    Case("空.xlsx", Refused("空的"), lambda: b""),
    Case("一个字节.csv", Refused("空的"), lambda: b"x"),
    Case("全是零.csv", Refused("空的"), lambda: b"\x00" * MB),
    Case("零字节.csv", Refused("不是文本"), lambda: LIST.encode().replace("张三".encode(), b"\x00\x00")),
    Case("一行五十兆.csv", Refused("第 3 行"), lambda: LIST.encode() + b"x" * 50 * MB + b"\n"),
    Case("一行五十兆_逗号.csv", Refused("行"), lambda: LIST.encode() + b"," * 50 * MB),
    Case("十万栏.csv", Refused("栏"), lambda: (",".join(f"c{n}" for n in range(100_000)) + "\n").encode()),
    Case("五千万逗号.csv", Refused("万个"), lambda: LIST.encode() + (b"," * 1000 + b"\n") * 50_000),
    Case("五千万空行.csv", Refused("万个"), lambda: LIST.encode() + b"\n" * 50 * MB + b"x"),
    Case("一格十兆.csv", Refused("第 2 行"), lambda: remarked("长" * 3_500_000).encode()),
    Case("引号不成对.csv", Refused("引号不成对"), unbalanced),
    Case("引号到末尾.csv", Refused("引号不成对"), lambda: LIST.encode() + b'"' + csv_text(people(200)[1:]).encode()),
    Case("坏编码.csv", Refused("不是文本"), lambda: LIST.encode("gb18030") + b"\xff\xff\xff,\xff\n"),
    Case("两种编码.csv", Refused("两种编码"), mixed),
    Case("孤立代理.csv", Refused("不是文本"), lambda: LIST.encode() + b"\xed\xa0\x80,\xed\xb0\x80\xff\n"),
    Case("双字节.csv", Read(), lambda: LIST.encode("utf-16")),
    Case("双字节_半个字.csv", Refused("不是文本"), lambda: LIST.encode("utf-16") + b"\x00\xd8"),
    Case("控制符.csv", Read(1, {"remark": "一\x07二\x1b[31m三"}), lambda: remarked("一\x07二\x1b[31m三").encode()),
    Case("反向书写.csv", Read(1, {"name": "张\u202e三"}), lambda: csv_text(roster({"姓名": "张\u202e三"})).encode()),
    Case("像公式的文字.csv", Read(1, {"remark": FORMULA}), lambda: remarked(FORMULA).encode()),
    Case("老式换行.csv", Read(), lambda: LIST.replace("\r\n", "\r").encode()),
    Case("邮件网页.xls", Refused("另存为"), lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"),
    Case("以BM开头.csv", Read(), lambda: LIST.replace("备注", "BM").encode().replace(b"\xef\xbb\xbf", b"")),
)  # fmt: skip
