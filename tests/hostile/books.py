"""Workbooks: too large, too far, lying about themselves, or carrying what is to run in somebody's office."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import xlsxwriter
import xlwt

from tests.hostile.case import Case, Read, Refused, people
from tests.hostile.packing import HEAD, book, cell_xml, lying, many, package, rows_xml, sheet_xml
from tests.unit.parsed.making import ROSTER_HEADER, ROSTER_ROW, Grid, roster, xls, xlsx
from transforms.parsed.compound import streams

MB = b" " * 2**20
END = "</sheetData></worksheet>"
BEGIN = sheet_xml("").removesuffix(END)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
REMARKS = ("=cmd|' /C calc'!A0", "+SUM(1,1)", "-2+3", "@SUM(1)", '=HYPERLINK("http://127.0.0.1:9/","x")')


def padded(after_rows: str = "", **more: str) -> bytes:
    return book(sheet_xml(rows_xml(roster()) + after_rows, **more))


def with_entity(doctype: str) -> bytes:
    row = [*ROSTER_ROW]
    rows = rows_xml([ROSTER_HEADER, row]).replace(">张三<", ">&e;<" if "SYSTEM" in doctype else ">&j;<")
    return book(sheet_xml(rows, doctype=doctype))


def shared(doctype: str, *, encoding: str = "utf-8") -> bytes:
    rows = rows_xml(roster()).replace('t="inlineStr"><is><t xml:space="preserve">张三</t></is>', 't="s"><v>0</v>')
    strings = f"{doctype}<sst><si><t>{'&e;' if doctype else '张三'}</t></si></sst>"
    return book(sheet_xml(rows), more={"xl/sharedStrings.xml": strings.encode(encoding)})


def formulas() -> bytes:
    """Cells that compute, call or fetch; every one has the value that the file remembers."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for row, values in enumerate(roster({}, {"姓名": "李四"})):
            for column, value in enumerate(values):
                sheet.write(row, column, value)
        sheet.write_formula(1, 3, "=500*2", value=1000)
        sheet.write_formula(2, 3, "=[1]外部.xlsx!A1", value=1000)
        sheet.write_formula(1, 0, "=cmd|' /C calc'!A0", value="张三")
        sheet.write_formula(2, 0, '=WEBSERVICE("http://127.0.0.1:9/")', value="李四")
    return target.getvalue()


def looks_like_formulas() -> bytes:
    grid = [[*ROSTER_HEADER, "备注"], *([*row, text] for row, text in zip(people(5)[1:], REMARKS, strict=True))]
    return book(sheet_xml(rows_xml(grid)))


def external_link() -> bytes:
    link = (
        f'{HEAD}<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink '
        'ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    )
    return book(sheet_xml(rows_xml(roster())), more={"xl/externalLinks/externalLink1.xml": link})


def wide(columns: int) -> Grid:
    more = [f"栏{number}" for number in range(columns - len(ROSTER_HEADER))]
    return [[*ROSTER_HEADER, *more], [*ROSTER_ROW, *("x" for _ in more)]]


def styled_cells() -> bytes:
    """Cells with borders and nothing in them, row after row."""
    row = f'<row>{"".join(f"""<c r="{letter}9" s="1"/>""" for letter in "ABCDEFGHIJKLMN")}</row>'
    begin, end, rest = sheet_xml(rows_xml(roster())).partition("</sheetData>")
    return book(many(row.encode() * 1000, 400, before=begin, after=end + rest))


def styled_rows() -> bytes:
    rows = "".join(f'<row r="{row}" s="1" customFormat="1" ht="14"/>' for row in range(3, LAST_ROW + 1))
    return padded(rows)


def far(column: int, row: int) -> Callable[[], bytes]:
    return lambda: padded(f'<row r="{row}">{cell_xml(column, row, "x")}</row>')


def hidden_far() -> bytes:
    """The far cell is written as no program writes it, and a comment tries to take its place in the count."""
    cell = "<c\n s='0'\tr = 'XFD1048576' t='str'><v>x</v></c>"
    return padded(f"<!-- <c r=\"A1\"/> --><row r='1048576'>{cell}</row>")


def sheets(count: int, rows: int) -> bytes:
    grids = [people(rows, prefix=f"P{number}-") for number in range(count)]
    return book(*(sheet_xml(rows_xml(grid)) for grid in grids))


def many_old_sheets() -> bytes:
    made, target = xlwt.Workbook(), io.BytesIO()
    for number in range(1000):
        made.add_sheet(str(number)).write(0, 0, "姓名")
    made.save(target)
    return target.getvalue()


def old(change: Callable[[bytearray], None]) -> bytes:
    made = bytearray(xls("名单", roster()))
    change(made)
    return bytes(made)


def old_far(made: bytearray) -> None:
    """The amount, the one number of the list, says that it stands in the last corner that two bytes can say."""
    at = made.find(struct.pack("<HHHH", 0x27E, 10, 1, 3))
    at = at if at >= 0 else made.find(struct.pack("<HHHH", 0x203, 14, 1, 3))
    struct.pack_into("<HH", made, at + 4, 65535, 65535)


def old_size(made: bytearray) -> None:
    """The sheet says that it ends before it begins: read as a number without sign that is more than any memory."""
    at = made.find(struct.pack("<HH", 0x200, 14))
    struct.pack_into("<IIHH", made, at + 4, 9, 1, 9, 1)


def old_circle(made: bytearray) -> None:
    """A chain of sectors that comes back to where it was: whoever follows it never ends."""
    (fat,) = struct.unpack_from("<I", made, 76)
    at = (fat + 1) * 512
    numbers = struct.unpack_from("<128I", made, at)
    first = next(place for place, number in enumerate(numbers) if number == place + 1)
    struct.pack_into("<I", made, at + 4 * (first + 1), first)


def old_locked(made: bytearray) -> None:
    """FILEPASS in the place of the first record of the globals that has its length to spare."""
    book_stream = streams(bytes(made))["Workbook"]
    at = made.find(book_stream[:64])
    length = struct.unpack_from("<H", made, at + 2)[0]
    struct.pack_into("<H", made, at + 4 + length, 0x2F)


def encrypted() -> bytes:
    """As Office writes it: the package lies encrypted in an old container."""
    made = xls("名单", roster())
    return made.replace("Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")[:16]) + (
        "EncryptedPackage".encode("utf-16-le")
    )


