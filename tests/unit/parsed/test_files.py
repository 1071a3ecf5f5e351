"""Bytes → sheets of text."""

import datetime as dt
from dataclasses import replace

import pytest

from flows.edges.lexicon import load_enums
from tests.unit.parsed.making import findings, read, roster, rows, xls, xlsx, zipped
from transforms.columns import Rules
from transforms.parsed.archive import ArchiveError, archive
from transforms.parsed.cells import Cell, Row, cell, number_text
from transforms.parsed.delimited import TextError, decoded, delimited
from transforms.parsed.workbook import workbook


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.35, "12.35"), (0.1 + 0.2, "0.3"), (5.0, "5"), (1e6, "1000000"), (-0.5, "-0.5"), (123456.789, "123456.789")],
)
def test_a_number_is_its_shortest_decimal_text(value: float, text: str) -> None:
    assert number_text(value) == text


def test_cells_keep_what_they_were() -> None:
    assert cell("x") == Cell("x", "text")
    assert cell(True) == Cell("TRUE", "bool")
    assert cell(dt.date(2021, 12, 3)) == Cell("2021-12-03", "date")
    assert cell(dt.datetime(2021, 12, 3, 9, 5)) == Cell("2021-12-03 09:05:00", "date")
    assert cell("  ").kind == "empty"
    assert cell(430602199001011234).has_lost_digits
    assert not cell(430602900101123).has_lost_digits  # fifteen digits are kept


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    made = xlsx({"甲": [[], [], ["", "b", 7]]})
    [sheet] = workbook(made)
    assert sheet.name == "甲"
    assert sheet.rows[2] == Row(3, [Cell("", "empty"), Cell("b", "text"), Cell("7", "number")])


def test_old_spreadsheets_and_both_date_systems() -> None:
    grid = roster({"发放日期": 44533})
    assert rows(read(xls("a", grid)), "rosters")[0]["paid_on"] == dt.date(2021, 12, 3)
    assert rows(read(xls("a", grid, dates_1904=True)), "rosters")[0]["paid_on"] == dt.date(2025, 12, 4)
    assert rows(read(xlsx({"a": grid}, date_1904=True)), "rosters")[0]["paid_on"] == dt.date(2025, 12, 4)
    dated = roster({"发放日期": dt.date(2021, 12, 3)})
    assert rows(read(xlsx({"a": dated}, date_1904=True)), "rosters")[0]["paid_on"] == dt.date(2021, 12, 3)


def test_a_formula_is_the_value_that_the_file_remembers() -> None:
    import io

    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("a")
        for place, values in enumerate(roster()):
            sheet.write_row(place, 0, values)
        sheet.write_formula(1, 3, "=500*2.5", None, 1250)
    assert rows(read(target.getvalue()), "rosters")[0]["amount_yuan"] == "1250.00"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_encodings_of_offices(encoding: str) -> None:
    assert decoded("姓名,㐂\n".encode(encoding)) == "姓名,㐂\n"


def test_binary_is_no_text() -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(b"a\x00\x01\x02")


@pytest.mark.parametrize("sign", [",", "\t", "|"])
def test_the_delimiter_is_found(sign: str) -> None:
    text = f"查询日期：2021-01-01\n姓名{sign}金额\n张三{sign}1.5\n"
    sheet = delimited(text.encode())
    assert [c.text for c in sheet.rows[2].cells] == ["张三", "1.5"]


def test_cells_padded_with_tabs_are_no_tab_separated_text() -> None:
    sheet = delimited(b"a,b,c\r\n1\t ,2\t ,3\t \r\n4\t ,5\t ,6\t \r\n")
    assert [c.text for c in sheet.rows[1].cells] == ["1", "2", "3"]


def test_line_numbers_pads_and_guards() -> None:
    sheet = delimited(b'a,b\r\n"x\r\ny",\t6222 \r\n="0123",\'77\r\n')
    assert [row.row_no for row in sheet.rows] == [1, 2, 4]
    assert [c.text for c in sheet.rows[1].cells] == ["x\r\ny", "6222"]
    assert [c.text for c in sheet.rows[2].cells] == ["0123", "77"]


