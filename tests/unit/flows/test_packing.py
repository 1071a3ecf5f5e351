"""A workbook that we wrote says what it was made of, however a program writes it down."""

from openpyxl import Workbook

from flows.edges.returned.packing import packed
from tests.unit.parsed.making import zipped
from transforms.parsed.marks import property_of

SAVED_BY_OFFICE = """<?xml version="1.0"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">
<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="made_of"><vt:lpwstr>abc</vt:lpwstr></property>
</Properties>"""


def test_as_we_write_it() -> None:
    content = packed(Workbook(), {"made_of": "abc", "made_of_more": "def"})
    assert (property_of(content, "made_of"), property_of(content, "made_of_more")) == ("abc", "def")


def test_as_others_write_it() -> None:
    assert property_of(zipped({"docProps/custom.xml": SAVED_BY_OFFICE.encode()}), "made_of") == "abc"


def test_there_is_none() -> None:
    assert property_of(packed(Workbook(), {"made_of": "abc"}), "other") == ""
    assert property_of(b"no workbook", "made_of") == ""


def test_the_same_workbook_has_the_same_bytes() -> None:
    assert packed(Workbook(), {"made_of": "abc"}) == packed(Workbook(), {"made_of": "abc"})
