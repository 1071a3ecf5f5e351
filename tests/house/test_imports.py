"""Who may import whom (docs/decisions/0001-house.md), and what an import may cost."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import grimp
import pytest

from tests.house.scan import ROOMS, ROOT, assert_clean, files

# Library → the only files that may import it, by path inside the repository.
WALLS: dict[str, Callable[[Path], bool]] = {
    "prefect": lambda path: path.parent == Path("flows") and path.name != "__init__.py",
    "duckdb": lambda path: path.is_relative_to("flows/edges"),
    "great_expectations": lambda path: path.is_relative_to("expectations"),
}
HEAVY = {"prefect", "great_expectations", "pandas"}


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, top-level package) of every import in a file, wherever it stands, import_module("…") included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name.split(".")[0]) for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module.split(".")[0]
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield node.lineno, module.split(".")[0]


def breaches(root: Path, paths: list[Path]) -> Iterator[str]:
    for path in paths:
        inside = path.relative_to(root)
        for line, package in imported(path):
            if package in WALLS and not WALLS[package](inside):
                yield f"{inside}:{line} imports {package}"


def test_import_table_holds() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_import_table_sees_every_module() -> None:
    """A folder without __init__.py would silently be left out."""
    seen = grimp.build_graph(*ROOMS, cache_dir=None).modules
    paths = files(ROOT, ROOMS, ".py")
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths}
    assert_clean(
        seen, [f"{path} is not analysed: no __init__.py beside it?" for path, name in names.items() if name not in seen]
    )


def test_libraries_stay_behind_their_walls() -> None:
    paths = files(ROOT, ROOMS, ".py")
    assert_clean(paths, breaches(ROOT, paths))


@pytest.mark.parametrize("module", ["transforms", "flows.cli.main"])
def test_import_is_cheap(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({HEAVY} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.split() == []


def test_importing_transforms_costs_milliseconds() -> None:
    code = "import time; t = time.perf_counter(); import transforms; print(time.perf_counter() - t)"
    runs = [subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) for _ in range(3)]
    assert min(map(float, runs)) < 0.05


# --- these checks can fail -------------------------------------------------------------------------------------------


def house(root: Path, file: str, text: str) -> Path:
    """An empty house under this repository's own contracts, with one file in it."""
    shutil.copy(ROOT / "pyproject.toml", root)
    for package in (*ROOMS, "flows/edges", "flows/cli"):
        (root / package).mkdir()
        (root / package / "__init__.py").touch()
    (root / file).write_text(text, "utf-8")
    return root


BAD = [
    ("transforms/a.py", "import reports"),
    ("transforms/a.py", "from expectations import b"),
    ("reports/a.py", "import flows.cli"),
    ("expectations/a.py", "import data"),
    ("data/a.py", "import transforms"),
    ("flows/cli/a.py", "import prefect"),
    ("expectations/a.py", "import duckdb"),
    ("flows/pipeline.py", "import duckdb"),
    ("flows/edges/a.py", "import great_expectations"),
]
GOOD = [
    ("flows/intake.py", "import prefect, transforms, expectations, reports, data"),
    ("flows/edges/a.py", "import duckdb"),
    ("expectations/a.py", "import great_expectations"),
]


@pytest.mark.parametrize(("file", "text"), BAD)
def test_import_table_can_fail(tmp_path: Path, file: str, text: str) -> None:
    result = lint_imports(house(tmp_path, file, text))
    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout


@pytest.mark.parametrize(("file", "text"), GOOD)
def test_import_table_lets_pass(tmp_path: Path, file: str, text: str) -> None:
    result = lint_imports(house(tmp_path, file, text))
    assert result.returncode == 0, result.stdout + result.stderr


def test_import_table_fails_on_nothing(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    config = (tmp_path / "pyproject.toml").read_text("utf-8").replace('"flows"', '"no_such_room"')
    (tmp_path / "pyproject.toml").write_text(config, "utf-8")
    assert lint_imports(tmp_path).returncode != 0


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("transforms/a.py", "def f():\n    import duckdb.typing"),
        ("flows/cli/a.py", "from prefect.flows import flow"),
        ("flows/__init__.py", "import prefect"),
        ("reports/a.py", "import importlib\nimportlib.import_module('great_expectations')"),
    ],
)
def test_walls_can_fail(tmp_path: Path, file: str, text: str) -> None:
    root = house(tmp_path, file, text)
    assert [problem.split(":")[0] for problem in breaches(root, files(root, ROOMS, ".py"))] == [file]


def test_a_check_of_nothing_fails() -> None:
    with pytest.raises(AssertionError, match="looked at nothing"):
        assert_clean([], [])
