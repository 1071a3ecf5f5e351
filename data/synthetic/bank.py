"""The lines of every account that move the funds: receipts, transfers, payments, returns."""

import random
from datetime import date, time, timedelta

from data.synthetic.knowledge import story
from data.synthetic.likeness import alike_transfers, debit_fen
from data.synthetic.notices import transfers
from data.synthetic.records import Account, Arrival, BankLine, Batch, Clawback, Notice, Payment
from data.synthetic.size import Size

# The hour at which each kind is booked: money comes in before it goes out, so that no balance is ever negative.
HOURS = {
    "interest": 1,
    "receipt": 9,
    "return": 10,
    "allotment_out": 11,
    "allotment_in": 12,
    "clawback_out": 13,
    "clawback_in": 13,
    "batch": 14,
    "single": 15,
    "reimbursement": 16,
    "fee": 17,
}
BOOKED_NEXT_DAY = 0.06  # of the lines of a bank that states 记账日期
YEAR_END = (12, 25)


class Bank:
    """Writes lines into accounts; `lines` grows in no order, `sorted_lines` gives each account's own order."""

    def __init__(self, size: Size, accounts: dict[str, Account], statements_to: date) -> None:
        self.accounts = accounts
        self.statements_to = statements_to
        self.chance: random.Random = size.chance("bank")
        self.words = story("bank_words")
        self.city = next(account for account in accounts.values() if account.unit.is_city)
        self.lines: list[BankLine] = []

    def line(
        self,
        account: Account,
        *,
        on: date,
        classification: str,
        direction: str,
        fen: int,
        name: str = "",
        counterparty: str = "",
        words: dict[str, str],
        hour: int | None = None,
        batch_no: str = "",
        **filled: str,
    ) -> BankLine:
        """One line; `words` gives usage and memo, `filled` what stands in their braces."""
        chance = self.chance
        at = time(HOURS[classification] if hour is None else hour, chance.randrange(60), chance.randrange(60))
        made = BankLine(
            account=account,
            transacted_on=on,
            at=at,
            booked_on=self._booked_on(account, on),
            direction=direction,
            amount_fen=fen,
            counterparty_name=name,
            counterparty_account=counterparty,
            usage=words["usage"].format(**filled),
            memo=words["memo"].format(**filled),
            classification=classification,
            batch_no=batch_no,
            serial=f"{on:%y%m%d}{chance.randrange(10**10):010d}",
        )
        self.lines.append(made)
        return made

    def _booked_on(self, account: Account, on: date) -> date:
        """The next day now and then, but never over the end of the year or of the statement."""
        is_near_end = (on.month, on.day) >= YEAR_END or on > self.statements_to - timedelta(days=3)
        is_late = account.layout == "ccb" and self.chance.random() < BOOKED_NEXT_DAY
        return on + timedelta(days=1) if is_late and not is_near_end else on

    def receive(self, arrivals: list[Arrival]) -> None:
        """The credits of arrivals that come as money."""
        for arrival in arrivals:
            if arrival.has_credit:
                self.line(
                    self.city,
                    on=arrival.arrived_on,
                    classification="receipt",
                    direction="in",
                    fen=arrival.amount_fen,
                    name=arrival.payer_name,
                    counterparty="4300" + "".join(self.chance.choices("0123456789", k=14)),
                    words=self.words["receipt"],
                    project=arrival.project_name,
                    quota=arrival.quota_no,
                )

    def transfer(self, notices: list[Notice]) -> None:
        """City debit and county credit of what each notice gives a unit."""
        sent = transfers(notices)
        alike = alike_transfers(sent)
        for (number, code), given in sent.items():
            county = self.accounts[code]
            is_short = county.layout == "abc" and (number, code) not in alike
            out_words = self.words["allotment_out"]
            in_words = self.words["allotment_short" if is_short else "allotment_in"]
            for account, other, on, kind, direction, words in (
                (self.city, county, given.paid_out_on, "allotment_out", "out", out_words),
                (county, self.city, given.received_on, "allotment_in", "in", in_words),
            ):
                self.line(
                    account,
                    on=on,
                    classification=kind,
                    direction=direction,
                    fen=given.amount_fen,
                    name=other.holder,
                    counterparty=other.number,
                    words=words,
                    notice=number,
                )

    def take_back(self, clawbacks: list[Clawback]) -> None:
        """County debit and city credit of what a county gives back."""
        for one in clawbacks:
            county = self.accounts[one.unit.code]
            for account, other, way in ((county, self.city, "out"), (self.city, county, "in")):
                self.line(
                    account,
                    on=one.taken_on,
                    classification=f"clawback_{way}",
                    direction=way,
                    fen=one.amount_fen,
                    name=other.holder,
                    counterparty=other.number,
                    words=self.words["clawback"],
                    notice=one.notice.number,
                )

    def pay(self, batches: list[Batch]) -> None:
        """The debits of every list, and the credits of what came back."""
        for batch in batches:
            if batch.planned_on:
                continue
            if batch.is_single:
                for payment in batch.payments:
                    payment.paid_by = self._pay_single(payment)
            else:
                debit = self._pay_batch(batch) if batch.repaid_on is None else self._pay_back(batch, batch.repaid_on)
                for payment in batch.payments:
                    payment.paid_by = None if payment.incident == "failed" else debit
            for payment in batch.payments:
                if payment.incident == "returned":
                    payment.returned_by = self._return(payment)

    def _pay_batch(self, batch: Batch) -> BankLine:
        words = self.words["batch_numbered" if batch.says_number else "batch"]
        return self.line(
            batch.account or self.accounts[batch.unit.code],
            on=batch.pay_on,
            classification="batch",
            direction="out",
            fen=debit_fen(batch),
            name=words["name"],
            words=words,
            batch_no=batch.number,
            batch=batch.number,
        )

    def _pay_back(self, batch: Batch, repaid_on: date) -> BankLine:
        """归垫: the unit's own pocket, an account that no register knows, gets back what it has advanced."""
        return self.line(
            self.accounts[batch.unit.code],
            on=repaid_on,
            classification="reimbursement",
            direction="out",
            fen=debit_fen(batch),
            name=batch.unit.name,
            counterparty="1909" + "".join(self.chance.choices("123456789", k=15)),
            words=self.words["reimbursement"],
            batch_no=batch.number,
            batch=batch.number,
        )

    def _pay_single(self, payment: Payment) -> BankLine:
        batch = payment.batch
        category = self.words["category"][batch.aid_category]
        return self.line(
            self.accounts[batch.unit.code],
            on=batch.pay_on,
            classification="single",
            direction="out",
            fen=payment.amount_fen,
            name=payment.payee_name,
            counterparty=payment.card.number,
            words=self.words["single"],
            batch_no=batch.number,
            category=f"{category} {batch.number}" if batch.says_number else category,
        )

    def _return(self, payment: Payment) -> BankLine:
        """The money comes back from the card; the memo names the list unless the payout result tells the line."""
        batch = payment.batch
        is_told = payment.is_return_in_result or batch.is_single or not batch.is_numbered
        assert payment.returned_on is not None, "set with the incident"
        return self.line(
            self.accounts[batch.unit.code],
            on=payment.returned_on,
            classification="return",
            direction="in",
            fen=payment.amount_fen,
            name=payment.payee_name,
            counterparty=payment.card.number,
            words=self.words["return" if is_told else "return_numbered"],
            batch_no=batch.number,
            batch=batch.number,
        )


def sorted_lines(lines: list[BankLine]) -> list[BankLine]:
    """Account by account, in the order in which the bank booked them."""
    return sorted(
        lines,
        key=lambda line: (line.account.unit.code, line.account.enabled_on, line.transacted_on, line.at, line.serial),
    )
