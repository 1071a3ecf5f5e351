"""M90 to M92: bank lines and lists that find no partner, or two."""

from collections.abc import Iterator
from datetime import date
from itertools import permutations

from data.synthetic.amounts import YUAN
from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money.choosing import (
    debit_of,
    first,
    lone_line,
    may_have_own_list,
    plain_lists,
    source_of,
    stands_alone,
)
from data.synthetic.faults.money.pages import leave_out
from data.synthetic.faults.money.reshape import hand_over, next_number, own_list
from data.synthetic.knowledge import workday
from data.synthetic.paper.papers import file, row
from data.synthetic.records import Batch, Household, Payment
from data.synthetic.scene import FIRST, NoRoomError, Scene


class ListNotSent(Fault):
    """A list of one line is not sent: nothing explains its debit."""

    rule_id = "M90.unexplained"

    payment: Payment

    def happen(self, scene: Scene) -> None:
        """One line with a debit of its own."""
        self.payment = lone_line(scene, self.name)
        scene.take(self.payment.batch, self.payment.household)

    def write(self, scene: Scene) -> None:
        """It comes with the second delivery."""
        payment, debit = self.payment, debit_of(self.payment)
        scene.take(debit)
        leave_out(scene.first, "rosters", payment)
        scene.books[FIRST].leave_out(payment)
        scene.books[FIRST].classify(debit, "unexplained")
        scene.expect(self.rule_id, payment.batch.unit, row("bank_statements", debit))


class TwoAlike(Fault):
    """Two lists of different sources pay one person the same amount; without dates nobody can tell the debits apart."""

    rule_id = "M91.ambiguous"
    alike: tuple[Payment, Payment]

    def happen(self, scene: Scene) -> None:
        """The second one goes to the household of the first, and a neighbour on the list makes up for the amount."""
        one, other, neighbour = first(self._found(scene), "pair of lines of different sources in one unit")
        scene.take(one.household, other.household, neighbour)
        neighbour.amount_fen += one.amount_fen - other.amount_fen
        one.amount_fen = other.amount_fen
        hand_over(other, one.household)
        for payment in (one, other):
            scene.take(own_list(scene.federation, payment))
            payment.batch.says_number = False
        self.alike = one, other

    def _found(self, scene: Scene) -> Iterator[tuple[Payment, Payment, Payment]]:
        lists = plain_lists(scene, self.name, lambda one: one.aid_category != "education_aid")
        for batch in lists:
            for beside in lists:
                if beside.unit is batch.unit and source_of(beside) != source_of(batch):
                    for one, neighbour in permutations(batch.payments, 2):
                        found = (other for other in beside.payments if self._fits(scene, one, neighbour, other))
                        yield from ((one, other, neighbour) for other in found)

    @staticmethod
    def _fits(scene: Scene, one: Payment, neighbour: Payment, other: Payment) -> bool:
        """Whether no other debit could be meant, and the neighbour keeps at least half of what it was."""
        household, fen = one.household, neighbour.amount_fen + one.amount_fen - other.amount_fen
        is_open = household.closed_on is None and household.opened_on < date(scene.federation.year, 1, 1)
        may_move = may_have_own_list(one) and may_have_own_list(other) and household is not other.household
        is_modest = 2 * fen >= neighbour.amount_fen and (one.amount_fen - other.amount_fen) % YUAN == 0
        return (
            is_open
            and may_move
            and is_modest
            and scene.is_free(household, other.household)
            and stands_alone(scene, one, fen=other.amount_fen)
            and stands_alone(scene, neighbour, fen=fen)
        )

    def write(self, scene: Scene) -> None:
        """The first delivery states no day."""
        for payment in self.alike:
            debit = debit_of(payment)
            scene.take(debit)
            scene.first.find("rosters", payment).row["发放日期"] = None
            scene.books[FIRST].state(payment, status="ambiguous", value_on=None)
            scene.books[FIRST].classify(debit, "ambiguous")
            scene.expect(self.rule_id, payment.batch.unit, row("bank_statements", debit))


class NeverPaid(Fault):
    """The city reports a list as paid that never was; in truth it is still to come."""

    rule_id = "M92.unmatched"
    LINES, DAYS_LATER = 2, 10

    batch: Batch

    def happen(self, scene: Scene) -> None:
        """One list more, planned for after everything that statements show."""
        federation = scene.federation
        like = first(self._models(scene), "list of the city's own")
        homes = self._homes(scene, like)
        day = workday(date(federation.year, 10, 11), after=scene.chance(self.name).randrange(20))
        fen = self._amount(scene)
        batch = Batch(
            number=next_number(federation, like.unit, day),
            unit=like.unit,
            programme=like.programme,
            fund_source=like.fund_source,
            budget_year=like.budget_year,
            project_name=like.project_name,
            aid_category=like.aid_category,
            campaign="",
            notice=None,
            pay_on=day,
            is_single=True,
            planned_on=workday(federation.statements_to, after=self.DAYS_LATER),
        )
        batch.payments = [Payment(batch, household, household.card, fen) for household in homes]
        federation.batches.append(batch)
        scene.take(batch, *homes)
        self.batch = batch

    @staticmethod
    def _models(scene: Scene) -> Iterator[Batch]:
        for batch in scene.federation.batches:
            is_own = batch.unit.is_city and batch.budget_year == scene.federation.year
            if is_own and batch.aid_category == "living_aid" and scene.is_in_year(batch):
                yield batch

    def _homes(self, scene: Scene, like: Batch) -> list[Household]:
        """Files of the city that are open all year."""
        new_year = date(scene.federation.year, 1, 1)
        files = scene.free_files(self.name)
        homes = [h for h in files if h.unit is like.unit and h.opened_on < new_year and h.closed_on is None]
        if len(homes) < self.LINES:
            raise NoRoomError("two case files of the city")
        return homes[: self.LINES]

    def _amount(self, scene: Scene) -> int:
        """An amount of which neither one nor all lines equal anything that is paid."""
        paid = {payment.amount_fen for payment in scene.federation.payments}
        paid |= {sum(payment.amount_fen for payment in batch.payments) for batch in scene.federation.batches}
        chance = scene.chance(f"{self.name} amount")
        while (fen := chance.randrange(60, 120) * 1000 + 500) in paid or fen * self.LINES in paid:
            pass
        return fen

    def write(self, scene: Scene) -> None:
        """The first delivery states a day of payment in the past."""
        batch = self.batch
        for payment in batch.payments:
            row_of = scene.first.find("rosters", payment).row
            row_of["拟发日期"], row_of["发放日期"] = None, batch.pay_on
            scene.books[FIRST].state(payment, status="unmatched")
        scene.expect(self.rule_id, batch.unit, file("rosters", batch.payments[0]))
