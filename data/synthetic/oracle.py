"""The definitions of contract sections 4 and 6, said over the records: status, value date, classification, household.

Plain Python, no code shared with the product. It reads what happened (which bank line paid, which brought back), and
from `Books` what a fault made of it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from data.synthetic.books import Books, Posted
from data.synthetic.records import BankLine, Federation, Payment

Row = dict[str, str]


def status(payment: Payment) -> str:
    """`failed`: the bank refused it. `returned`: a credit undid it. `paid`: a debit of our account pays it."""
    if payment.batch.planned_on:
        return "planned"
    if payment.paid_by is None:
        return "failed"
    return "returned" if payment.returned_by else "paid"


def value_on(payment: Payment) -> date | None:
    """The day of the debit that pays the line (起息日期 exists in no layout: the day of the transaction)."""
    return payment.paid_by.transacted_on if payment.paid_by else None


def returned_on(payment: Payment) -> date | None:
    """The day of the credit that undoes the line."""
    return payment.returned_by.transacted_on if payment.returned_by else None


def notice_no(payment: Payment) -> str:
    """The 拨款通知单 that the line names; '' for direct money."""
    notice = payment.batch.notice
    return notice.number if notice else ""


def happened(payment: Payment) -> Posted:
    """The line as honest papers state it; the source as the line states it, not the pool."""
    batch = payment.batch
    return Posted(
        unit_code=batch.unit.code,
        batch_no=batch.number if batch.is_numbered else "",  # else the product issues one
        id_number=payment.household.head.id_number,
        aid_category=batch.aid_category,
        fund_source=batch.fund_source,
        notice_no=notice_no(payment),
        budget_year=batch.budget_year,
        project_name=batch.project_name,
        amount_fen=payment.amount_fen,
        value_on=value_on(payment),
        returned_on=returned_on(payment),
        status=status(payment),
    )


def posted(federation: Federation, books: Books) -> Iterator[Posted]:
    """Every line of every list that the books know."""
    for payment in federation.payments:
        booked = books.posted(payment, happened(payment))
        if booked is not None:
            yield booked
    yield from books.more_payments


def yuan_text(fen: int) -> str:
    """Fen as yuan with two places, exact."""
    sign, whole = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def payments(federation: Federation, books: Books) -> Iterator[Row]:
    """One row a line of a list."""
    for line in posted(federation, books):
        yield {
            "unit_code": line.unit_code,
            "batch_no": line.batch_no,
            "id_number": line.id_number,
            "aid_category": line.aid_category,
            "fund_source": line.fund_source,
            "notice_no": line.notice_no,
            "budget_year": "" if line.budget_year is None else str(line.budget_year),
            "amount_yuan": yuan_text(line.amount_fen),
            "value_on": line.value_on.isoformat() if line.value_on else "",
            "status": line.status,
        }


def bank_lines(federation: Federation, books: Books) -> Iterator[Row]:
    """One row a statement line; `n` counts lines that agree in account, day, direction and amount."""
    seen: Counter[tuple[str, date, str, int]] = Counter()
    for line in books.bank_lines(federation):
        key = (line.account.number, line.booked_on, line.direction, line.amount_fen)
        seen[key] += 1
        yield _bank_line(line, seen[key])


def _bank_line(line: BankLine, n: int) -> Row:
    return {
        "account": line.account.number,
        "booked_on": line.booked_on.isoformat(),
        "direction": line.direction,
        "amount_yuan": yuan_text(line.amount_fen),
        "n": str(n),
        "classification": line.classification,
        "batch_no": line.batch_no,
    }


def households(federation: Federation, books: Books) -> Iterator[Row]:
    """Every person of a household: 本人, 配偶, 未成年子女 of a file; somebody without a file is one alone."""
    stated = dict(books.households)
    for household in federation.households:
        people = [household.head, *([household.spouse] if household.spouse else [])]
        people += [child.person for child in household.children if child.is_minor]
        for person in people:
            number = stated.pop(person.id_number, household.number)
            yield {"id_number": person.id_number, "household_no": number}
    for id_number, household_no in stated.items():
        yield {"id_number": id_number, "household_no": household_no}
