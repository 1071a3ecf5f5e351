"""`mingzhang sample`: one call writes a ready workspace of a synthetic federation, with the truth beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from data.synthetic.faults import registry as faults_known
from data.synthetic.oracle_figures import executed_total
from data.synthetic.paper.send import send
from data.synthetic.paper.table import yuan
from data.synthetic.quirks import registry as quirks_known
from data.synthetic.quirks.acting import Acting
from data.synthetic.records import Federation
from data.synthetic.scene import Scene, Twist
from data.synthetic.settings import write_settings
from data.synthetic.size import Size
from data.synthetic.truth import write_truth
from data.synthetic.waivers import write_waivers

PAYMENTS_PER_HOUSEHOLD = (12, 5)  # 6,000 lines for 2,500 households
UNITS = 12  # the city, nine 县市区, 屈原管理区, 经开区
NOISES = (0, 1, 2)


class FolderNotEmptyError(ValueError):
    """The sample would be mixed with something else."""


class HonestFaultsError(ValueError):
    """Faults were asked for in a year of honest offices."""


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What was written; `payments` counts list lines, those paid again included; `faults_left_out` found no room."""

    out: Path
    year: int
    units: int
    households: int
    payments: int
    bank_lines: int
    files: int
    corrections: int
    faults: int
    faults_left_out: int
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
    faults: str = "none",
    honest: bool = False,
    quirks: tuple[str, ...] = (),
) -> SampleSummary:
    """Write `mingzhang.toml`, `policy/`, `inbox/`, `corrections/` and `truth/` into an empty or new folder.

    `faults`: all, none, or rules separated by commas (data/synthetic/faults); with any, also `waivers.xlsx`.
    `quirks`: what untidy but honest offices do, by key; `honest`: all of it (data/synthetic/quirks).

    The same arguments give the same bytes. Raises FolderNotEmptyError (a ValueError) where `out` holds anything,
    ValueError for sizes and years that the story cannot be told with, for unknown faults, for a fault asked for by
    name that finds no room, for faults in an honest sample.
    """
    if noise not in NOISES:
        raise ValueError(f"noise {noise}: one of {NOISES}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderNotEmptyError(f"{out} is not an empty folder")
    twists = _twists(faults, honest, quirks)
    scene = Scene(size_of(households, seed, year, units, payments), noise)
    acted, left_out = scene.play(twists, insist=faults != "all")
    out.mkdir(parents=True, exist_ok=True)
    write_settings(out)
    for number, earlier in enumerate(scene.earlier, 1):
        send(earlier, out / "earlier" / str(number))
    files = send(scene.first.documents, out / "inbox")
    corrections = send(scene.corrections(), out / "corrections")
    if faults != "none":
        write_waivers(scene.waivers, scene.federation, out)
    write_truth(scene, out / "truth")
    planted = 0 if faults == "none" else len(acted)
    return summary(scene.federation, out, files, corrections, (planted, len(left_out)))


def _twists(faults: str, honest: bool, quirks: tuple[str, ...]) -> list[Twist]:
    """What is not as in the plain year: faults, or the quirks of honest offices, never both."""
    if faults != "none" and (honest or quirks):
        raise HonestFaultsError("an honest sample has no faults: either faults or honest")
    return [*faults_known.chosen(faults), *map(Acting, quirks_known.chosen(quirks, honest=honest))]


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


def summary(federation: Federation, out: Path, files: int, corrections: int, faults: tuple[int, int]) -> SampleSummary:
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
        corrections=corrections,
        faults=faults[0],
        faults_left_out=faults[1],
        as_of_on=federation.as_of,
        pool_fiscal_yuan=pool["fiscal"],
        pool_extended_yuan=pool["extended"],
    )
