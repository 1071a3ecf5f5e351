"""The tables on the page of a flow run: files, what was returned, what is open, where everything lies.

Findings come from the masked copy; names of files pass the same mask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from expectations.contracts import load_contracts
from expectations.masking import mask_text
from expectations.rulebook import load_rules
from expectations.yaml_files import read_yaml
from flows.edges.names import known_names, masked
from flows.edges.published import Row, open_published
from flows.edges.warehouse import open_warehouse
from flows.edges.workspace import Workspace, open_workspace
from flows.outcome import SEVERITIES, Outcome
from flows.problems import Refusal

_OPEN = """
SELECT f.unit_code, u.unit_name, f.rule_id, f.severity, count(*) AS finding_count
FROM marts.findings AS f
LEFT JOIN marts.units AS u ON u.unit_code = f.unit_code
WHERE f.status = 'open'
GROUP BY ALL
ORDER BY f.unit_code NULLS FIRST, f.rule_id, f.severity
"""
_STATUSES = "SELECT status, count(*) AS finding_count FROM marts.findings GROUP BY ALL"
_RETURNED = """
SELECT f.sha256, f.source_file, u.unit_name, f.rule_id, f.severity, count(*) AS finding_count,
    min(f.message_zh) AS message_zh
FROM marts.findings AS f
LEFT JOIN marts.units AS u ON u.unit_code = f.unit_code
WHERE f.status = 'open' AND f.severity IN ('reject', 'error') AND list_contains($files, f.sha256)
GROUP BY ALL
ORDER BY f.source_file, f.sha256, f.severity DESC, f.rule_id
"""
Words = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A table of the page: `key` in ASCII for the server, title and column heads for people."""

    key: str
    title: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Seen:
    """What the page is made of, all of it fit to be read."""

    outcome: Outcome
    names: frozenset[str] | None
    open: Sequence[Row] = ()
    statuses: Mapping[str, int] | None = None
    returned: Sequence[Row] = ()

    def text(self, text: str) -> str:
        return masked(text, "text", self.names) if self.names is not None else mask_text(text)

    def file(self, path: str) -> str:
        """The name of a file, masked; while nobody's name is known, only its folder and its ending."""
        return self.text(path) if self.names is not None else _hidden(path)


@cache
def page_words() -> Words:
    """The words of the page, flows/page.yaml."""
    words: Words = read_yaml(Path(__file__).with_name("page.yaml"))
    return words


def look(root: Path, outcome: Outcome) -> Seen:
    """The findings as they stand, and the names to hide. What cannot be had is left out, never guessed."""
    try:
        workspace = open_workspace(root)
        names = _names(workspace, outcome.command)
        with open_published(workspace) as published:
            found, statuses = published.rows(_OPEN), published.rows(_STATUSES)
            files = [row["sha256"] for row in outcome.rows if row.get("sha256") and "state" in row]
            returned = published.rows(_RETURNED, {"files": files}) if files else []
    except Refusal:  # no workspace, nothing published yet, or another run has it just now
        return Seen(outcome, None)
    return Seen(outcome, names, found, {row["status"]: row["finding_count"] for row in statuses}, returned)


def _names(workspace: Workspace, command: str) -> frozenset[str] | None:
    with suppress(Refusal), open_warehouse(workspace, command=command) as warehouse:
        return known_names(warehouse)
    return None


def tables_of(seen: Seen, words: Words) -> Iterator[Table]:
    """The tables that have rows, in the order in which people ask."""
    made = {"files": _files(seen, words), "returned": _returned(seen, words), "open": _open(seen, words),
            "where": _where(seen, words)}  # fmt: skip
    for key, rows in made.items():
        heads = words["columns"][key]
        if rows:
            yield Table(key, words["headings"][key], [{heads[name]: row[name] for name in heads} for row in rows])


def _files(seen: Seen, words: Words) -> list[Row]:
    kinds = {name: contract.title_zh for name, contract in load_contracts().items()}
    return [
        {
            "number": row["sha256"][:6],
            "file": seen.file(row["file"]) if row["sha256"] else _hidden(row["file"]),
            "unit": seen.text(row["sender"]) or words["federation"],
            "kinds": "、".join(kinds.get(kind, kind) for kind in row["kinds"]),
            "row_count": row["row_count"],
            "state": words["states"].get(row["state"], row["state"]),
        }
        for row in seen.outcome.rows
        if "state" in row and "sha256" in row
    ]


def _hidden(path: str) -> str:
    """Of a path only its folder and its ending: nothing is known of the names that may stand in it."""
    pure = PurePosixPath(path)
    return (pure.parent / f"{page_words()['hidden_file']}{pure.suffix}").as_posix()


def _returned(seen: Seen, words: Words) -> list[Row]:
    labels = _labels()
    found = [
        {
            "number": row["sha256"][:6],
            "file": row["source_file"],
            "unit": row["unit_name"] or words["federation"],
            "severity": words["severities"][row["severity"]],
            "rule": labels.get(row["rule_id"], row["rule_id"]),
            "count": row["finding_count"],
            "reason": row["message_zh"].rstrip("。").rpartition("。")[0],
            "way_out": row["message_zh"].rstrip("。").rpartition("。")[2],
        }
        for row in seen.returned
    ]
    unread = [
        {"number": "—", "severity": "—", "count": 1, **words["unread"]}
        | {"file": _hidden(row["file"]), "unit": seen.text(row["sender"])}
        for row in seen.outcome.rows
        if row.get("state") == "unread"
    ]
    return [*unread, *found]


def _open(seen: Seen, words: Words) -> list[Row]:
    labels, counted = _labels(), dict[tuple[str, str], Row]()
    for row in seen.open:
        unit = row["unit_name"] or row["unit_code"] or words["federation"]
        rule = {"unit": unit, "rule_id": row["rule_id"], "rule": labels.get(row["rule_id"], row["rule_id"])}
        line = counted.setdefault((unit, row["rule_id"]), rule | dict.fromkeys(SEVERITIES, 0))
        line[row["severity"]] += row["finding_count"]
    return list(counted.values())


def _where(seen: Seen, words: Words) -> list[Row]:
    made = []
    for path in seen.outcome.outputs:
        pure = PurePosixPath(path)
        what = words["outputs"].get(pure.stem.partition("_")[0], pure.suffix.removeprefix("."))
        unit = seen.text(pure.parts[1]) if pure.parts[0] == "outbox" and len(pure.parts) > 2 else ""
        made.append({"path": seen.file(path), "what": what, "unit": unit})
    standing = [{"path": path, "what": what, "unit": ""} for path, what in words["standing"].items()]
    return [*made, *standing] if seen.statuses is not None else made


@cache
def _labels() -> Mapping[str, str]:
    """Published id of a rule's detail → what it is about."""
    return {
        rule.published_id(detail): rule.title_zh if rule.published_id(detail) == rule.rule else entry.label_zh
        for rule in load_rules()
        for detail, entry in rule.details.items()
    }
