"""A county keeps one workbook with a sheet for each source."""

from data.synthetic.quirks.choice import counties
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation
from data.synthetic.size import Size

PROFILE = "tidy"


def happen(size: Size, federation: Federation) -> None:
    """The county with the most sources keeps its lists so."""
    sources = {
        unit.code: {batch.fund_source for batch in federation.batches if batch.unit is unit}
        for unit in counties(federation)
    }
    if sources:
        federation.profiles.setdefault(max(sources, key=lambda code: len(sources[code])), PROFILE)


QUIRK = Quirk("q08", "一本工作簿每个来源一张表", happen=happen)
