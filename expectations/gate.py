"""The gate between what was received and what counts: both judges, and they must agree.

The rules' own SQL fills `judged.*` (`findings.judge`); Great Expectations runs the same SQL and its native checks over
the tables (`suites.validate`). A difference between the two is a bug of ours, never a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from expectations.connection import Connection
from expectations.findings import Judgement, judge
from expectations.rulebook import Rule, load_rules
from expectations.suites import ValidationOutcome, validate


@dataclass(frozen=True)
class Verdict:
    """What both judges said."""

    judgement: Judgement
    validations: tuple[ValidationOutcome, ...]


def pass_gate(connection: Connection, *, rules: Sequence[Rule] | None = None) -> Verdict:
    """Judge everything settled so far, by both judges, within the caller's transaction.

    Reads facts.*, matched.*, policy.*, run.parameters, received.*, validated.*; replaces judged.*.
    Raises `suites.JudgesDisagree` or `suites.BrokenExpectation`: bugs, exit code 70.
    """
    book = load_rules() if rules is None else tuple(rules)
    judgement = judge(connection, rules=book)
    return Verdict(judgement, tuple(validate(connection, rules=book)))
