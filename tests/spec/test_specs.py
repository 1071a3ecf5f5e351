"""Every spec below this folder holds. How to write one: harness.py."""

import pytest

from tests.spec.harness import ROOT, Spec, check, load_specs, sql_text, tables_read

SPECS = load_specs()


def test_there_are_specs() -> None:
    assert SPECS, "no spec file found: this test would prove nothing"


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.label)
def test_spec(spec: Spec) -> None:
    assert spec.expect is not None or spec.cte, f"{spec.label} asserts nothing"
    problems = check(spec)
    assert not problems, "\n".join([f"{spec.label}: {spec.sentence}", *problems])


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.label)
def test_given_tables_are_read(spec: Spec) -> None:
    """A table that the SQL no longer reads would make a spec look stronger than it is."""
    unread = set(spec.given) - tables_read(sql_text(spec.sql))
    assert not unread, f"{spec.label}: {spec.sql} does not read {sorted(unread)}"


def test_every_computed_table_has_a_spec() -> None:
    tables = {f"computed.{path.stem.lstrip('0123456789_')}" for path in (ROOT / "transforms/computed").glob("*.sql")}
    assert tables, "no computed table found"
    assert tables <= {spec.sql for spec in SPECS}
