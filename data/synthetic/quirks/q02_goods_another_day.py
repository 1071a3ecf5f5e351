"""Goods are brought on one day, the money comes to the card on another: one visit, two rows."""

from datetime import timedelta

from data.synthetic.knowledge import story
from data.synthetic.quirks.choice import chance, plain_lines
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation, Visit
from data.synthetic.size import Size

GOODS_FEN = (120_00, 168_00, 200_00)
DAYS_APART = (-9, -5, -3, 4, 8)  # well within the days that make one visit of two rows
AT_MOST = 4


def happen(size: Size, federation: Federation) -> None:
    """Rice and oil some days before the money or after it; some of these visits have a row for the money too."""
    drawn = chance(size, "q02")
    registered = {id(visit.payment): visit for visit in federation.visits}
    lines = list(plain_lines(federation, "warmth_visit"))
    with_row = [line for line in lines if id(line) in registered][: AT_MOST // 2]
    without = [line for line in lines if id(line) not in registered][: AT_MOST - len(with_row)]
    for line in with_row + without:
        money = registered.get(id(line))
        came_on = money.visited_on if money else line.batch.pay_on
        brought_on = min(came_on + timedelta(days=drawn.choice(DAYS_APART)), federation.statements_to)
        leader = money.leader if money else drawn.choice(story("names")["leaders"])
        goods_fen = drawn.choice(GOODS_FEN)
        federation.visits.append(Visit(line, brought_on, leader, goods_fen=goods_fen, brings_money=False))


QUIRK = Quirk("q02", "一次慰问的物品与慰问金不在同一天", happen=happen)
