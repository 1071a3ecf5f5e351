"""R01's SQL against a plain-Python checker that shares nothing with it."""

from __future__ import annotations

import calendar
from datetime import date

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.rulebook import load_rules
from flows.edges.transforms import sql_text

AS_OF = date(2022, 1, 31)
WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]  # GB 11643: 2^(18-i) mod 11
CHECKS = dict(zip(range(11), "10X98765432", strict=True))


def problem(text: str) -> str | None:
    """What is wrong with a readable ID number, the first that holds."""
    birth = text[6:14] if len(text) == 18 else f"19{text[6:12]}"
    year, month, day = int(birth[:4]), int(birth[4:6]), int(birth[6:]) if birth[6:].isdigit() else 0
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return "R01.date"
    if date(year, month, day) > AS_OF:
        return "R01.future"
    if len(text) == 18 and CHECKS[sum(int(d) * w for d, w in zip(text[:17], WEIGHTS, strict=True)) % 11] != text[17]:
        return "R01.checksum"
    return None


def judged(texts: list[str]) -> dict[str, str]:
    """What the rule's own SQL says of these numbers."""
    rule = next(rule for rule in load_rules() if rule.rule == "R01")
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE SCHEMA facts")
        connection.execute("CREATE TABLE facts.as_of AS SELECT '430600' AS city_code, DATE '2022-01-31' AS as_of_on")
        columns = "row_id VARCHAR, unit_code VARCHAR, id_number VARCHAR, fact_key VARCHAR"
        for kind in ("households", "members"):
            connection.execute(f"CREATE TABLE facts.{kind} ({columns})")
        connection.execute(
            f"CREATE TABLE facts.rosters ({columns}, student_id_number VARCHAR, batch_no VARCHAR, notice_no VARCHAR)"
        )
        connection.execute(f"CREATE TABLE facts.visits ({columns}, batch_no VARCHAR)")
        connection.executemany("INSERT INTO facts.households VALUES (?, 'hr', ?, ?)", [[t, t, t] for t in set(texts)])
        connection.execute(f"CREATE TABLE facts.id_faults AS {sql_text('transforms/facts/65_id_faults.sql')}")
        return {
            row_id: rule_id
            for rule_id, row_id in connection.execute(f"SELECT rule_id, row_id FROM ({rule.sql})").fetchall()
        }


def with_check(body: str) -> str:
    return body + CHECKS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


births = st.dates(date(1900, 1, 1), date(2030, 12, 31)).map(lambda day: day.strftime("%Y%m%d"))
digits = st.text("0123456789", min_size=6, max_size=6)
valid = st.builds(
    lambda region, birth, tail: with_check(region + birth + tail),
    digits,
    births,
    st.text("0123456789", min_size=3, max_size=3),
)
loose = st.builds(
    lambda body, last: body + last, st.text("0123456789", min_size=17, max_size=17), st.sampled_from("0123456789X")
)
old = st.text("0123456789", min_size=15, max_size=15)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.one_of(valid, loose, old), min_size=20, max_size=60))
def test_sql_and_python_agree(texts: list[str]) -> None:
    said = judged(texts)
    assert {text: said.get(text) for text in texts} == {text: problem(text) for text in texts}


def test_the_printed_specimen_is_right() -> None:
    """domain.md 7.1: weighted sum 167, remainder 2, check X."""
    assert judged(["11010519491231002X", "110105194912310021"]) == {"110105194912310021": "R01.checksum"}
