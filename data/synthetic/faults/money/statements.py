"""R18: statements that do not add up, or leave days out. What the bank booked is right all the time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money.choosing import first
from data.synthetic.paper.document import Document
from data.synthetic.paper.papers import Papers, file, nowhere
from data.synthetic.paper.statements import Statement
from data.synthetic.records import Account, BankLine
from data.synthetic.scene import FIRST, Scene

DAILY_LIFE = ("out_of_scope", "fee", "interest")
NEIGHBOURS = 3  # lines that stay on either side
GAP_DAYS = 5
WINDOW = timedelta(days=15)  # in which a due payment is looked for on the statement


def full_accounts(scene: Scene, name: str) -> list[Account]:
    """Free accounts of counties with full statements, in shuffled order."""
    found = [
        account
        for account in scene.federation.accounts.values()
        if account.shows_all and not account.unit.is_city and scene.is_free(account)
    ]
    scene.chance(name).shuffle(found)
    return found


def lines_of_year(scene: Scene, account: Account) -> list[BankLine]:
    """In the order of the bank."""
    year = scene.federation.year
    return [line for line in scene.federation.bank_lines if line.account is account and line.transacted_on.year == year]


class LineLeftOut(Fault):
    """A county strikes a line that is none of the funds' business from a full statement: the balances jump."""

    rule_id = "R18.balance"

    def write(self, scene: Scene) -> None:
        """The whole statement comes again."""
        line, beside = first(self._found(scene), "line of daily life on a full statement")
        scene.take(line.account, line, beside)
        scene.first.find("bank_statements", line).take_out()
        scene.books[FIRST].leave_out_line(line)
        scene.expect(self.rule_id, line.account.unit, file("bank_statements", beside))

    def _found(self, scene: Scene) -> Iterator[tuple[BankLine, BankLine]]:
        chance = scene.chance(f"{self.name} line")
        for account in full_accounts(scene, self.name):
            lines = lines_of_year(scene, account)
            places = list(range(NEIGHBOURS, len(lines) - NEIGHBOURS))
            chance.shuffle(places)
            for place in places:
                line, beside = lines[place], lines[place + 1]
                # 农行 prints sums below: they would tell it a second time
                if account.layout != "abc" and line.classification in DAILY_LIFE[:2] and scene.is_free(line, beside):
                    yield line, beside


class MistypedTotal(Fault):
    """The sum at the foot of a 农行 statement is typed wrong."""

    rule_id = "R18.control_total"

    def write(self, scene: Scene) -> None:
        """What went out, by a slip of one digit."""
        found = ((account, lines_of_year(scene, account)) for account in full_accounts(scene, self.name))
        account, lines = first(((a, ls) for a, ls in found if a.layout == "abc" and ls), "full statement with sums")
        scene.take(account, lines[0], lines[-1])
        statement = scene.first.find("bank_statements", lines[0]).statement
        came, went = statement.totals()
        statement.totals_fen = came, went + 900_00
        scene.expect(self.rule_id, account.unit, file("bank_statements", lines[0]))


class MissingDays(Fault):
    """The year's statement comes as two files, and some days between them come only with the second delivery."""

    rule_id = "R18.gap"

    def write(self, scene: Scene) -> None:
        """Days of daily life only: nothing of the funds is missing or due."""
        account, start = first(self._found(scene), "days on which an account saw daily life only")
        end = start + timedelta(days=GAP_DAYS - 1)
        lines = lines_of_year(scene, account)
        scene.take(account, *lines)
        year_end = date(start.year, 12, 31)
        around = ((date(start.year, 1, 1), start - timedelta(days=1)), (end + timedelta(days=1), year_end))
        for papers in (scene.first, scene.final):
            whole = papers.find("bank_statements", lines[0]).document
            parts = [_part(whole, *span) for span in around]
            _exchange(papers, whole, parts if papers is scene.first else [*parts, _part(whole, start, end)])
        for line in lines:
            if start <= line.transacted_on <= end:
                scene.books[FIRST].leave_out_line(line)
        scene.expect(self.rule_id, account.unit, nowhere)

    def _found(self, scene: Scene) -> Iterator[tuple[Account, date]]:
        """First where nothing is due in the days before, then where nothing is due on the days themselves."""
        days = [date(scene.federation.year, 2, 1) + timedelta(days=n) for n in range(300)]
        for before in (WINDOW, timedelta(days=1)):
            for account in full_accounts(scene, self.name):
                lines = lines_of_year(scene, account)
                whole = scene.first.find("bank_statements", lines[0]).document if lines else None
                if whole is None or whole.archive or not scene.is_free(*lines):
                    continue
                due = [batch.pay_on for batch in scene.federation.batches if batch.unit is account.unit]
                for start in days:
                    end = start + timedelta(days=GAP_DAYS - 1)
                    is_due = any(start - before <= day <= end for day in due)
                    if not is_due and _is_daily_life(lines, start, end):
                        yield account, start


def _is_daily_life(lines: list[BankLine], start: date, end: date) -> bool:
    """Whether these days move the balance, by nothing of the funds, and no line is booked across their borders."""
    inside = [line for line in lines if start <= line.transacted_on <= end]
    moved = sum(line.amount_fen if line.direction == "in" else -line.amount_fen for line in inside)
    crosses = any((line.transacted_on < start) != (line.booked_on < start) for line in lines)
    crosses |= any((line.transacted_on <= end) != (line.booked_on <= end) for line in lines)
    return moved != 0 and not crosses and all(line.classification in DAILY_LIFE for line in inside)


def _part(whole: Document, start: date, end: date) -> Document:
    """The statement of a part of the days, with the days in its name."""
    (page,) = whole.pages
    assert isinstance(page, Statement)
    entries = [entry for entry in page.entries if start <= entry.of.transacted_on <= end]
    label = "至".join(f"{day.year}年{day.month}月{day.day}日" for day in (start, end))
    stem = f"{whole.stem.rpartition('_')[0]}_{label}"
    return replace(whole, stem=stem, pages=[replace(page, entries=entries, first=start, last=end)])


def _exchange(papers: Papers, whole: Document, parts: list[Document]) -> None:
    place = next(n for n, document in enumerate(papers.documents) if document is whole)
    papers.documents[place : place + 1] = parts
