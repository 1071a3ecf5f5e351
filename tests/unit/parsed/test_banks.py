"""Every bank's paper, byte by byte as the bank makes it, against what its builder says stands on it."""

from typing import Any

import pytest

from tests.fixtures.banks import abc, aid_system, boc, ccb, icbc, others, payouts
from tests.fixtures.banks.paper import Paper, variants
from tests.unit.parsed.making import findings, read, rows

BANKS = (icbc, ccb, abc, boc, others, payouts, aid_system)
CASES = [case for bank in BANKS for paper in bank.PAPERS for case in variants(paper)]
CASES += [case for bank in BANKS for case in bank.OTHER_FORMS]
TOTALS = ("in_count", "in_yuan", "out_count", "out_yuan", "line_count")


@pytest.mark.parametrize("paper", CASES, ids=[case.name for case in CASES])
def test_a_paper_is_read_as_it_stands(paper: Paper) -> None:
    made = read(paper.content, paper.file)
    assert [rule for rule, *_ in findings(made)] == list(paper.remarks)
    [sheet] = made.sheets.to_dicts()
    assert (sheet["kind"], sheet["layout"]) == (paper.kind, paper.layout)
    assert (sheet["header_row_no"], sheet["row_count"]) == (paper.header_row_no, len(paper.lines))
    assert told(rows(made, paper.kind), paper.lines) == paper.lines
    assert periods(made) == sorted(paper.periods, key=str)
    stated = [{name: row[name] for name in TOTALS if row[name] is not None} for row in made.control_totals.to_dicts()]
    assert stated == ([paper.totals] if paper.totals else [])


def told(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as far as the paper's builder speaks of them, days as text."""
    names = expected[0] if expected else ()
    return [{name: _plain(row[name]) for name in names} for row in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def periods(made: Any) -> list[tuple[str | None, str, str]]:
    found = made.statement_periods.to_dicts()
    said = [(row["account_text"], row["starts_on"].isoformat(), row["ends_on"].isoformat()) for row in found]
    return sorted(said, key=str)


def test_there_are_papers_enough() -> None:
    assert len({case.content for case in CASES}) >= 30
    assert len({case.name for case in CASES}) == len(CASES)
