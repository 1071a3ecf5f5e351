"""SQL files run unchanged in the DuckDB shell, and translated in Spark: one SELECT each, in the portable subset."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import sqlglot
import yaml
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

from tests.house.scan import ROOT, SQL_ROOMS, assert_clean, files

LISTED = Path(__file__).with_name("portable_functions.yaml")
PORTABLE = {name for group in yaml.safe_load(LISTED.read_text("utf-8")).values() for name in group}
FLOATS = {exp.DataType.Type.FLOAT, exp.DataType.Type.DOUBLE}


def not_one_select(text: str) -> str | None:
    """DuckDB itself says what it would run."""
    try:
        statements = duckdb.extract_statements(text)
    except duckdb.Error as error:
        return f"DuckDB cannot read it: {str(error).splitlines()[0]}"
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        return "is not exactly one SELECT"
    if statements[0].named_parameters:
        return "takes a parameter: parameters come from tables"
    return None


def function_name(node: exp.Func) -> str:
    return node.name.upper() if isinstance(node, exp.Anonymous) else node.sql_names()[0]


def function_problems(tree: exp.Expression) -> Iterator[str]:
    for node in tree.find_all(exp.Func):
        name = function_name(node)
        if name not in PORTABLE:
            yield f"{name} in `{node.sql('duckdb')[:60]}` is not in tests/house/{LISTED.name}"
        if isinstance(node, exp.DateDiff) and node.text("unit").upper() != "DAY":
            yield "date_diff is the same on both engines in days only"
        if isinstance(node, exp.DateTrunc | exp.TimestampTrunc) and not isinstance(node.parent, exp.Cast):
            yield "date_trunc gives a timestamp in Spark: CAST(date_trunc(…) AS DATE)"
        if isinstance(node, exp.GroupConcat) and node.find(exp.Distinct):
            yield "string_agg(DISTINCT …) has no Spark form: make the rows distinct first"


def tree_problems(tree: exp.Expression) -> Iterator[str]:
    yield from function_problems(tree)
    if any(kind.this in FLOATS for kind in tree.find_all(exp.DataType)):
        yield "uses a float type: money is DECIMAL(18,2), a rate DECIMAL(9,6)"
    if any(join.method in {"ASOF", "POSITIONAL"} for join in tree.find_all(exp.Join)):
        yield "uses a join that Spark does not have"
    try:
        tree.sql("spark", unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        yield f"has no Spark form: {error}"


def head_problems(text: str) -> Iterator[str]:
    """A head comment: the title, and somewhere below it the grain."""
    lines = text.splitlines()
    head = lines[: next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))]
    if not head or not head[0].strip("- "):
        yield "begins without a title comment"
    if not any("grain" in line.lower() or "粒度" in line for line in head):
        yield "does not say its grain in the head comment"


def problems(path: Path, room: str) -> Iterator[str]:
    text = path.read_text("utf-8")
    if "{" in text or "}" in text:
        yield "holds braces: no Jinja, no f-string"
    if found := not_one_select(text):
        yield found
        return
    if room.startswith("transforms/"):
        yield from head_problems(text)
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except SqlglotError as error:
        yield f"sqlglot cannot read it: {error}"
        return
    if room == "transforms/marts" and not tree.args.get("order"):
        yield "does not end with ORDER BY"
    yield from tree_problems(tree)


def found_in(root: Path, room: str) -> list[str]:
    return [
        f"{path.relative_to(root)} {problem}"
        for path in files(root, [room], ".sql")
        for problem in problems(path, room)
    ]


@pytest.mark.parametrize("room", SQL_ROOMS)
def test_sql_is_portable(room: str) -> None:
    assert_clean(files(ROOT, [room], ".sql"), found_in(ROOT, room))


def test_no_sql_lives_elsewhere() -> None:
    """Migrations and the reading of spreadsheets have their own rules; a question over tables belongs to a room."""
    known = {path for room in SQL_ROOMS for path in files(ROOT, [room], ".sql")}
    asked = files(ROOT, ["transforms", "reports", "expectations"], ".sql")
    assert_clean(asked, [f"{path.relative_to(ROOT)} is in no checked room" for path in asked if path not in known])


# --- these checks can fail -------------------------------------------------------------------------------------------

GOOD = """-- 到账
-- Grain: one row per unit.
WITH paid AS (
    SELECT unit_code, CAST(ROUND(SUM(amount_yuan), 2) AS DECIMAL(18, 2)) AS executed_yuan
    FROM validated.payments AS p
    WHERE pay_on >= CAST(date_trunc('year', p.as_of_on) AS DATE) AND date_diff('day', pay_on, as_of_on) <= 30
    GROUP BY unit_code
)
SELECT unit_code, COALESCE(executed_yuan, 0) AS executed_yuan FROM paid ORDER BY unit_code
"""
HEAD = "-- title\n-- Grain: one row.\n"
BAD = [
    ("SELECT 1 AS x; SELECT 2 AS x", "not exactly one SELECT"),
    ("CREATE MACRO f(a) AS a + 1", "not exactly one SELECT"),
    ("DELETE FROM t", "not exactly one SELECT"),
    ("SELEKT 1", "DuckDB cannot read it"),
    ("-- nothing", "not exactly one SELECT"),
    ("SELECT x FROM t WHERE y = $z ORDER BY x", "parameter"),
    ("SELECT x FROM {{ t }} ORDER BY x", "braces"),
    ("SELECT CAST(x AS DOUBLE) AS x FROM t ORDER BY x", "float"),
    ("SELECT x::REAL AS x FROM t ORDER BY x", "float"),
    ("SELECT our_macro(x) AS x FROM t ORDER BY x", "OUR_MACRO"),
    ("SELECT x FROM read_csv('a.csv') ORDER BY x", "READ_CSV"),
    ("SELECT getvariable('as_of') AS x ORDER BY x", "GETVARIABLE"),
    ("SELECT avg(x) AS x FROM t ORDER BY x", "AVG"),
    ("SELECT date_diff('month', a, b) AS x FROM t ORDER BY x", "days only"),
    ("SELECT date_trunc('month', a) AS x FROM t ORDER BY x", "gives a timestamp"),
    ("SELECT string_agg(DISTINCT x, '、' ORDER BY x) AS x FROM t ORDER BY x", "distinct first"),
    ("SELECT a.x FROM a ASOF JOIN b ON a.x >= b.x ORDER BY x", "join"),
    ("SELECT x FROM t", "ORDER BY"),
]


def mart(root: Path, text: str) -> list[str]:
    path = root / "transforms/marts/a.sql"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return found_in(root, "transforms/marts")


def test_good_sql_passes(tmp_path: Path) -> None:
    assert mart(tmp_path, GOOD) == []


@pytest.mark.parametrize(("sql", "said"), BAD)
def test_sql_check_can_fail(tmp_path: Path, sql: str, said: str) -> None:
    found = mart(tmp_path, HEAD + sql)
    assert any(said in problem for problem in found), found


def test_head_check_can_fail(tmp_path: Path) -> None:
    found = "\n".join(mart(tmp_path, "SELECT x FROM t ORDER BY x"))
    assert "title" in found
    assert "grain" in found
