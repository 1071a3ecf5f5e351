"""Nothing in the repository points at a machine or a package registry; no test proves nothing."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.scan import ROOT, assert_clean, files

# Written so that no pattern matches its own line.
REGISTRIES = r"pypi|pythonhosted|npmjs|yarnpkg|debian|goproxy|proxy\.golang"
PATTERNS = {
    "a package registry's address": rf"\b(?:{REGISTRIES})\.(?:org|com|net|io|cn)\b"
    r"|\bmirrors?\.[a-z0-9-]+\.|--(?:extra-)?index-url[ =]\S*:|find-links[ =]+\S*/",
    "an absolute path of one machine": r"(?<![\w.~$}*])/"
    r"(?:work|root|opt/pypi\S*|tmp/lock|home/[a-z]\w+|Users/\w+)(?=/)",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
}


def repository_files(root: Path) -> list[Path]:
    """Tracked files, and new ones that git does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(command, cwd=root, text=True).split("\0")
    return [root / name for name in sorted(set(names)) if name and (root / name).is_file()]


def leaks(root: Path, paths: list[Path]) -> Iterator[str]:
    for path in paths:
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            for what, pattern in PATTERNS.items():
                if found := re.search(pattern, line):
                    yield f"{path.relative_to(root)}:{number} holds {what}: {found[0]}"


def is_always_true(test: ast.expr) -> bool:
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.Tuple(elts=elements):  # assert (x, "message")
            return bool(elements)
    return False


def is_bare_skip(node: ast.AST) -> bool:
    """Skip, skipif or xfail that does not say why."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="pytest"), attr="skip" | "xfail"), args=args, keywords=words
        ):
            return not args and not words
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(attr="mark"), attr="skip" | "skipif" | "xfail"), args=args
        ):
            is_said = any(word.arg == "reason" for word in node.keywords)
            return not is_said and not (node.func.attr == "skip" and args)
    return False


def bare_decorators(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        for mark in getattr(node, "decorator_list", []):
            if isinstance(mark, ast.Attribute) and mark.attr in {"skip", "xfail"}:
                yield mark


def empty_tests(root: Path, paths: list[Path]) -> Iterator[str]:
    for path in paths:
        tree, name = ast.parse(path.read_text("utf-8")), path.relative_to(root)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assert) and is_always_true(node.test):
                yield f"{name}:{node.lineno} asserts what is always true"
            if is_bare_skip(node):
                yield f"{name}:{node.lineno} skips without a reason"
        yield from (f"{name}:{mark.lineno} skips without a reason" for mark in bare_decorators(tree))


def test_nothing_leaks() -> None:
    paths = repository_files(ROOT)
    assert_clean(paths, leaks(ROOT, paths))


def test_every_test_can_fail() -> None:
    paths = files(ROOT, ["tests"], ".py")
    assert_clean(paths, empty_tests(ROOT, paths))


# --- these checks can fail -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("https://", "pypi", ".org", "/simple"), "registry"),
        (("files.", "pythonhosted", ".org"), "registry"),
        (("--index", "-url https://x/simple"), "registry"),
        (("https://", "mirrors", ".example", ".cn"), "registry"),
        (("open('", "/work", "/shared')"), "machine"),
        (("/home", "/someone", "/x"), "machine"),
        (("/tmp", "/lock", "/req.in"), "machine"),
        (("-----BEGIN ", "PRIVATE KEY", "-----"), "key"),
    ],
)
def test_leak_check_can_fail(tmp_path: Path, parts: tuple[str, ...], said: str) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "新文件.md").write_text("".join(parts), "utf-8")
    (found,) = leaks(tmp_path, repository_files(tmp_path))
    assert said in found


@pytest.mark.parametrize(
    "text",
    [
        "def test_a():\n    assert " + "True",
        "def test_a():\n    assert (1 == 2, 'message')",
        "import pytest\ndef test_a():\n    pytest.skip()",
        "import pytest\n@pytest.mark.skip\ndef test_a(): ...",
        "import pytest\n@pytest.mark.skip()\ndef test_a(): ...",
        "import pytest\n@pytest.mark.skipif(1 > 0)\ndef test_a(): ...",
        "import pytest\n@pytest.mark.xfail\ndef test_a(): ...",
    ],
)
def test_empty_test_check_can_fail(tmp_path: Path, text: str) -> None:
    (tmp_path / "test_a.py").write_text(text, "utf-8")
    assert len(list(empty_tests(tmp_path, [tmp_path / "test_a.py"]))) == 1
