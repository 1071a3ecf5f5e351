"""Settling: from everything received and the policy to the figures, as a whole, in one transaction; then published."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING

from flows.edges.marts import fill_mart, load_marts
from flows.edges.policy import Policy, load_policy, replace_policy
from flows.edges.publish import publish
from flows.edges.run_log import RunLog, hash_of
from flows.edges.transforms import hash_of_house
from flows.edges.warehouse import Warehouse
from flows.edges.withdrawals import withdrawn
from flows.pipeline import AFTER_JUDGEMENT, BEFORE_JUDGEMENT
from flows.progress import working_on
from flows.returning import hand_back
from flows.steps import Runner, Step, plainly, run_step

if TYPE_CHECKING:
    from expectations.gate import Verdict

PUBLISHED = "published"


def settle(
    warehouse: Warehouse, *, command: str, runner: Runner = plainly, within: AbstractContextManager[None] | None = None
) -> Verdict:
    """Make facts, matched, judged, computed and marts anew from what was received, and publish them.

    The same receipts, decisions, history of findings and policy give the same tables, byte for byte; settling again
    adds nothing to either record. A failure leaves every table as it was, and a line in the run log. `within`: what is
    done in the same transaction before, and looked at after.
    """
    policy = load_policy(warehouse.workspace)
    log = RunLog(command)
    try:
        with warehouse.transaction(), within or nullcontext():
            verdict = _settle(warehouse, policy, log, runner)
            _record(warehouse, verdict, log.write(warehouse))
    except Exception:
        log.write(warehouse)
        raise
    runner("returned", lambda: hand_back(warehouse))
    _publish(warehouse, policy, log, runner)
    return verdict


def show_seals(warehouse: Warehouse, *, command: str, runner: Runner = plainly) -> None:
    """After a close or a reopening of a settled warehouse: the marts anew, and published."""
    log = RunLog(command)
    with warehouse.transaction():
        _fill_marts(warehouse, log, runner)
        log.write(warehouse)
    _publish(warehouse, load_policy(warehouse.workspace), log, runner)


def bring_up_to_date(warehouse: Warehouse, *, command: str, runner: Runner = plainly) -> Verdict | None:
    """Settle, unless what is published is what settling would give."""
    return None if is_settled(warehouse) else settle(warehouse, command=command, runner=runner)


def is_settled(warehouse: Warehouse) -> bool:
    """Whether what is published was made of all that is received, of this policy, and by these definitions."""
    last = warehouse.value(
        "SELECT input_hash FROM run.log WHERE step = ? AND outcome = 'done' ORDER BY run_no DESC LIMIT 1", (PUBLISHED,)
    )
    return warehouse.workspace.analyst.is_file() and last == _given(warehouse, load_policy(warehouse.workspace))


def _given(warehouse: Warehouse, policy: Policy) -> str:
    """The fingerprint of everything that settling depends on."""
    seals = warehouse.rows("SELECT seal_id, is_lifted FROM closes.seals ORDER BY seal_id")
    decided = warehouse.rows("SELECT waiver_id, finding_id, fact_hash FROM decisions.bindings ORDER BY ALL")
    settings = warehouse.workspace.settings
    return hash_of([_hash_of_receipts(warehouse), policy.tables, seals, decided, settings, hash_of_house()])


def _settle(warehouse: Warehouse, policy: Policy, log: RunLog, runner: Runner) -> Verdict:
    log.measured("policy", partial(replace_policy, warehouse, policy), input_hash=hash_of([policy.tables]))
    log.measured("received", partial(warehouse.count, "received.receipts"), input_hash=_hash_of_receipts(warehouse))
    verdict = _judged(warehouse, log, runner)
    if verdict.judgement.moves_facts:  # the decision is bound now: a second time it is not new
        verdict = _judged(warehouse, log, runner)
    _state_gaps(warehouse, verdict)
    _make(warehouse, AFTER_JUDGEMENT, log, runner)
    _fill_marts(warehouse, log, runner)
    return verdict


def _judged(warehouse: Warehouse, log: RunLog, runner: Runner) -> Verdict:
    from expectations.gate import pass_gate  # brings Great Expectations, which takes seconds

    _make(warehouse, BEFORE_JUDGEMENT, log, runner)
    working_on("progress.settling", step="judged")
    return runner("judged", lambda: log.measured("judged", partial(pass_gate, warehouse.connection)))


def _fill_marts(warehouse: Warehouse, log: RunLog, runner: Runner) -> None:
    for mart in load_marts():
        _carry_out(mart.address, partial(fill_mart, warehouse, mart), hash_of([mart.sql]), log, runner)


def _publish(warehouse: Warehouse, policy: Policy, log: RunLog, runner: Runner) -> None:
    working_on("progress.settling", step=PUBLISHED)
    given = _given(warehouse, policy)
    runner(PUBLISHED, lambda: log.measured(PUBLISHED, partial(publish, warehouse), input_hash=given))
    log.write(warehouse)


def _make(warehouse: Warehouse, steps: tuple[Step, ...], log: RunLog, runner: Runner) -> None:
    for step in steps:
        _carry_out(step.address, partial(run_step, warehouse, step), hash_of([step.sql]), log, runner)


def _carry_out(address: str, work: Callable[[], int], input_hash: str, log: RunLog, runner: Runner) -> None:
    working_on("progress.settling", step=address)
    runner(address, lambda: log.measured(address, work, input_hash=input_hash))


def _hash_of_receipts(warehouse: Warehouse) -> str:
    received = warehouse.rows("SELECT sha256, ingest_no FROM received.receipts ORDER BY sha256")
    received += warehouse.rows("SELECT receipt_id, read_with FROM received.readings WHERE is_taken ORDER BY ALL")
    return hash_of([received, sorted(withdrawn(warehouse))])


def _state_gaps(warehouse: Warehouse, verdict: Verdict) -> None:
    """judged.policy_gaps: what policy has no table for, so that `check` can say it beside a running writer."""
    warehouse.execute(
        "CREATE OR REPLACE TABLE judged.policy_gaps (rule_id VARCHAR, unit_code VARCHAR, missing_input VARCHAR, "
        "missing_on VARCHAR, subject_count BIGINT, city_code VARCHAR)"
    )
    city_code = warehouse.workspace.settings.region
    columns = ("rule_id", "unit_code", "missing_input", "missing_on", "subject_count", "city_code")
    gaps = [(*astuple(gap), city_code) for gap in verdict.judgement.policy_gaps]
    warehouse.append_rows("judged.policy_gaps", columns, gaps)


def _record(warehouse: Warehouse, verdict: Verdict, run_no: int) -> None:
    """run.validations: what the second judge said in this run, for audits."""
    said = [outcome.row() for outcome in verdict.validations]
    if said:
        columns = ("run_no", *said[0], "city_code")
        city_code = warehouse.workspace.settings.region
        warehouse.append_rows("run.validations", columns, [(run_no, *row.values(), city_code) for row in said])
