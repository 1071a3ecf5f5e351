"""One visit stands in 走访慰问登记表 and in the list that pays it."""

from datetime import timedelta

from data.synthetic.knowledge import story
from data.synthetic.quirks.choice import chance, plain_lines
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation, Visit
from data.synthetic.size import Size


def happen(size: Size, federation: Federation) -> None:
    """The first list of visits is registered too, unless the office has registered one anyway."""
    if federation.visits:
        return
    line = next(plain_lines(federation, "warmth_visit"), None)
    if line is not None:
        leader = chance(size, "q01").choice(story("names")["leaders"])
        visited_on = line.batch.pay_on - timedelta(days=2)
        federation.visits += [Visit(p, visited_on, leader) for p in line.batch.payments if not p.incident]


QUIRK = Quirk("q01", "同一次慰问既在登记表又在汇总表", happen=happen)
