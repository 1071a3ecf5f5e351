"""A notice gives a county money of three sources, and one transfer carries it all."""

from data.synthetic.quirks.choice import counties
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Batch, Federation, Notice, NoticeLine, Unit
from data.synthetic.size import Size

PROGRAMMES = ("central_medical", "pool_medical", "provincial_medical")  # the first one's notice speaks for all


def happen(size: Size, federation: Federation) -> None:
    """The first county with medical help of three sources gets all of it on the earliest notice."""
    for unit in counties(federation):
        lists = {key: _lists(federation, key, unit) for key in PROGRAMMES}
        if all(lists.values()):
            first = _notice(lists[PROGRAMMES[0]])
            for key in PROGRAMMES[1:]:
                _move(federation, unit, first, lists[key])
            return


def _lists(federation: Federation, programme: str, unit: Unit) -> list[Batch]:
    return [batch for batch in federation.batches if batch.programme == programme and batch.unit is unit]


def _notice(lists: list[Batch]) -> Notice:
    notice = lists[0].notice
    assert notice is not None, "a county's list has a notice"
    return notice


def _move(federation: Federation, unit: Unit, first: Notice, lists: list[Batch]) -> None:
    """What another notice gave the unit becomes a line of the first: same number, own source."""
    other = _notice(lists)
    leader = next(line for line in first.lines if line.unit is unit)
    moved = next(line for line in other.lines if line.unit is unit)
    other.lines.remove(moved)
    line = NoticeLine(unit, moved.amount_fen, leader.paid_out_on, leader.received_on)
    same = Notice(
        number=first.number,
        budget_year=other.budget_year,
        project_name=other.project_name,
        fund_source=other.fund_source,
        aid_category=other.aid_category,
        issued_on=first.issued_on,
        use_by_on=other.use_by_on,
        lines=[line],
    )
    federation.notices.insert(federation.notices.index(first) + 1, same)
    for batch in lists:
        batch.notice = same


QUIRK = Quirk("q06", "一份通知单三个来源，一笔拨付", happen=happen)
