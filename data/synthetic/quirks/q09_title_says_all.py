"""Source, year and unit of a list stand in its title only."""

from data.synthetic.quirks.choice import counties
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation
from data.synthetic.size import Size

PROFILE = "titled"


def happen(size: Size, federation: Federation) -> None:
    """The county with the most lists, of those whose manner is still free, writes its lists so."""
    free = [unit for unit in counties(federation) if unit.code not in federation.profiles]
    lists = {unit.code: sum(batch.unit is unit for batch in federation.batches) for unit in free}
    if lists:
        federation.profiles[max(lists, key=lambda code: lists[code])] = PROFILE


QUIRK = Quirk("q09", "来源、年度、单位只写在标题里", happen=happen)
