"""Faults of what the money, the bank and the matching tell. First those that need much."""

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money.cash import Cash
from data.synthetic.faults.money.notices import MistypedNotice, Overdrawn, UsedLate
from data.synthetic.faults.money.results import MissingLine, NoResult, UnknownResult
from data.synthetic.faults.money.returns import OtherCategory, ReturnPending
from data.synthetic.faults.money.sources import MixedBatch, MixedSheet, OtherSource
from data.synthetic.faults.money.statements import LineLeftOut, MissingDays, MistypedTotal
from data.synthetic.faults.money.unmatched import ListNotSent, NeverPaid, TwoAlike
from data.synthetic.faults.money.visits import OtherGroup, SameGroup

MONEY: tuple[type[Fault], ...] = (
    TwoAlike,
    UnknownResult,
    MissingLine,
    NoResult,
    ReturnPending,
    OtherCategory,
    SameGroup,
    OtherGroup,
    Overdrawn,
    UsedLate,
    MistypedNotice,
    OtherSource,
    NeverPaid,
    ListNotSent,
    Cash,
    MissingDays,
    LineLeftOut,
    MistypedTotal,
    MixedBatch,
    MixedSheet,
)
