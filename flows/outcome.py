"""What came of a command: one value from which the exit code, the JSON document and the words for people are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flows.problems import Exit, Problem, Refusal, problem, worst

SEVERITIES = ("reject", "error", "warn", "info")


@dataclass(frozen=True)
class Outcome:
    """The result of one command (contract section 2). `outputs`: relative to the workspace; `lines`: for people."""

    command: str
    codes: frozenset[Exit] = frozenset()
    summary: Mapping[str, Any] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    outputs: Sequence[str] = ()
    problems: Sequence[Problem] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    lines: Sequence[str] = ()

    @property
    def exit_code(self) -> Exit:
        return worst(self.codes)

    def document(self) -> dict[str, Any]:
        """The one document of `--json`."""
        return {
            "command": self.command,
            "exit_code": int(self.exit_code),
            "summary": plain(self.summary),
            "findings": {severity: int(self.findings.get(severity, 0)) for severity in SEVERITIES},
            "outputs": list(self.outputs),
            "problems": [
                {"code": each.code, "where": each.where, "message": each.message, "way_out": each.way_out}
                for each in self.problems
            ],
            "rows": [plain(row) for row in self.rows],
        }


def refused(command: str, refusal: Refusal) -> Outcome:
    """Nothing was done, and why."""
    return Outcome(command, frozenset({refusal.exit_code}), problems=refusal.problems)


def crashed(command: str, error: BaseException) -> Outcome:
    """A bug. Its traceback goes to stderr; this is what the document says of it."""
    said = problem("bug", detail=f"{type(error).__name__}: {error}")
    return Outcome(command, frozenset({Exit.BUG}), problems=[said])


def place(file: str | None, sheet: str | None, row_no: int | None, column: str | None = None) -> str:
    """Where something stands, as people read it: file ▸ sheet!row column; '' for what stands nowhere."""
    if not file:
        return ""
    at_sheet = f" ▸ {sheet}" if sheet else ""
    at_row = f"!{row_no}" if row_no is not None else ""
    return f"{file}{at_sheet}{at_row}{f' {column}' if column else ''}"


def told(finding: Mapping[str, Any]) -> Problem:
    """A finding as people read it at once: where, what is wrong, and under it the way out."""
    sentence = finding["sentence"]
    return Problem(finding["rule_id"], place_of(finding, sentence), sentence, finding["way_out"] or "")


def place_of(finding: Mapping[str, Any], said: str) -> str:
    """Where a finding stands; its column only when the sentence does not begin with it."""
    column = finding["column_name"]
    is_said = bool(column) and said.startswith(column)
    return place(finding["source_file"], finding["sheet"], finding["row_no"], None if is_said else column)


def plain(value: Any) -> Any:
    """A value as JSON has it: exact decimals and dates as text, everything else as it is."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return value


def count_by_severity(severities: Iterable[str]) -> dict[str, int]:
    """How many findings there are of each severity, worst first."""
    counted = dict.fromkeys(SEVERITIES, 0)
    for severity in severities:
        counted[severity] += 1
    return counted
