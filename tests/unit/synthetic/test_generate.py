"""The call itself: same arguments, same bytes; noise is only paper; nothing is overwritten."""

import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from data.synthetic.generate import FolderNotEmptyError, write_sample
from tests.unit.synthetic.conftest import SMALL, read_truth


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("noise", [0, 1, 2])
def test_same_arguments_give_the_same_bytes(tmp_path: Path, noise: int) -> None:
    for name in ("one", "two"):
        write_sample(tmp_path / name, households=50, units=7, seed=3, noise=noise)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    """Sets of texts are ordered by a chance of the process: none of it may reach a file."""
    write_sample(tmp_path / "one", households=50, units=7, seed=3)
    program = (
        "from pathlib import Path; from data.synthetic.generate import write_sample;"
        f"write_sample(Path({str(tmp_path / 'two')!r}), households=50, units=7, seed=3)"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", program], cwd=root, env={"PYTHONHASHSEED": "77"}, check=True)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_another_seed_is_another_year(tmp_path: Path) -> None:
    write_sample(tmp_path / "one", households=50, units=2, seed=3)
    write_sample(tmp_path / "two", households=50, units=2, seed=4)
    assert read_truth(tmp_path / "one", "payments") != read_truth(tmp_path / "two", "payments")


def test_noise_changes_the_files_and_not_the_truth(sample: Path, plain_sample: Path) -> None:
    assert bytes_of(sample / "truth") == bytes_of(plain_sample / "truth")
    assert bytes_of(sample / "inbox") != bytes_of(plain_sample / "inbox")


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(FolderNotEmptyError):
        write_sample(tmp_path, **SMALL)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("wrong", [{"noise": 3}, {"units": 1}, {"payments": 5}, {"households": 10}, {"year": 2090}])
def test_what_cannot_be_told_is_refused_before_anything_is_written(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"."):
        write_sample(tmp_path / "out", **{**SMALL, **wrong})
    assert not (tmp_path / "out").exists()


def test_the_workspace_is_ready(sample: Path) -> None:
    settings = tomllib.loads((sample / "mingzhang.toml").read_text("utf-8"))
    assert settings["unit"] == "岳阳市总工会"
    assert settings["execution_basis"] == "disbursed"
    assert settings["alerts"] == {"yellow_gap": 0.10, "red_gap": 0.25, "q3_floor": 0.60}
    assert settings["visits"] == settings["match"] == settings["rules"] == {}
    key = (sample / "policy" / "household.key").read_text("ascii")
    assert key == hashlib.sha256(b"mingzhang published test key").hexdigest()
    assert list((sample / "corrections").iterdir()) == []
    assert read_truth(sample, "findings") == []


def test_units_payments_and_summary_follow_the_arguments(tmp_path: Path) -> None:
    made = write_sample(tmp_path / "out", households=120, units=4, payments=400)
    assert made.units == 4
    assert made.households == 120
    assert 400 <= made.payments <= 440
    assert len(read_truth(tmp_path / "out", "payments")) == made.payments
    assert len(read_truth(tmp_path / "out", "bank_lines")) == made.bank_lines
    assert len({path.name for path in (tmp_path / "out" / "inbox").iterdir()}) == 4
