"""未计入的行 on a 收件回执: rows of a recognised sheet that were not read as data, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ABOVE = "above"


def left_out_lines(row: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[list[Any]]:
    """One line a reason: file, sheet, row numbers, reason. `row`: of received.sheets, with its file."""
    if not row["header_row_no"]:
        return
    reasons: dict[str, list[int]] = {}
    if row["header_row_no"] > 1:
        reasons[ABOVE] = list(range(1, row["header_row_no"]))
    for row_no, reason in json.loads(row["left_out"] or "[]"):
        reasons.setdefault(reason, []).append(row_no)
    for reason, numbers in reasons.items():
        yield [row["source_file"], row["sheet"] or "", spans(numbers), words["left_out_reasons"][reason]]


def spans(numbers: Iterable[int]) -> str:
    """Row numbers as people write them: 3、15—17."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in found)
