"""Faults of how files are filled in."""

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.structure.no_year import NoYear
from data.synthetic.faults.structure.refused_lines import NoName, UnknownHelp
from data.synthetic.faults.structure.registers import MissingColumn, PerhapsCorrected, Truncated, UnknownUnit
from data.synthetic.faults.structure.said_twice import MemberTwice, TwoStatements, TwoUnits
from data.synthetic.faults.structure.strange_files import HiddenSheet, Refused, SignInSheet, UnusedColumn
from data.synthetic.faults.structure.unreadable_cells import LostDigits, VagueDay, VagueIncome

STRUCTURE: tuple[type[Fault], ...] = (
    NoYear,
    UnknownHelp,
    NoName,
    LostDigits,
    VagueDay,
    TwoUnits,
    MissingColumn,
    UnknownUnit,
    Truncated,
    PerhapsCorrected,
    TwoStatements,
    MemberTwice,
    VagueIncome,
    Refused,
    SignInSheet,
    HiddenSheet,
    UnusedColumn,
)
