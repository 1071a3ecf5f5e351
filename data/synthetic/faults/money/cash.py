"""R14.cash: money of the funds was taken in cash. It was put back; the fact stays and is explained."""

from datetime import date, time

from data.synthetic.amounts import YUAN
from data.synthetic.bank import sorted_lines
from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money.choosing import first
from data.synthetic.faults.money.reshape import rebalance
from data.synthetic.knowledge import story, workday
from data.synthetic.paper.papers import row
from data.synthetic.records import Account, BankLine
from data.synthetic.scene import Scene

MONTHS = (5, 10)  # between them somebody goes to the bank
HOURS = {"out": 11, "in": 10}


class Cash(Fault):
    """A withdrawal from a county's 专户, paid in again a week later."""

    rule_id = "R14.cash"
    withdrawal: BankLine

    def book(self, scene: Scene) -> None:
        """Two lines more on the account; executed is nothing of it."""
        federation, chance = scene.federation, scene.chance(self.name)
        accounts = [a for a in federation.accounts.values() if a.nature == "专户" and not a.unit.is_city]
        chance.shuffle(accounts)
        account = first((one for one in accounts if scene.is_free(one)), "专户 of a county")
        fen = chance.randrange(5, 20) * 100 * YUAN
        on = workday(date(federation.year, chance.randint(*MONTHS), chance.randint(1, 28)))
        self.withdrawal = _line(account, on, "out", fen)
        put_back = _line(account, workday(on, after=5), "in", fen)
        federation.bank_lines = sorted_lines([*federation.bank_lines, self.withdrawal, put_back])
        rebalance(federation, account)
        scene.take(self.withdrawal, put_back)

    def write(self, scene: Scene) -> None:
        """The statement shows it as it was."""
        unit = self.withdrawal.account.unit
        scene.expect(self.rule_id, unit, row("bank_statements", self.withdrawal))
        scene.waive(self.rule_id, unit, reason="误支现金已于一周内全额缴回专户，附缴款回单")


def _line(account: Account, on: date, direction: str, fen: int) -> BankLine:
    words = story("bank_words")[f"cash_{direction}"]
    return BankLine(
        account=account,
        transacted_on=on,
        at=time(HOURS[direction], 30),
        booked_on=on,
        direction=direction,
        amount_fen=fen,
        counterparty_name="",
        counterparty_account="",
        usage=words["usage"],
        memo=words["memo"],
        classification="cash",
        serial=f"{on:%y%m%d}{fen:010d}",
    )
