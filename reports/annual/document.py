"""The blocks of the report, set in the official layout."""

import io
from datetime import date
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from reports.annual.inputs import AnnualInputs
from reports.annual.story import story
from reports.annual.tables import Table
from reports.annual.text import Block, Heading, Paragraph, Picture, blocks
from reports.charts import months_png
from reports.official import BODY_PT, HEI, official_document, set_fonts
from reports.packed import packed
from reports.printing import zh_date

TEXT_WIDTH_MM = 156
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
SIDES = "".join(f'<w:{side} w:w="68" w:type="dxa"/>' for side in ("left", "right"))  # 1.2 mm
CELL_MARGINS = f"<w:tblCellMar {nsdecls('w')}>{SIDES}</w:tblCellMar>"


def annual_report(inputs: AnnualInputs) -> bytes:
    """《项目支出绩效自评报告》 as .docx. The same inputs give the same bytes.

    Raises MissingFigures, with a sentence for the user, when the figures do not know the project and year.
    """
    told = story(inputs)
    on = inputs.report_on or told["books_until"]
    title = f"{inputs.unit_name}{inputs.project_name}项目支出绩效自评报告"
    document = official_document(title=f"{title}（{inputs.budget_year}年度）", unit_name=inputs.unit_name, on=on)
    _title(document, inputs)
    body = blocks(inputs)
    for block, following in zip(body, [*body[1:], None], strict=True):
        _place(document, block, inputs, told)
        if isinstance(block, Paragraph) and block.text.endswith("：") and isinstance(following, Table | Picture):
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    _signature(document, inputs.unit_name, on)
    out = io.BytesIO()
    document.save(out)
    return packed(out.getvalue())


def _title(document: Document, inputs: AnnualInputs) -> None:
    """Broken by meaning: the unit, the project, the kind of document."""
    paragraph = document.add_paragraph(style="Title")
    for line in (inputs.unit_name, inputs.project_name):
        paragraph.add_run(line).add_break()
    paragraph.add_run("项目支出绩效自评报告")
    document.add_paragraph(f"（{inputs.budget_year}年度）", style="Subtitle")
    document.add_paragraph()


def _place(document: Document, block: Block, inputs: AnnualInputs, told: dict[str, Any]) -> None:
    match block:
        case Heading():
            document.add_paragraph(block.text, style=f"Heading {block.level}")
        case Paragraph():
            _paragraph(document, block)
        case Table():
            _table(document, block)
        case Picture():
            paragraph = document.add_paragraph(style="图")
            picture = io.BytesIO(months_png(told["months"], width_mm=TEXT_WIDTH_MM))
            paragraph.add_run().add_picture(picture, width=Mm(TEXT_WIDTH_MM))
            _describe(document, f"{inputs.budget_year}年度逐月累计支出曲线，标明年末与春节前两个口径")


def _paragraph(document: Document, block: Paragraph) -> None:
    is_figures = block.source == "figures"
    run = document.add_paragraph(style="Normal" if is_figures else "部门陈述").add_run(block.text)
    if block.source == "placeholder":
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _describe(document: Document, text: str) -> None:
    """Words for those who cannot see the picture."""
    document.inline_shapes[-1]._inline.docPr.set("descr", text)


def _table(document: Document, block: Table) -> None:
    document.add_paragraph(block.title, style="表题")
    document.add_paragraph(block.unit, style="表单位")
    table = document.add_table(rows=1 + len(block.lines), cols=len(block.columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table._tbl.tblPr.append(parse_xml(CELL_MARGINS))
    for grid, column in zip(table.columns, block.columns, strict=True):
        grid.width = Mm(column.width)
    lines = (tuple(column.head for column in block.columns), *block.lines)
    for number, (row, texts) in enumerate(zip(table.rows, lines, strict=True)):
        is_head = number == 0
        _row_rules(row, is_head=is_head)
        is_last = number == len(block.lines)
        for cell, text, column in zip(row.cells, texts, block.columns, strict=True):
            cell.width = Mm(column.width)
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles["表格"]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_head else ALIGNMENTS[column.align]
            paragraph.paragraph_format.keep_with_next = not is_last
            run = paragraph.add_run(text)
            if is_head:
                set_fonts(run._r.get_or_add_rPr(), HEI)
            run.font.size = Pt(block.size)
            run.bold = number - 1 in block.bold_lines
            _centre(cell)
    document.add_paragraph(style="表单位")


def _row_rules(row: Any, *, is_head: bool) -> None:
    """A row is never torn apart; the head comes again on the next page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    properties.append(parse_xml(f'<w:trHeight {nsdecls("w")} w:val="454" w:hRule="atLeast"/>'))  # 8 mm
    if is_head:
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _centre(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))


def _signature(document: Document, unit_name: str, on: date) -> None:
    """Unit two characters in from the right, the date below it beginning two characters further right (GB/T 9704).

    A date longer than the unit's name stands two characters in, and the name moves left instead.
    """
    unit_width = len(unit_name) * 2
    day = zh_date(on)
    day_width = sum(1 if character.isascii() else 2 for character in day)
    inset = 4  # two characters, in halves
    unit_right, day_right = inset, unit_width - day_width
    if day_right < inset:
        unit_right, day_right = inset + day_width + inset - unit_width, inset
    document.add_paragraph()
    for text, right in ((unit_name, unit_right), (day, day_right)):
        paragraph = document.add_paragraph(text, style="落款")
        properties = paragraph._p.get_or_add_pPr()
        indent = properties.get_or_add_ind()
        indent.right = Pt(right * BODY_PT / 2)
        paragraph.paragraph_format.keep_with_next = text is unit_name
