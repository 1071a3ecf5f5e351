"""A register of visits of its own, beside those that the office sends anyway: a place that disturbs nothing else."""

from datetime import timedelta

from data.synthetic.faults.choosing import VISIT
from data.synthetic.knowledge import story
from data.synthetic.paper.document import Document, Form
from data.synthetic.paper.habits import Habits, habits_of
from data.synthetic.paper.table import Row
from data.synthetic.paper.tables_city import form
from data.synthetic.paper.tables_unit import visits
from data.synthetic.records import Batch, Unit, Visit
from data.synthetic.scene import NoRoomError, Scene

DAYS_BEFORE = timedelta(days=2)


def unregistered(scene: Scene, name: str) -> Batch:
    """A county's list of visits of the year that stands in no register yet, all paid at once; it is taken."""
    registered = {id(visit.payment.batch) for visit in scene.federation.visits}
    found = [
        batch
        for batch in scene.federation.batches
        if batch.aid_category == VISIT
        and not batch.unit.is_city
        and scene.is_in_year(batch)
        and batch.original is None
        and id(batch) not in registered
        and not any(payment.incident for payment in batch.payments)
        and scene.is_free(batch, *batch.payments, *(payment.household for payment in batch.payments))
    ]
    if not found:
        raise NoRoomError("no list of visits is left that no register speaks of")
    batch = scene.chance(name).choice(found)
    scene.take(batch, *batch.payments, *(payment.household for payment in batch.payments))
    return batch


def visits_of(scene: Scene, batch: Batch, name: str) -> list[Visit]:
    """A visit for each line of the list, shortly before the money."""
    leader = scene.chance(name).choice(story("names")["leaders"])
    first_day = scene.federation.statements_from
    visited_on = max(batch.pay_on - DAYS_BEFORE, first_day)
    return [Visit(payment, visited_on, leader) for payment in batch.payments]


def habits(scene: Scene, unit: Unit) -> Habits:
    """How the unit writes."""
    place = next(n for n, one in enumerate(scene.federation.units) if one is unit)
    return habits_of(place, scene.noise, scene.federation.profiles.get(unit.code, ""))


def register(scene: Scene, unit: Unit, found: list[Visit], stem: str) -> tuple[Document, list[Row]]:
    """A workbook with these visits, in the unit's own manner, and its rows."""
    rows = visits(found, habits(scene, unit))
    page = Form(form("visits", rows, unit.name), habits(scene, unit).style("visits"))
    return Document(unit.name, stem, "xlsx", [page]), rows
