"""The money goes to a new card of the spouse: 持卡人 says so, the case file does not know the card yet."""

from typing import TYPE_CHECKING

from data.synthetic.numbers import Numbers
from data.synthetic.paper.papers import cell
from data.synthetic.quirks.choice import chance, plain_lines
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Card, Federation
from data.synthetic.size import Size

if TYPE_CHECKING:
    from data.synthetic.scene import Scene

AT_MOST = 3


def happen(size: Size, federation: Federation) -> None:
    """Some lines of different households, of lists that the bank pays as a whole and of single ones."""
    numbers = Numbers(chance(size, "q13"))
    numbers.given = {card for p in federation.payments for card in (p.card.number, p.household.card.number)}
    given: set[tuple[str, bool]] = set()
    for line in plain_lines(federation):
        kind = (line.batch.unit.code, line.batch.is_single)
        spouse = line.household.spouse
        if spouse is None or kind in given or line.household.opened_on >= line.batch.pay_on:
            continue
        own = line.card
        line.card = Card(numbers.card(own.number[:6]), own.bank_name, spouse.name)
        given.add(kind)
        if len(given) == AT_MOST:
            return


def remarked(scene: "Scene") -> None:
    """The card is not in the file yet: an info, no reproach."""
    for line in scene.federation.payments:
        if line.card.holder:
            scene.expect("R15", line.batch.unit, cell("rosters", line, "银行卡号"), stays=True)


QUIRK = Quirk("q13", "发到配偶新办的银行卡", happen=happen, remarked=remarked)
