"""The Word file, opened again: page, grid, fonts, headings, page numbers, as GB/T 9704 has them."""

import io
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.annual import annual_report
from tests.unit.reports.world import annual_inputs

# The children of w:pPr in the order that the format prescribes (ECMA-376, CT_PPr).
PARAGRAPH_PROPERTIES = """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers
    pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
    adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
    textboxTightWrap outlineLvl divId cnfStyle rPr sectPr"""
pytestmark = pytest.mark.slow  # the drawing of the curve takes a second or two to start


@pytest.fixture(scope="module")
def content() -> bytes:
    return annual_report(annual_inputs())


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_page_and_grid(document: Document) -> None:
    section = document.sections[0]
    sizes = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    sizes += [section.left_margin, section.right_margin]
    assert [round(size.mm) for size in sizes if size] == [210, 297, 37, 35, 28, 26]
    (grid,) = section._sectPr.findall(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("部门陈述", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Heading 4", "仿宋_GB2312", 16),
        ("页码", "宋体", 14),
    ],
)
def test_fonts_of_every_script(document: Document, style: str, font: str, size: int) -> None:
    found = document.styles[style]
    assert found.font.size == Pt(size)
    fonts = found.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")} == {font}
    assert not [key for key in fonts.attrib if "Theme" in key]


def test_body_lines(document: Document) -> None:
    style = document.styles["Normal"]
    spacing, indent = style.element.pPr.find(qn("w:spacing")), style.element.pPr.find(qn("w:ind"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_headings_have_four_levels_in_order_and_numbers_without_a_gap(document: Document) -> None:
    patterns = {1: r"[一二三]、", 2: r"（[一二三]）", 3: r"(\d)\.", 4: r"（(\d)）"}
    levels, before, counted = [], 0, [0, 0, 0, 0, 0]
    for paragraph in document.paragraphs:
        style = str(paragraph.style.name if paragraph.style else "")
        if not style.startswith("Heading"):
            continue
        level = int(style[-1])
        assert level <= before + 1, f"{paragraph.text} skips a level"
        assert re.match(patterns[level], paragraph.text), paragraph.text
        counted[level:] = [counted[level] + 1, *[0] * (4 - level)]
        number = "〇一二三四五六七八九"[counted[level]] if level < 3 else str(counted[level])
        assert number in paragraph.text[:3], f"{paragraph.text} is not number {number}"
        levels.append(level)
        before = level
    assert sorted(set(levels)) == [1, 2, 3, 4]
    assert len(levels) == 18


def test_page_numbers_stand_outside(content: bytes, document: Document) -> None:
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert paragraph._p.findall(f".//{qn('w:instrText')}")[0].text == "PAGE"
        assert paragraph.text.startswith("— ")
        assert paragraph.text.endswith(" —")


def test_every_table_names_its_unit_right_above(document: Document) -> None:
    body = list(document.element.body)
    tables = [n for n, element in enumerate(body) if element.tag == qn("w:tbl")]
    assert len(tables) == 5
    for n in tables:
        assert "".join(text.text for text in body[n - 1].iter(qn("w:t"))) == "单位：万元"
    for table in document.tables:
        widths = [cell.width.mm for cell in table.rows[0].cells if cell.width]
        assert round(sum(widths)) in {155, 156}


def test_curve_is_drawn_for_print(document: Document) -> None:
    (picture,) = document.inline_shapes
    assert picture.width == Mm(156)
    image = document.part.related_parts[picture._inline.graphic.graphicData.pic.blipFill.blip.embed].image
    assert image.px_width / picture.width.inches == pytest.approx(200, abs=2)
    assert picture._inline.docPr.get("descr", "").startswith("2021年度逐月累计支出曲线")


def test_same_inputs_same_bytes(content: bytes) -> None:
    assert annual_report(annual_inputs()) == content
    stamps = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()}
    assert stamps == {(1980, 1, 1, 0, 0, 0)}


def test_properties_say_whose_document_it_is_and_nothing_else(content: bytes, document: Document) -> None:
    core = document.core_properties
    assert (core.author, core.comments) == ("岳阳市总工会", "")
    assert core.title == "岳阳市总工会市财政、市总配套帮扶资金项目支出绩效自评报告（2021年度）"
    assert "python" not in part(content, "docProps/core.xml").lower()


def test_date_under_the_signature_is_given_or_as_of(document: Document) -> None:
    assert [p.text for p in document.paragraphs[-2:]] == ["岳阳市总工会", "2022年1月31日"]
    dated = docx.Document(io.BytesIO(annual_report(annual_inputs(report_on=date(2022, 3, 8)))))
    assert dated.paragraphs[-1].text == "2022年3月8日"


def test_paragraph_properties_keep_the_order_of_the_format(content: bytes) -> None:
    order = PARAGRAPH_PROPERTIES.split()
    for name in ("word/styles.xml", "word/document.xml"):
        for properties in re.findall(r"<w:pPr>(.*?)</w:pPr>", part(content, name), re.S):
            outer = re.sub(r"<w:(rPr|pBdr|tabs|numPr|sectPr)>.*?</w:\1>", r"<w:\1/>", properties, flags=re.S)
            found = [order.index(tag) for tag in re.findall(r"<w:(\w+)", outer)]
            assert found == sorted(found), properties
