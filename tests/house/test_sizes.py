"""Sizes that keep the house readable. A docstring does not count: words are welcome."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.scan import ROOMS, ROOT, assert_clean, files

FUNCTION_LINES, PYTHON_LINES, SQL_LINES = 40, 300, 120

# "path" or "path::function" → why it may be larger. One that is no longer needed fails, too.
EXCEPTIONS: dict[str, str] = {}


def function_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node):
        text = node.body[0]
        lines -= (text.end_lineno or text.lineno) - text.lineno + 1
    return lines


def large(root: Path, paths: list[Path]) -> Iterator[tuple[str, str]]:
    """(address, what is too large) of everything over its measure."""
    for path in paths:
        text, name = path.read_text("utf-8"), path.relative_to(root).as_posix()
        limit = SQL_LINES if path.suffix == ".sql" else PYTHON_LINES
        if (lines := len(text.splitlines())) > limit:
            yield name, f"{name}: {lines} lines, at most {limit}"
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(text)):
                is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                if is_function and (lines := function_lines(node)) > FUNCTION_LINES:
                    yield f"{name}::{node.name}", f"{name}:{node.lineno} {node.name}: {lines} lines, at most 40"


def paths(root: Path) -> list[Path]:
    return files(root, (*ROOMS, "tests"), ".py") + files(root, ROOMS, ".sql")


def test_nothing_is_too_large() -> None:
    analysed = paths(ROOT)
    over = dict(large(ROOT, analysed))
    unused = [f"{address}: no longer too large, drop the exception" for address in EXCEPTIONS if address not in over]
    assert_clean(analysed, [said for address, said in over.items() if address not in EXCEPTIONS] + unused)


# --- this check can fail ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "address"),
    [
        ("a.py", "x = 1\n" * 301, "flows/a.py"),
        ("a.sql", "-- x\n" * 121, "flows/a.sql"),
        ("a.py", "def f():\n" + "    x = 1\n" * 40, "flows/a.py::f"),
        ("a.py", "class A:\n  async def f():\n" + "    x = 1\n" * 40, "flows/a.py::f"),
    ],
)
def test_size_check_can_fail(tmp_path: Path, name: str, text: str, address: str) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / name).write_text(text, "utf-8")
    assert [found for found, _ in large(tmp_path, paths(tmp_path))] == [address]


def test_docstring_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    text = 'def f():\n    """\n' + "    words\n" * 60 + '    """\n' + "    x = 1\n" * 39
    (tmp_path / "flows/a.py").write_text(text, "utf-8")
    assert list(large(tmp_path, paths(tmp_path))) == []