CASES = (
    Case("一格五百兆空白.xlsx", Refused("一格的内容"), lambda: book(many(MB, 300, before=BEGIN))),
    Case("一行反复.xlsx", Refused("不合常理"), lambda: book(many(
        rows_xml(roster()).encode() * 200, 2000, before=BEGIN, after=END
    ))),
    Case("三亿字节.xlsx", Refused("展开后超过"), lambda: book(many(
        b"<row>" + b" " * 2**20 + b"</row>", 300, before=BEGIN, after=END
    ))),
    Case("大小不实.xlsx", Refused("损坏"), lambda: lying(padded("<row/>" * 2**20), 1000)),
    Case("四千万条空文字.xlsx", Refused("万个"), lambda: book(
        sheet_xml(rows_xml(roster())), more={"xl/sharedStrings.xml": many(b"<si/>" * 2**18, 100, before="<sst>")}
    )),
    Case("外部实体_工作表.xlsx", Refused("DTD"), lambda: with_entity(ENTITY)),
    Case("外部实体_共享文字.xlsx", Refused("DTD"), lambda: shared(ENTITY)),
    Case("外部实体_双字节.xlsx", Refused("DTD"), lambda: shared(ENTITY, encoding="utf-16")),
    Case("外部实体_工作簿.xlsx", Refused("DTD"), lambda: book(sheet_xml(rows_xml(roster())), workbook=ENTITY)),
    Case("十亿个哈.xlsx", Refused("DTD"), lambda: with_entity(LAUGHS)),
    Case("共享文字.xlsx", Read(), lambda: shared("")),
    Case("公式.xlsx", Read(2), formulas),
    Case("像公式的文字.xlsx", Read(5), looks_like_formulas),
    Case("外部链接.xlsx", Read(), external_link),
    Case("一格十兆.xlsx", Refused("一格的内容"), lambda: padded(
        f'<row r="3"><c r="J3" t="inlineStr"><is><t>{"长" * 3_500_000}</t></is></c></row>')),
    Case("一万六千栏.xlsx", Refused("第 16384 栏"), lambda: book(sheet_xml(rows_xml(wide(LAST_COLUMN))))),
    Case("百万空行.xlsx", Read(), styled_rows),
    Case("五百万空格子.xlsx", Refused("空行"), styled_cells),
    Case("尺寸不实.xlsx", Read(), lambda: padded(before='<dimension ref="A1:XFD1048576"/>')),
    Case("最末一格.xlsx", Refused("离表太远"), far(LAST_COLUMN, LAST_ROW)),
    Case("最末一行.xlsx", Refused("离表太远"), far(1, LAST_ROW)),
    Case("最末一栏.xlsx", Refused("第 16384 栏"), far(LAST_COLUMN, 20)),
    Case("最末一栏_空格子.xlsx", Read(), lambda: padded('<row r="20"><c r="XFD20" s="1"/></row>')),
    Case("一千栏.xlsx", Read(), far(1000, 20)),
    Case("最末一格_变样.xlsx", Refused("离表太远"), hidden_far),
    Case("整表合并.xlsx", Refused("合并的格子"), lambda: padded(
        after='<mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>')),
    Case("整行合并.xlsx", Read(), lambda: padded(
        after='<mergeCells count="1"><mergeCell ref="A3:XFD3"/></mergeCells>')),
    Case("一千张表.xlsx", Refused("工作表有 1000 张"), lambda: sheets(1000, 1)),
    Case("两百张表.xlsx", Read(200), lambda: sheets(200, 1)),
    Case("一千张表.xls", Refused("工作表有"), many_old_sheets),
    Case("没有工作表.xlsx", Refused("损坏"), lambda: package({"xl/x.xml": "<x/>"})),
    Case("零字节在格中.xlsx", Read(), lambda: book(
        sheet_xml(rows_xml(roster({"姓名": "张三"})).replace("张三", "张\x00三")))),
    Case("半个.xlsx", Refused("损坏"), lambda: xlsx({"名单": roster()})[:-300]),
    Case("半个.xls", Refused("另存为"), lambda: xls("名单", roster())[:3000]),
    Case("只有头.xls", Refused("另存为"), lambda: xls("名单", roster())[:600]),
    Case("加密.xlsx", Refused("密码"), encrypted),
    Case("加密.xls", Refused("密码"), lambda: old(old_locked)),
    Case("最末一格.xls", Refused("离表太远"), lambda: old(old_far)),
    Case("尺寸不实.xls", Refused("损坏"), lambda: old(old_size)),
    Case("兜圈子.xls", Refused("损坏"), lambda: old(old_circle)),
    Case("其实是工作簿.csv", Read(), lambda: xlsx({"名单": roster()})),
    Case("其实是图片.xlsx", Refused("图片"), lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
    Case("其实是网页.xls", Refused("另存为"), lambda: "<html><table><tr><td>张三</td></tr></table></html>".encode()),
)  # fmt: skip
