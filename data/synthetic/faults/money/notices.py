"""R17: transfer notices overdrawn, used late, mistyped."""

from collections.abc import Iterator
from datetime import date

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money import pages, reshape
from data.synthetic.faults.money.choosing import (
    LAST_DAY,
    county_list,
    first,
    given_to,
    lists_on,
    lone_line,
    may_have_own_list,
    notice_of,
    plain_lists,
    stands_alone,
)
from data.synthetic.knowledge import workday
from data.synthetic.paper.habits import habits_of
from data.synthetic.paper.papers import cell, nowhere, row
from data.synthetic.records import Batch, Notice, Payment
from data.synthetic.scene import FIRST, Scene


class Overdrawn(Fault):
    """A list states another notice of its unit, source, project and year: that one is then overdrawn."""

    rule_id = "R17.over"

    payment: Payment
    stated: Notice

    def happen(self, scene: Scene) -> None:
        """Choose both; no other fault may touch a list of the notice that is named in error."""
        self.payment = lone_line(scene, self.name, lambda one: county_list(one) and any(self._others(scene, one)))
        batch = self.payment.batch
        self.stated = first(self._others(scene, batch), "other notice")
        scene.take(batch, self.payment.household)
        for one in (self.stated, notice_of(batch)):
            given = next(line for line in one.lines if line.unit is batch.unit)
            scene.take(given)
            if one is self.stated:
                scene.take(*lists_on(scene, given))

    def _others(self, scene: Scene, batch: Batch) -> Iterator[Notice]:
        """Notices used up, so that one line more is too much."""
        own = notice_of(batch)
        for notice in scene.federation.notices:
            is_like = (notice.fund_source, notice.project_name, notice.budget_year) == (
                own.fund_source,
                own.project_name,
                own.budget_year,
            )
            if notice is own or not is_like or not notice.issued_on < batch.pay_on <= notice.use_by_on:
                continue
            for given in notice.lines:
                lists = lists_on(scene, given)
                spent = sum(p.amount_fen for one in lists for p in one.payments if not p.incident)
                fen = min(payment.amount_fen for payment in batch.payments)
                if given.unit is batch.unit and scene.is_free(given, *lists) and spent + fen > given.amount_fen:
                    yield notice

    def write(self, scene: Scene) -> None:
        """In the cell and, where the title names it, there."""
        batch = self.payment.batch
        spot = scene.first.find("rosters", self.payment)
        spot.row["通知单号"] = self.stated.number
        if pages.is_titled(scene, batch):
            spot.table.title = spot.table.title.replace(notice_of(batch).number, self.stated.number)
        scene.books[FIRST].state(self.payment, notice_no=self.stated.number)
        scene.expect(self.rule_id, batch.unit, nowhere)


class UsedLate(Fault):
    """One unit's money was to be used earlier than its last list: that list is late, and approved."""

    rule_id = "R17.late"

    payment: Payment

    def happen(self, scene: Scene) -> None:
        """A line is paid by a list of its own, after all others of the notice and after the last day of use."""
        payment = first(self._late(scene), "line that could be paid last")
        given = given_to(payment.batch)
        used_on = self._used_on(scene, payment)
        pay_on = max(payment.batch.pay_on, workday(used_on, after=4))
        scene.take(payment.household, given)
        batch = reshape.own_list(scene.federation, payment, pay_on)
        given.use_by_on = workday(used_on, after=1)
        scene.take(batch)
        self.payment = payment

    def _late(self, scene: Scene) -> Iterator[Payment]:
        for batch in plain_lists(scene, self.name, county_list):
            for payment in batch.payments:
                is_alone = len(batch.payments) == 1 and batch.pay_on < workday(self._used_on(scene, payment), after=4)
                last = workday(self._used_on(scene, payment), after=4)
                may_move = may_have_own_list(payment) and not is_alone and last <= date(batch.pay_on.year, *LAST_DAY)
                is_free = scene.is_free(payment.household, given_to(batch))
                if may_move and is_free and stands_alone(scene, payment):
                    yield payment

    @staticmethod
    def _used_on(scene: Scene, payment: Payment) -> date:
        """The last day on which the unit uses this notice for anybody else; at least the day the money came."""
        given = given_to(payment.batch)
        others = [one for one in lists_on(scene, given) if any(p is not payment for p in one.payments)]
        return max([given.received_on, *(one.pay_on for one in others)])

    def write(self, scene: Scene) -> None:
        """The papers say what happened."""
        batch = self.payment.batch
        scene.expect(self.rule_id, batch.unit, row("rosters", self.payment))
        scene.waive(self.rule_id, batch.unit, batch.number, reason="上级已书面同意延期使用，附批复文件")


class MistypedNotice(Fault):
    """A line names a notice that nobody has issued: its budget year is not known, it is in no figure."""

    rule_id = "R17.unknown_notice"

    payment: Payment

    def happen(self, scene: Scene) -> None:
        """A line of a list whose title says no year."""
        found = (
            payment
            for batch in plain_lists(scene, self.name, county_list)
            if self._is_untitled(scene, batch)
            for payment in batch.payments
            if scene.is_free(payment.household)
        )
        self.payment = first(found, "line of a county whose sheets bear no year")
        scene.take(self.payment.batch, self.payment.household)

    @staticmethod
    def _is_untitled(scene: Scene, batch: Batch) -> bool:
        """At every noise, so that what happens is the same at each."""
        place = next(n for n, unit in enumerate(scene.federation.units) if unit is batch.unit)
        own = scene.federation.profiles.get(batch.unit.code, "")
        return all(habits_of(place, noise, own).sheets == "source" for noise in (0, 1, 2))

    def write(self, scene: Scene) -> None:
        """One digit too many."""
        issued = {notice.number for notice in scene.federation.notices}
        head, tail = notice_of(self.payment.batch).number.split("〕")
        number = first((n for d in range(1, 10) if (n := f"{head}〕{d}{tail}") not in issued), "number of no notice")
        scene.first.find("rosters", self.payment).row["通知单号"] = number
        scene.books[FIRST].state(self.payment, notice_no=number, budget_year=None, project_name="")
        scene.expect(self.rule_id, self.payment.batch.unit, cell("rosters", self.payment, "通知单号"))
