"""What must hold of a table whatever was received: from the contracts, and from `settled.yaml` for made tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expectations.connection import Connection, rows
from expectations.contracts import Column, Contract, load_contracts
from expectations.yaml_files import read_yaml

SETTLED = Path(__file__).with_name("settled.yaml")
# The federation's own unit is there before any 单位表; statements become facts.bank_lines (settled.yaml).
_MADE_OTHERWISE = ("units", "bank_statements")
_OPEN_DOMAINS = ("campaign",)  # two codes, else the text as it was written (contract section 8)


@dataclass(frozen=True)
class Structure:
    """The native checks of one table. `domains`: column → domain of policy.labels."""

    table: str
    unique: tuple[str, ...]
    not_null: tuple[str, ...]
    domains: Mapping[str, str] = field(default_factory=dict)


def structures() -> tuple[Structure, ...]:
    """All tables with native checks, in the order of the data."""
    received = [_of_contract(contract) for kind, contract in load_contracts().items() if kind not in _MADE_OTHERWISE]
    stated: Mapping[str, Any] = read_yaml(SETTLED)
    settled = [
        Structure(table, tuple(entry["unique"]), tuple(entry["not_null"]), entry.get("in_domain", {}))
        for table, entry in stated.items()
    ]
    return (*received, *settled)


def _of_contract(contract: Contract) -> Structure:
    """A fact is in the books only when everything required is there; one key, one fact, within a unit."""
    required = tuple(
        column.name for column in contract.columns if column.required == "true" and not _may_be_unknown(column)
    )
    domains = {
        column.name: column.field.domain
        for column in contract.columns
        if column.field.domain not in ("", *_OPEN_DOMAINS)
    }
    return Structure(
        table=f"facts.{contract.kind}",
        unique=("unit_code", "fact_key"),
        not_null=("fact_key", *required),  # lineage is NOT NULL from the first table on
        domains=domains,
    )


def _may_be_unknown(column: Column) -> bool:
    """An unknown word of an enumeration is an error of its cell, not a reject: the row stays, without the value."""
    domain = column.field.domain
    return domain not in ("", *_OPEN_DOMAINS) and column.field.on_unknown != "reject"


def codes(connection: Connection) -> Mapping[str, tuple[str, ...]]:
    """The codes of every domain, from policy.labels."""
    stated = rows(connection, "SELECT DISTINCT domain, code FROM policy.labels ORDER BY domain, code")
    domains: dict[str, list[str]] = {}
    for row in stated:
        domains.setdefault(row["domain"], []).append(row["code"])
    return {domain: tuple(known) for domain, known in domains.items()}
