import pytest

from tests.unit.parsed.making import roster, xls, xlsx, zipped
from transforms.parsed.magic import file_type


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (xlsx({"a": roster()}), "workbook"),
        (xls("a", roster()), "workbook"),
        ("姓名,金额\n张三,1\n".encode("gb18030"), "text"),
        (b"\xef\xbb\xbfa,b\n", "text"),
        (zipped({"a.csv": b"x"}), "archive"),
        (zipped({"word/document.xml": b"<w/>"}), "refused"),
        (zipped({"OFD.xml": b"<ofd/>"}), "document"),
        (b"Rar!\x1a\x07\x00", "refused"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "refused"),
        (b"{\\rtf1}", "refused"),
        (b"<html><table><tr><td>1</td></tr></table>", "refused"),
        (b"%PDF-1.7", "document"),
        (b"\xff\xd8\xff\xe0JFIF", "document"),
        (b"\x89PNG\r\n\x1a\n", "document"),
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (b"PK\x03\x04 truncated", "broken"),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, expected: str) -> None:
    assert file_type(content) == expected


def test_the_name_does_not_matter() -> None:
    from tests.unit.parsed.making import read

    assert read(xlsx({"a": roster()}), "实名制.CSV").validated["rosters"].height == 1
    assert read(xls("a", roster()), "对账单.csv").validated["rosters"].height == 1
