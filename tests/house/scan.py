"""What the house tests share: where the files are, and how a check ends."""

from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("flows", "transforms", "expectations", "reports", "data")
SQL_ROOMS = (
    "transforms/facts",
    "transforms/matched",
    "transforms/computed",
    "transforms/agreement",
    "transforms/booked",
    "transforms/judged",
    "transforms/lineage",
    "transforms/closing",
    "transforms/deciding",
    "transforms/marts",
    "reports/figures",
    "expectations/rules",
)


def files(root: Path, folders: Iterable[str], suffix: str) -> list[Path]:
    """All files with this suffix under these folders of root, in a fixed order."""
    return sorted(path for folder in folders for path in (root / folder).rglob(f"*{suffix}"))


def assert_clean(analysed: Iterable[object], problems: Iterable[str]) -> None:
    """A check that looked at nothing has failed; one that found something shows all of it."""
    assert list(analysed), "the check looked at nothing"
    found = list(problems)
    assert not found, f"{len(found)} found:\n" + "\n".join(found)
