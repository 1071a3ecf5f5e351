"""Two versions of rows side by side: which are the same row, and what is said otherwise; fit to be shown.

Rows of one key are one row. Where the key itself was changed (an amount, an ID number), a new row and one that is gone
are taken for the same when most of what tells rows apart agrees: who, how much, and the rest of the key.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from expectations.contracts import Contract, Field
from flows.edges.names import masked

Row = dict[str, Any]
_ALIKE = 0.5  # of the telling fields that either row states
_KEY_WORD = re.compile(r"\w+")


def pairs(new: Sequence[str], gone: Sequence[str], values: Mapping[str, Row], contract: Contract) -> dict[str, str]:
    """New row → the row that it was before: the most alike first, each once. Ties fall in the order of the rows."""
    fields = _telling_fields(contract)
    likeness = [
        (-_likeness(values[after], values[before], fields), place, other, after, before)
        for place, after in enumerate(new)
        for other, before in enumerate(gone)
    ]
    found: dict[str, str] = {}
    for likely, *_, after, before in sorted(likeness):
        if -likely > _ALIKE and after not in found and before not in found.values():
            found[after] = before
    return found


def _likeness(after: Row, before: Row, fields: Sequence[Field]) -> float:
    stated = [field.id for field in fields if after[field.id] is not None or before[field.id] is not None]
    same = [name for name in stated if after[name] == before[name]]
    return len(same) / len(stated) if stated else 0.0


def _telling_fields(contract: Contract) -> tuple[Field, ...]:
    in_key = {word for term in contract.key for word in _KEY_WORD.findall(term)}
    return tuple(
        field
        for field in shown_fields(contract)
        if field.id in in_key or field.mask in ("name", "id", "card") or field.type == "money"
    )


def shown_fields(contract: Contract) -> tuple[Field, ...]:
    """What a row states: not what was made of it."""
    return tuple(column.field for column in contract.columns if not column.derived)


def changes(after: Row, before: Row, contract: Contract, names: frozenset[str], labels: Mapping[str, str]) -> list[Row]:
    """The fields that differ, masked as everywhere: a number of which the middle was changed looks the same."""
    return [
        {
            "field": field.id,
            "label": field.label_zh,
            "before": shown(before[field.id], field, names, labels),
            "after": shown(after[field.id], field, names, labels),
        }
        for field in shown_fields(contract)
        if after[field.id] != before[field.id]
    ]


def subject(row: Row, contract: Contract, names: frozenset[str], labels: Mapping[str, str]) -> str:
    """What a row is about: the first that it must state."""
    stated = [column.field for column in contract.columns if column.required == "true" and not column.derived]
    told = (shown(row[field.id], field, names, labels) for field in (*stated, *shown_fields(contract)))
    return next((text for text in told if text), "")


def shown(value: Any, field: Field, names: frozenset[str], labels: Mapping[str, str]) -> str | None:
    """A value as people read it; codes by their labels."""
    if value is None:
        return None
    if not isinstance(value, str):
        return str(value)
    return labels.get(f"{field.domain}.{value}", value) if field.domain else masked(value, field.mask, names)


def counted(rows: Collection[Row], changes_: Sequence[str]) -> dict[str, int]:
    """How many rows there are of each change."""
    return {change: sum(row["change"] == change for row in rows) for change in changes_}
