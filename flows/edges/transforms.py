"""The SQL files of the house, as text and as what they read."""

from __future__ import annotations

import hashlib
import re
from functools import cache

from flows.edges.workspace import SHIPPED

_READS = re.compile(
    r"\b(?:FROM|JOIN)\s+((?:received|raw|validated|policy|run|facts|matched|judged|decisions|computed|closes|agreement|booked|lineage|marts)\.\w+)"
)


@cache
def sql_text(path: str) -> str:
    """The SELECT in a file below the root of the house, without a closing semicolon."""
    return (SHIPPED / path).read_text(encoding="utf-8").strip().removesuffix(";")


def tables_read(sql: str) -> tuple[str, ...]:
    """The addresses that a SELECT reads, sorted; comments do not count."""
    without_comments = re.sub(r"--[^\n]*", "", sql)
    return tuple(sorted(set(_READS.findall(without_comments))))


@cache
def hash_of_house() -> str:
    """The fingerprint of every definition that figures and findings are made by."""
    digest = hashlib.sha256()
    for room in ("transforms", "expectations"):
        for path in sorted((SHIPPED / room).rglob("*")):
            if path.suffix in (".sql", ".yaml"):
                digest.update(path.relative_to(SHIPPED).as_posix().encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()
