"""`sample`: a synthetic federation with its truth, as a ready workspace."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from flows.outcome import Outcome
from flows.problems import Exit, refuse
from flows.words import say


def sample(
    out: Path,
    *,
    households: int,
    seed: int,
    year: int,
    units: int | None = None,
    payments: int | None = None,
    noise: int = 1,
) -> Outcome:
    """Write the workspace into an empty or new folder. The same numbers give the same bytes."""
    from data.synthetic.generate import FolderNotEmptyError, write_sample  # no other command needs its people

    try:
        written = write_sample(
            out, households=households, seed=seed, year=year, units=units, payments=payments, noise=noise
        )
    except FolderNotEmptyError as error:
        raise refuse(Exit.USAGE, "usage.not_empty", value=out) from error
    except ValueError as error:
        raise refuse(Exit.USAGE, "usage.sample", detail=error) from error
    summary = {name: value for name, value in asdict(written).items() if name != "out"}
    outputs = sorted(path.name for path in out.iterdir())
    return Outcome("sample", summary=summary, outputs=outputs, lines=[say("sample.done", folder=out)])
