"""The story that flows/pipeline.py tells is the one that lies in transforms/: nothing left out, all in order."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from flows.edges.marts import load_marts
from flows.edges.transforms import tables_read
from flows.pipeline import AFTER_JUDGEMENT, BEFORE_JUDGEMENT

ROOT = Path(__file__).parents[3]
TRANSFORMS = ROOT / "transforms"
STEPS = (*BEFORE_JUDGEMENT, *AFTER_JUDGEMENT)
NOT_STEPS = {"marts", "closing", "deciding"}  # filled from contracts; asked by `close`; written into 对账待办
RECEIVED = ("received.", "validated.", "raw.", "policy.", "run.", "closes.", "decisions.")


def test_every_file_is_one_step() -> None:
    files = {
        path.relative_to(TRANSFORMS).with_suffix("").as_posix()
        for path in TRANSFORMS.rglob("*.sql")
        if path.parent.name not in NOT_STEPS
    }
    assert len(files) > 60
    assert sorted(step.path for step in STEPS) == sorted(files)


def test_every_mart_has_its_select() -> None:
    assert {mart.name for mart in load_marts()} == {path.stem for path in (TRANSFORMS / "marts").glob("*.sql")}


def test_a_step_reads_what_was_made_before_it() -> None:
    made = {step.address for step in BEFORE_JUDGEMENT} & set()
    problems = []
    for step in STEPS:
        if step is AFTER_JUDGEMENT[0]:
            made |= {"judged.findings", "judged.coverage", "judged.rules", "judged.policy_gaps", "judged.waivers"}
        problems += [
            f"{step.address} reads {table}, which is not made yet"
            for table in step.reads
            if table not in made and not table.startswith(RECEIVED)
        ]
        made.add(step.address)
    assert problems == []


def test_a_mart_reads_no_other_mart_but_sealed_rows() -> None:
    made = {step.address for step in STEPS} | {"judged.findings", "judged.coverage", "judged.rules"}
    for mart in load_marts():
        unknown = [table for table in tables_read(mart.sql) if table not in made and not table.startswith(RECEIVED)]
        assert unknown == [], mart.name


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.address)
def test_declared_reads_are_what_the_sql_names(step: object) -> None:
    from flows.steps import Step

    assert isinstance(step, Step)
    tree = sqlglot.parse_one(step.sql, read="duckdb")
    named = {f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}
    assert set(step.reads) == named
