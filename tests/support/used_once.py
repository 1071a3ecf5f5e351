"""What must hold of every certificate, whatever the facts: nothing is used twice, nothing is lost, to the fen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tests.spec.harness import Row

Made = Mapping[str, Sequence[Row]]
WITHOUT = {"unexplained", "ambiguous", "out_of_scope", "cash", "staff_reimbursement"}
CLASSES = {
    "M10.receipt": "receipt", "M11.quota_notice": "quota_notice", "M20.allotment_out": "allotment_out",
    "M21.allotment_in": "allotment_in", "M22.clawback_out": "clawback_out", "M23.clawback_in": "clawback_in",
    "M30.batch": "batch", "M40.single": "single", "M50.return": "return", "M51.reissue": "single",
    "M52.refund": "refund", "M60.fee": "fee", "M61.interest": "interest", "M62.own_transfer": "own_transfer",
    "M63.correction": "correction", "M64.reimbursement": "reimbursement", "M65.advance": "advance",
    "M66.treasury_clearing": "treasury_clearing",
}  # fmt: skip


def faults(facts: Mapping[str, Sequence[Row]], made: Made) -> list[str]:
    """Everything that is wrong with the books of one run, as sentences; none when all is well."""
    return [
        *_lines(facts["facts.bank_lines"], made), *_payments(facts["matched.payment_lines"], made),
        *_notices(facts.get("facts.allotments", ()), made), *_arrivals(facts.get("facts.arrivals", ()), made),
    ]  # fmt: skip


def _lines(given: Sequence[Row], made: Made) -> Iterator[str]:
    """A line is one thing; its certificates say the same and add up to it."""
    classes = {row["bank_line_id"]: row["classification"] for row in made["bank_lines"]}
    if len(made["bank_lines"]) != len(given) or classes.keys() != {row["bank_line_id"] for row in given}:
        yield "bank lines were lost or doubled"
    said: dict[str, set[str]] = defaultdict(set)
    summed: dict[str, Decimal] = defaultdict(Decimal)
    for match in made["matches"]:
        said[match["bank_line_id"]].add(match["rule"])
        summed[match["bank_line_id"]] += match["amount_yuan"]
    for row in given:
        name, rules = row["bank_line_id"], said[row["bank_line_id"]]
        if (classes.get(name) in WITHOUT) == bool(rules):
            yield f"{name} is {classes.get(name)} and has {sorted(rules)}"
        if len(rules) > 1 or any(CLASSES.get(rule, classes.get(name)) != classes.get(name) for rule in rules):
            yield f"{name} is {classes.get(name)} and used by {sorted(rules)}"
        if rules and summed[name] != Decimal(row["amount_yuan"]):
            yield f"{name} is {row['amount_yuan']}, its certificates {summed[name]}"
    if len({match["match_id"] for match in made["matches"]}) != len(made["matches"]):
        yield "two certificates have one name"


def _payments(given: Sequence[Row], made: Made) -> Iterator[str]:
    """A payment is paid once; what came back of it is at most what was paid."""
    if Counter(row["payment_id"] for row in made["payments"]) != Counter(row["payment_id"] for row in given):
        yield "payments were lost or doubled"
    ways = {row["bank_line_id"]: row["direction"] for row in made["bank_lines"]}
    amounts = {row["payment_id"]: Decimal(row["amount_yuan"]) for row in given}
    paid: Counter[str] = Counter()
    back: dict[str, Decimal] = defaultdict(Decimal)
    for match in made["matches"]:
        if match["payment_id"] and ways[match["bank_line_id"]] == "out":
            paid[match["payment_id"]] += 1
        elif match["payment_id"]:
            back[match["payment_id"]] += match["amount_yuan"]
    yield from (f"{name} is paid {count} times" for name, count in paid.items() if count > 1)
    yield from (f"of {name}, {amounts[name]}, {back[name]} came back" for name in back if back[name] > amounts[name])


def _notices(given: Sequence[Row], made: Made) -> Iterator[str]:
    """A notice passes money to a unit once at each end, a clawback likewise."""
    ends = Counter((match["rule"], match["notice_no"]) for match in made["matches"] if match["rule"][:3] in NOTICED)
    units: dict[str, set[str]] = defaultdict(set)
    for row in given:
        for number in (row.get("notice_no"), row.get("basis"), row.get("original_notice_no")):
            units[str(number)].add(row["payee_unit_code"])
    yield from (
        f"{rule} {number} {count} times" for (rule, number), count in ends.items() if count > len(units[str(number)])
    )


NOTICED = ("M20", "M21", "M22", "M23")


def _arrivals(given: Sequence[Row], made: Made) -> Iterator[str]:
    """An arrival is answered to the fen, or not at all."""
    answered: dict[str, Decimal] = defaultdict(Decimal)
    for match in made["matches"]:
        if match["arrival_row_id"]:
            answered[match["arrival_row_id"]] += match["amount_yuan"]
    amounts = {row["row_id"]: abs(Decimal(row["amount_yuan"])) for row in given}
    yield from (
        f"{name} is {amounts[name]} and was answered by {total}"
        for name, total in answered.items()
        if total != amounts[name]
    )
