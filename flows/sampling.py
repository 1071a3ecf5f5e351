"""`sample`: a synthetic federation with its truth, as a ready workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
    faults: str = "none",
    honest: bool = False,
) -> Outcome:
    """Write the workspace into an empty or new folder. The same arguments give the same bytes."""
    from data.synthetic.generate import write_sample  # no other command needs its people

    with _said_as_usage(out, faults):
        written = write_sample(
            out,
            households=households,
            seed=seed,
            year=year,
            units=units,
            payments=payments,
            noise=noise,
            faults=faults,
            honest=honest,
        )
    summary = {name: value for name, value in asdict(written).items() if name != "out"}
    outputs = sorted(path.name for path in out.iterdir())
    return Outcome("sample", summary=summary, outputs=outputs, lines=[say("sample.done", folder=out)])


@contextmanager
def _said_as_usage(out: Path, faults: str) -> Iterator[None]:
    """What is wrong with the arguments, in words of the command."""
    from data.synthetic.faults.registry import UnknownFaultError, known
    from data.synthetic.generate import FolderNotEmptyError, HonestFaultsError
    from data.synthetic.scene import NoRoomError

    try:
        yield
    except FolderNotEmptyError as error:
        raise refuse(Exit.USAGE, "usage.not_empty", value=out) from error
    except HonestFaultsError as error:
        raise refuse(Exit.USAGE, "usage.honest_faults") from error
    except UnknownFaultError as error:
        raise refuse(Exit.USAGE, "usage.faults", value=faults, known=", ".join(known())) from error
    except NoRoomError as error:
        raise refuse(Exit.USAGE, "usage.fault_room", detail=error) from error
    except ValueError as error:
        raise refuse(Exit.USAGE, "usage.sample", detail=error) from error
