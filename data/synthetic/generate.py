"""`mingzhang sample`: one call writes a ready workspace of a synthetic federation, with the truth beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from data.synthetic.federation import build_federation
from data.synthetic.oracle_figures import executed_total
from data.synthetic.paper.inbox import documents
from data.synthetic.paper.send import send
from data.synthetic.paper.table import yuan
from data.synthetic.records import Federation
from data.synthetic.settings import write_settings
from data.synthetic.size import Size
from data.synthetic.truth import write_truth

PAYMENTS_PER_HOUSEHOLD = (12, 5)  # 6,000 lines for 2,500 households
UNITS = 12  # the city, nine 县市区, 屈原管理区, 经开区
NOISES = (0, 1, 2)


class FolderNotEmptyError(ValueError):
    """The sample would be mixed with something else."""


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What was written; `payments` counts list lines, those paid again included."""

    out: Path
    year: int
    units: int
    households: int
    payments: int
    bank_lines: int
    files: int
    as_of_on: date
    pool_fiscal_yuan: Decimal
    pool_extended_yuan: Decimal


def write_sample(
    out: Path,
    *,
    households: int = 2500,
    seed: int = 2021,
    year: int = 2021,
    units: int | None = None,
    payments: int | None = None,
    noise: int = 1,
) -> SampleSummary:
    """Write `mingzhang.toml`, `policy/`, `inbox/`, `corrections/` and `truth/` into an empty or new folder.

    The same arguments give the same bytes. Raises FolderNotEmptyError (a ValueError) where `out` holds anything,
    ValueError for sizes and years that the story cannot be told with.
    """
    if noise not in NOISES:
        raise ValueError(f"noise {noise}: one of {NOISES}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderNotEmptyError(f"{out} is not an empty folder")
    federation = build_federation(size_of(households, seed, year, units, payments))
    out.mkdir(parents=True, exist_ok=True)
    write_settings(out)
    files = send(documents(federation, noise), out / "inbox")
    write_truth(federation, out / "truth")
    return summary(federation, out, files)


def size_of(households: int, seed: int, year: int, units: int | None, payments: int | None) -> Size:
    """Arguments with their defaults."""
    lines, per = PAYMENTS_PER_HOUSEHOLD
    return Size(
        households=households,
        seed=seed,
        year=year,
        units=UNITS if units is None else units,
        payments=households * lines // per if payments is None else payments,
    )


def summary(federation: Federation, out: Path, files: int) -> SampleSummary:
    """Counts, and the two figures of the story."""
    pool = {
        cutoff: yuan(executed_total(federation, "city_pool", federation.year, cutoff))
        for cutoff in ("fiscal", "extended")
    }
    return SampleSummary(
        out=out,
        year=federation.year,
        units=len(federation.units),
        households=len(federation.households),
        payments=len(federation.payments),
        bank_lines=len(federation.bank_lines),
        files=files,
        as_of_on=federation.as_of,
        pool_fiscal_yuan=pool["fiscal"],
        pool_extended_yuan=pool["extended"],
    )
