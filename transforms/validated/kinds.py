"""The modules of the kinds by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from transforms.parsed.recognised import Table
from transforms.validated.accounts import accounts
from transforms.validated.allotments import allotments
from transforms.validated.arrivals import arrivals
from transforms.validated.bank_statements import bank_statements
from transforms.validated.budgets import budgets
from transforms.validated.decisions import decisions
from transforms.validated.documents import documents
from transforms.validated.draft import Reading, Typed
from transforms.validated.households import households
from transforms.validated.journal import journal
from transforms.validated.members import members
from transforms.validated.openings import openings
from transforms.validated.payouts import payouts
from transforms.validated.purchases import purchases
from transforms.validated.rosters import rosters
from transforms.validated.units import units
from transforms.validated.visits import visits
from transforms.validated.waivers import waivers

TYPED_BY: Mapping[str, Callable[[Table, Reading], Typed]] = {
    function.__name__: function
    for function in (
        units, accounts, budgets, arrivals, openings, allotments, households, members, rosters, visits, payouts,
        bank_statements, waivers, documents, journal, decisions, purchases,
    )
}  # fmt: skip
