"""An empty official document in the layout of GB/T 9704-2012: page, grid, styles, page numbers.

Measures: A4; margins 37/35/28/26 mm leave 156 × 225 mm for 22 lines of 28 characters; 225 mm / 22 = 28.95 pt a line.
Fonts are the reader's (仿宋_GB2312, 楷体_GB2312, 黑体, 方正小标宋简体); the font table names what to use without them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FANGSONG, KAI, HEI, TITLE, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
BODY_PT, TITLE_PT, TABLE_PT, PAGE_NUMBER_PT = 16, 22, 12, 14
LINE_PT, LINE_TWENTIETHS, TITLE_LINE_PT = 28.95, 579, 36
# When a font is not installed, Word and WPS take the one named here.
STAND_INS = {FANGSONG: "仿宋", KAI: "楷体", TITLE: "华文中宋", HEI: "Noto Sans CJK SC", SONG: "Noto Serif CJK SC"}


@dataclass(frozen=True)
class Look:
    """How paragraphs of one style look. `indent`: first line, in characters."""

    font: str
    size: float = BODY_PT
    indent: int = 2
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    is_kept: bool = False
    is_exact: bool = True
    line: float = LINE_PT


LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
# 部门陈述 looks like the body: the style is the invisible mark that these words are the department's, not the figures'.
LOOKS = {
    "Normal": Look(FANGSONG),
    "部门陈述": Look(FANGSONG),
    "Heading 1": Look(HEI, align=LEFT, is_kept=True),
    "Heading 2": Look(KAI, align=LEFT, is_kept=True),
    "Heading 3": Look(FANGSONG, align=LEFT, is_kept=True),
    "Heading 4": Look(FANGSONG, align=LEFT, is_kept=True),
    "Title": Look(TITLE, TITLE_PT, indent=0, align=CENTER, is_kept=True, line=TITLE_LINE_PT),
    "Subtitle": Look(KAI, indent=0, align=CENTER),
    "表题": Look(HEI, PAGE_NUMBER_PT, indent=0, align=CENTER, is_kept=True),
    "表单位": Look(FANGSONG, TABLE_PT, indent=0, align=RIGHT, is_kept=True, is_exact=False),
    "表格": Look(FANGSONG, TABLE_PT, indent=0, is_exact=False),
    "图": Look(FANGSONG, indent=0, align=CENTER, is_exact=False),
    "落款": Look(FANGSONG, indent=0, align=RIGHT),
    "页码": Look(SONG, PAGE_NUMBER_PT, indent=0, is_exact=False),
}


def official_document(*, title: str, unit_name: str, on: date) -> Document:
    """An empty document, styles and page ready, its properties saying whose it is and nothing else."""
    document = docx.Document()
    for name, look in LOOKS.items():
        _style(document, name, look)
    _language(document)
    _page(document)
    _page_numbers(document)
    _stand_ins(document)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title, unit_name, unit_name
    core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = datetime.combine(on, time())
    return document


def set_fonts(run_properties: Any, font: str) -> None:
    """One font for every script; a theme's font would win over it, so its attributes go."""
    fonts = run_properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def indent_characters(paragraph_properties: Any, **characters: int) -> None:
    """Indents in hundredths of a character (firstLineChars, rightChars, leftChars), as Chinese Word counts them."""
    indent = paragraph_properties.get_or_add_ind()
    for name, count in characters.items():
        plain = {"firstLineChars": "firstLine", "rightChars": "right", "leftChars": "left"}[name]
        indent.set(qn(f"w:{name}"), str(count))
        indent.set(qn(f"w:{plain}"), str(count * BODY_PT * 20 // 100))  # for readers that know twips only


def _style(document: Document, name: str, look: Look) -> None:
    styles: Any = document.styles
    style = styles[name] if name in styles else styles.add_style(name, 1)
    if name not in {"Normal", *(f"Heading {n}" for n in range(1, 5))}:
        style.base_style = styles["Normal"]
    style.quick_style = True
    font, form = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), False, False
    font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    set_fonts(properties, look.font)
    for tag in ("w:spacing", "w:kern"):
        for found in properties.findall(qn(tag)):
            properties.remove(found)
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        border.getparent().remove(border)
    form.alignment, form.keep_with_next, form.keep_together = look.align, look.is_kept, False
    form.space_before = form.space_after = Pt(0)
    form.widow_control = False  # 22 lines a page, whatever the paragraph
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY if look.is_exact else WD_LINE_SPACING.SINGLE
    if look.is_exact:
        form.line_spacing = Pt(look.line)
    rules = style.element.get_or_add_pPr()
    indent_characters(rules, firstLineChars=look.indent * 100)
    # No gap between Chinese and digits; only full lines of the body keep to the grid.
    off = ["w:autoSpaceDE", "w:autoSpaceDN"] + ([] if look.is_exact and look.line == LINE_PT else ["w:snapToGrid"])
    for tag in off:
        _switch_off(rules, tag)


# What may follow a switch in w:pPr: the order is part of the format, and Word refuses a file that breaks it.
AFTER_SWITCHES = (
    "w:bidi", "w:adjustRightInd", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId",
    "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def _switch_off(rules: Any, tag: str) -> None:
    switch = OxmlElement(tag)
    switch.set(qn("w:val"), "0")
    followers = AFTER_SWITCHES if tag == "w:snapToGrid" else ("w:snapToGrid", *AFTER_SWITCHES)
    followers = ("w:autoSpaceDN", *followers) if tag == "w:autoSpaceDE" else followers
    for found in rules.findall(qn(tag)):
        rules.remove(found)
    rules.insert_element_before(switch, *followers)


def _language(document: Document) -> None:
    """Chinese line breaking and spelling; no theme font below the styles."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for fonts in defaults.iter(qn("w:rFonts")):
        set_fonts(fonts.getparent(), FANGSONG)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The dash of the page number stands 7 mm below the text: 35 − 7 mm above the edge, less half a line.
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    section._sectPr.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{LINE_TWENTIETHS}"/>'))


def _page_numbers(document: Document) -> None:
    """— 1 — on the outer side: odd pages right, even pages left, one character in from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align, side in (
        (section.footer, RIGHT, "rightChars"),
        (section.even_page_footer, LEFT, "leftChars"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["页码"]
        paragraph.alignment = align
        indent_characters(paragraph._p.get_or_add_pPr(), **{side: 100})
        paragraph.add_run("— ")
        _field(paragraph.add_run(), "PAGE")
        paragraph.add_run(" —")


def _field(run: Any, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("separate", None), ("shown", "1"), ("end", None)):
        if kind is None:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = text
        elif kind == "shown":
            part = OxmlElement("w:t")
            part.text = text
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _stand_ins(document: Document) -> None:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in STAND_INS.items()
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
            ).encode()
