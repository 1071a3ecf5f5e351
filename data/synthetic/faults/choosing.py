"""Whom a fault strikes: choices that keep other rules and matches silent."""

from collections import Counter
from collections.abc import Callable

from data.synthetic.records import Federation, Household, Payment, Person
from data.synthetic.scene import NoRoomError, Scene

VISIT = "warmth_visit"


def helped(scene: Scene, name: str, fits: Callable[[Payment], bool] = lambda payment: True) -> Payment:
    """A free line of help other than a visit, whose person has no namesake; the line and its household are taken.

    Not a visit: a register may stand beside it. Lines paid one by one before lists paid as a whole, which the faults of
    the bank need more.
    """
    unique = names_once(scene.federation)
    found = [
        payment
        for payment in scene.free_payments(name)
        if payment.batch.aid_category != VISIT and payment.household.head.name in unique and fits(payment)
    ]
    if not found:
        raise NoRoomError("no line of help is left")
    payment = min(found, key=lambda one: not one.batch.is_single)
    scene.take(payment, payment.household)
    return payment


def filed(scene: Scene, name: str, fits: Callable[[Household], bool] = lambda household: True) -> Household:
    """A free case file, open to the end, whose 本人 has no namesake and never closed; it is taken."""
    unique = names_once(scene.federation)
    for household in scene.free_files(name):
        if household.closed_on is None and household.head.name in unique and fits(household):
            scene.take(household)
            return household
    raise NoRoomError("no case file is left")


def names_once(federation: Federation) -> set[str]:
    """Names that one person alone has, so that nobody can be taken for somebody else."""
    people = (person for household in federation.households for person in everybody(household))
    return {name for name, count in Counter(person.name for person in people).items() if count == 1}


def everybody(household: Household) -> list[Person]:
    """All people of a file, 本人 first."""
    return [household.head, *family(household)]


def family(household: Household) -> list[Person]:
    """Everybody in a file but 本人."""
    spouse = [household.spouse] if household.spouse else []
    return [*spouse, *(child.person for child in household.children), *household.parents]


def of_one_household(household: Household) -> list[Person]:
    """配偶 and 未成年子女: with 本人 the household of the books."""
    spouse = [household.spouse] if household.spouse else []
    return [*spouse, *(child.person for child in household.children if child.is_minor)]


def is_known_by_amount(scene: Scene, payment: Payment) -> bool:
    """Whether name and amount alone tell the line: its unit pays nobody else of that name, and the amount once."""
    return not any(
        other is not payment
        and other.batch.unit is payment.batch.unit
        and other.household.head.name == payment.household.head.name
        and other.amount_fen == payment.amount_fen
        for other in scene.federation.payments
    )
