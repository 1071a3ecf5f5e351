"""One meeting decides on money of three sources and five lists: one scanned paper for all of them."""

from data.synthetic.paper.document import Document
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation

STEM = "会议记录_{year}年第{number}次帮扶资金集体研究（央财、省财、市财，五个批次）"
PAGE = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""


def send(federation: Federation, documents: list[Document]) -> None:
    """The office of the city sends the scan with its lists."""
    stem = STEM.format(year=federation.year, number=5)
    documents.append(Document(federation.units[0].name, stem, "pdf", raw=PAGE))


QUIRK = Quirk("q07", "一份会议记录管三个来源五个批次", send=send)
