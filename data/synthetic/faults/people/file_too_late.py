"""R04.not_open: help was paid before the case file was opened. It happened, so it can only be approved."""

from datetime import date, timedelta

from data.synthetic.faults.choosing import VISIT, filed
from data.synthetic.faults.fault import Fault
from data.synthetic.paper.papers import row
from data.synthetic.records import Household, Payment
from data.synthetic.scene import Scene

LATER = timedelta(days=9)  # more than any line of another list could be paid between
REASON = "家庭突发变故，经主席办公会同意先行发放生活救助，档案随后补建"


class FileTooLate(Fault):
    """A county's file; the waiver is the city's, so that its two names are not of the judged unit."""

    rule_id = "R04.not_open"

    def happen(self, scene: Scene) -> None:
        """Open the file some days after the first help, and before the second."""
        household = filed(scene, self.name, lambda one: self._fits(scene, one))
        self.payment = self._help(scene, household)[0]
        household.opened_on = self.payment.batch.pay_on + LATER
        household.reviewed_on = household.opened_on
        household.file_no = f"{household.unit.code}{household.opened_on:%Y}{household.file_no[-5:]}"
        scene.take(self.payment)

    def write(self, scene: Scene) -> None:
        """The papers say it."""
        batch = self.payment.batch
        scene.expect(self.rule_id, batch.unit, row("rosters", self.payment))
        scene.waive(self.rule_id, batch.unit, batch.number, reason=REASON)

    def _fits(self, scene: Scene, household: Household) -> bool:
        lines = self._help(scene, household)
        if not lines or household.unit.is_city:
            return False
        first = lines[0]
        opens_on = first.batch.pay_on + LATER
        return (
            scene.is_in_year(first.batch)
            and opens_on <= date(scene.federation.year, 11, 30)
            and not first.incident
            and scene.is_free(first, first.batch)
            and all(line.batch.pay_on > opens_on for line in lines[1:])
        )

    def _help(self, scene: Scene, household: Household) -> list[Payment]:
        """All help but visits in the order of the days; lists paid again follow their originals."""
        lines = [line for line in scene.payments_of(household) if line.batch.aid_category != VISIT]
        return sorted(lines, key=lambda line: line.batch.pay_on)
