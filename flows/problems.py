"""Expected failures as values: where, what, the way out, and the exit code that the contract gives them.

A function that can meet bad input returns `Problem`s beside its result. A command that may do nothing at all raises
`Refusal`. Everything else that is raised is a bug and shows a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from flows.words import tell


class Exit(IntEnum):
    """How a command ends (contract section 2)."""

    DONE = 0
    USAGE = 2
    FINDINGS_OPEN = 10
    UNREADABLE = 11
    NOT_JUDGED = 12
    DIFFERENCE = 13
    SEALED = 14
    IN_USE = 15
    REFUSED = 16
    BUG = 70


_FIRST_OF = (
    Exit.BUG,
    Exit.IN_USE,
    Exit.SEALED,
    Exit.REFUSED,
    Exit.NOT_JUDGED,
    Exit.UNREADABLE,
    Exit.DIFFERENCE,
    Exit.FINDINGS_OPEN,
    Exit.USAGE,
    Exit.DONE,
)


def worst(codes: Iterable[Exit]) -> Exit:
    """The one exit code of a command that has several: the first of 70, 15, 14, 16, 12, 11, 13, 10."""
    met = set(codes)
    return next((code for code in _FIRST_OF if code in met), Exit.DONE)


@dataclass(frozen=True)
class Problem:
    """One expected failure, in the words of the person who has to mend it."""

    code: str
    where: str
    message: str
    way_out: str

    @property
    def line(self) -> str:
        """One printed line: where, what, [code]; the way out goes under it."""
        place = f"{self.where}  " if self.where else ""
        return f"{place}{self.message}  [{self.code}]"


def problem(code: str, /, where: str = "", **details: object) -> Problem:
    """The problem `code` of flows/words.yaml, told in the language of the command."""
    return Problem(code, where, *tell(code, **details))


class Refusal(Exception):  # noqa: N818  it is no error of ours: the command may not be done
    """The command does nothing, for reasons that are known and told."""

    def __init__(self, exit_code: Exit, problems: Iterable[Problem]) -> None:
        self.exit_code = exit_code
        self.problems = tuple(problems)
        super().__init__("; ".join(each.line for each in self.problems))


def refuse(exit_code: Exit, code: str, /, where: str = "", **details: object) -> Refusal:
    """A refusal for one reason, to be raised."""
    return Refusal(exit_code, [problem(code, where, **details)])
