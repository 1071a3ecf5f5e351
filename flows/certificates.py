"""Why a bank line was answered as it was: what agreed, which candidates there were, and why each lost, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.edges.published import Published, Row
from flows.words import say

_FIELDS = ("is_same_account", "is_same_name", "is_same_amount", "is_number_named")
_MOST = 20  # candidates that are told; --json has all
_OF_PAYMENT = """
SELECT c.*, b.account_last4, b.value_on, b.amount_yuan, b.source_file, b.sheet, b.row_no
FROM marts.match_candidates AS c
LEFT JOIN marts.bank_lines AS b ON b.bank_line_id = c.bank_line_id
WHERE c.payment_id = $id OR (c.payment_id IS NULL AND c.unit_code = $unit AND c.batch_no = $batch)
ORDER BY c.is_chosen DESC, c.payment_rank, c.line_rank, c.pair_id
"""
_OF_LINE = """
SELECT c.*, p.pay_on, p.amount_yuan, p.source_file, p.sheet, p.row_no
FROM marts.match_candidates AS c
LEFT JOIN marts.payments AS p ON p.payment_id = c.payment_id
WHERE c.bank_line_id = $id
ORDER BY c.is_chosen DESC, c.line_rank, c.payment_rank, c.pair_id
"""
_DECIDED = """
SELECT DISTINCT choice, decided_by, decided_on, void_code
FROM checks.choices
WHERE bank_line_id = $id OR payment_id = $id
ORDER BY ALL
"""


def candidates(published: Published, kind: str, found: Row) -> list[Row]:
    """The candidates of a payment, or of a bank line, the chosen first."""
    if kind == "payment":
        given = {"id": found["payment_id"], "unit": found["unit_code"], "batch": found["batch_no"]}
        return published.rows(_OF_PAYMENT, given)
    return published.rows(_OF_LINE, {"id": found["bank_line_id"]})


def certificate(published: Published, kind: str, found: Row, rows: list[Row]) -> list[str]:
    """What people decided, then a sentence a candidate."""
    subject = found["payment_id"] if kind == "payment" else found["bank_line_id"]
    lines = [_decision(row) for row in published.rows(_DECIDED, {"id": subject})]
    lines += [_candidate(kind, row) for row in rows[:_MOST]]
    return [*lines, say("explain.more_candidates", count=len(rows) - _MOST)] if len(rows) > _MOST else lines


def agreed(row: Mapping[str, Any]) -> list[str]:
    """What a bank line and a payment have in common, as words."""
    return [say(f"agrees.{field}") for field in _FIELDS if row[field]]


def lost(row: Mapping[str, Any]) -> str:
    """Why a candidate was not taken; '' for the one that was."""
    return say(f"loss.{row['loss_code']}") if row["loss_code"] else ""


def _candidate(kind: str, row: Row) -> str:
    of_line = "explain.of_list" if row["payment_id"] is None else "explain.of_payment"
    what = say("explain.of_line" if kind == "payment" else of_line, **row)
    same = say("list.joint").join(agreed(row)) or say("agrees.nothing")
    days = "" if row["days_apart"] is None else say("explain.days_apart", days=row["days_apart"])
    if row["is_chosen"]:
        return say("explain.chosen", what=what, agreed=same, days=days)
    return say("explain.lost", what=what, agreed=same, days=days, loss=lost(row))


def _decision(row: Row) -> str:
    state = say("decision.holds" if row["void_code"] is None else "decision.void")
    choice = say(f"choice.{row['choice']}")
    return say("explain.decision", by=row["decided_by"], on=row["decided_on"] or "—", choice=choice, state=state)
