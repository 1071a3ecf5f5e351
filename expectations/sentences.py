"""An offence as a finding: what people read, masked, and the ids it keeps from run to run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from expectations.connection import Row
from expectations.contracts import load_contracts, load_fields
from expectations.masking import Mask, mask_text, mask_value
from expectations.rulebook import Detail, Rule

WITHHELD = "（略）"  # of a field whose text never leaves the house, or that nobody has defined
NOTHING = "—"  # never NULL, never 0 for what was not stated


@dataclass(frozen=True)
class Finding:
    """One row of `judged.findings`. value_text and args are as received, everything that is printed is masked."""

    finding_id: str
    group_id: str
    rule_id: str
    severity: str
    unit_code: str | None
    kind: str
    source_file: str | None
    sha256: str | None
    sheet: str | None
    row_no: int | None
    column_name: str | None
    value_masked: str | None
    message_zh: str
    article: str
    status: str
    first_seen_on: date | None
    rule: str
    detail: str
    receipt_id: str | None
    row_id: str | None
    field: str | None
    value_text: str | None
    subject_key: str
    batch_no: str | None
    notice_no: str | None
    args: tuple[str, ...]
    message_en: str
    sentence_zh: str  # the message without its way out, for readers that show the two apart
    sentence_en: str
    way_out_zh: str
    way_out_en: str
    fact_hash: str  # of the values that it is about: a decision on a finding holds while they stay as they were
    corrected_by: str | None = None  # the receipt that mended it

    def numbered(self, n: int) -> Finding:
        """The n-th finding of equal keys: facts that nothing but their row tells apart still have ids of their own."""
        return self if n == 1 else replace(self, finding_id=_digest(self.finding_id, str(n)))

    def row(self, city_code: str) -> Row:
        """The finding as a table row."""
        return {**vars(self), "args": list(self.args), "city_code": city_code}


def write_finding(rule: Rule, draft: Row, *, is_full: bool) -> Finding:
    """A finding of a rule from a row of `drafts.sql`. `is_full`: at the rule's own severity, else `info`."""
    detail = rule.detail(draft["rule_id"])
    rule_id = rule.published_id(draft["rule_id"])
    values = _values(detail, draft)
    place = _place(detail, draft)
    zh, en = _filled(detail.zh, values), _filled(detail.en, values)
    way_out_zh, way_out_en = _filled(detail.way_out_zh, values), _filled(detail.way_out_en, values)
    return Finding(
        finding_id=_digest(rule_id, draft["subject_key"], draft["field"] or ""),
        group_id=_digest(rule_id, draft["unit_code"] or "", draft["batch_no"] or ""),
        rule_id=rule_id,
        severity=(draft["stated_severity"] or detail.severity) if is_full else "info",
        unit_code=draft["unit_code"],
        kind=draft["kind"],
        **place,
        value_masked=masked_value(draft["field"], draft["value_text"]),
        message_zh=f"{zh}。{way_out_zh}。",
        article=rule.article.zh,
        status="corrected" if draft["is_corrected"] else "open",
        first_seen_on=draft["first_seen_on"],
        rule=rule.rule,
        detail=draft["rule_id"],
        **{name: draft[name] for name in ("field", "value_text", "subject_key", "batch_no", "notice_no")},
        args=tuple(draft[f"arg{n}"] or "" for n in range(1, 7)),
        message_en=f"{en}; {way_out_en}",
        sentence_zh=zh,
        sentence_en=en,
        way_out_zh=way_out_zh,
        way_out_en=way_out_en,
        fact_hash=_fact_hash(detail, draft),
        corrected_by=draft["corrected_by"],
    )


def _fact_hash(detail: Detail, draft: Row) -> str:
    """The values of the fact: what the sentence names, the cell, and of a finding on a row everything in that row.

    Of a file that nobody could read or take, its bytes.
    """
    named = (draft[f"arg{n}"] or "" for n in range(1, 1 + len(detail.args)))
    row = draft["value_hash"] or "" if detail.address == "row" else ""
    whole_file = [draft["sha256"]] if draft["is_whole_file"] else []
    return _digest(*named, draft["value_text"] or "", row, *whole_file)


def masked_value(field: str | None, text: str | None) -> str | None:
    """A cell as its field is masked; what stands in no field is a person's name (rules give nothing else there)."""
    if text is None or text == "":
        return None
    known = load_fields().get(field) if field else None
    mask: Mask = "name" if field is None else known.mask if known else "text"
    return WITHHELD if mask == "text" else mask_value(text, mask)


def _digest(*parts: str) -> str:
    return sha256("|".join(parts).encode()).hexdigest()[:16]


def _place(detail: Detail, draft: Row) -> dict[str, Any]:
    """As much of the address as a finding of this kind has: a batch has no row, a notice not even a file."""
    in_row, in_sheet = detail.address == "row", detail.address in ("row", "sheet")
    in_file = detail.address != "none"
    return {
        "source_file": draft["source_file"] if in_file else None,
        "sha256": draft["sha256"] if in_file else None,
        "receipt_id": draft["receipt_id"] if in_file else None,
        "sheet": draft["sheet"] if in_sheet else None,
        "row_no": draft["row_no"] if in_row else None,
        "row_id": draft["row_id"] if in_row else None,
        "column_name": (draft["stated_column"] or column_label(draft)) if in_row else None,
    }


def column_label(draft: Row) -> str | None:
    """The column as the file heads it, else as the blank template does."""
    field = draft["field"]
    if not field:
        return None
    stated = json.loads(draft["taken_from"]).get(field, "") if draft["taken_from"] else ""
    if isinstance(stated, str) and stated.startswith("column:"):
        return stated.removeprefix("column:")
    contract = load_contracts().get(draft["kind"])
    own = {column.name: column.field.label_zh for column in contract.columns} if contract else {}
    known = load_fields().get(field)
    return own.get(field) or (known.label_zh if known else str(field))


def _values(detail: Detail, draft: Row) -> Mapping[str, str]:
    """What a sentence may name: its args, and the finding's own words (OWN_WORDS), all fit to be read."""
    named = {name: _readable(name, draft[f"arg{n}"]) for n, name in enumerate(detail.args, start=1)}
    return {
        "batch": draft["batch_no"] or NOTHING,
        "notice": draft["notice_no"] or NOTHING,
        "value": masked_value(draft["field"], draft["value_text"]) or NOTHING,
        "column": draft["stated_column"] or column_label(draft) or NOTHING,
        "sheet": mask_text(draft["sheet"] or "") or NOTHING,
        **named,
    }


def _readable(name: str, text: str | None) -> str:
    """Whole yuan without their .00; codes and numbers of batches as they are; every other text masked."""
    if text is None or text == "":
        return NOTHING
    if name.endswith("_yuan"):
        return text.removesuffix(".00")
    return text if name in ("batch", "notice") else mask_text(text)


def _filled(template: str, values: Mapping[str, str]) -> str:
    return template.format_map(values)