def rules(**other: int) -> Rules:
    return replace(load_enums().rules, **other)


def test_a_zip_with_gbk_names_and_the_junk_of_a_mac() -> None:
    made = zipped({"华容县/一月.csv": b"a", "__MACOSX/x": b"", ".DS_Store": b"", "空/": b""}, gbk_names=True)
    assert archive(made, rules()) == [("华容县/一月.csv", b"a")]
    assert archive(zipped({"汨罗/二月.csv": b"b"}), rules()) == [("汨罗/二月.csv", b"b")]


def test_no_name_leads_out_of_an_archive() -> None:
    assert archive(zipped({"../../etc/x.csv": b"a"}), rules())[0][0] == "etc/x.csv"


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(ArchiveError, match="MB"):
        archive(zipped({"a": b"0" * 10_000}), rules(archive_bytes=9_999))
    packed = zipped({"a": b"0" * 6_000})
    with pytest.raises(ArchiveError, match="MB"):  # two nested ones that fit one by one
        archive(zipped({"a.zip": packed, "b.zip": packed}), rules(archive_bytes=9_999))
    with pytest.raises(ArchiveError, match="文件"):
        archive(zipped({"a": b"", "b": b""}), rules(archive_members=1))
    with pytest.raises(ArchiveError, match="损坏"):
        archive(zipped({"a": b"abc" * 100})[:60], rules())


@pytest.mark.parametrize("opened", [(5, 1005), (5, 40), (5, 6), (2000,)])
def test_a_quote_that_was_never_meant_to_open_a_cell(opened: tuple[int, ...]) -> None:
    lines = [f"{number},张三,1000,央财,2021" for number in range(2001)]
    for at in opened:
        lines[at] = f'"{lines[at]}'
    with pytest.raises(TextError, match=f"第 {opened[0] + 1} 行起引号不成对"):
        delimited("\n".join(lines).encode())


def test_a_cell_of_several_lines_is_one_cell() -> None:
    lines = ("姓名,备注,金额,来源", '张三,"一、困难\n二、住院，子女上学",5,央财', '李四,"5"" 管, 一根",6,央财')
    sheet = delimited("\n".join(lines).encode())
    assert [row.row_no for row in sheet.rows] == [1, 2, 4]
    assert [row.cells[2].text for row in sheet.rows] == ["金额", "5", "6"]


def test_a_csv_wrapped_in_one_column_of_a_workbook() -> None:
    lines = [[",".join(map(str, row))] for row in roster({}, {"姓名": "李四"})]
    assert [row["name"] for row in rows(read(xlsx({"a": lines})), "rosters")] == ["张三", "李四"]


def test_an_error_and_a_formula_without_value_are_told_and_not_taken_for_nothing() -> None:
    import io

    import openpyxl
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("a")
        for place, values in enumerate(roster({}, {})):
            sheet.write_row(place, 0, values)
        sheet.write_formula(1, 8, "=X!A1", None, "#REF!")
        sheet.write_formula(2, 7, "=1/0", None, "#DIV/0!")
    made = read(target.getvalue())
    assert findings(made) == [("S.type", "error", 2, "paid_on"), ("S.type", "error", 3, "batch_no")]
    assert made.problems["value_text"].to_list() == ["#REF!", "#DIV/0!"]

    book = openpyxl.Workbook()
    for values in roster({"金额": "=500*2"}, {}):
        book.active.append(values)
    target = io.BytesIO()
    book.save(target)
    made = read(target.getvalue())
    assert findings(made) == [("S.type", "reject", 2, "amount_yuan")]
    assert made.problems["value_text"].to_list() == ["=500*2"]


def test_an_error_in_an_old_workbook() -> None:
    import io

    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for row, values in enumerate(roster({}, {})):
        for place, value in enumerate(values):
            if (row, place) != (2, 8):
                sheet.write(row, place, value)
    sheet.row(2).set_cell_error(8, "#REF!")
    target = io.BytesIO()
    book.save(target)
    assert findings(read(target.getvalue())) == [("S.type", "error", 3, "paid_on")]
