"""What only people can decide about bank lines and payments: read from the warehouse, in the words of 对账待办."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from expectations.rulebook import load_rules
from flows.certificates import agreed, lost
from flows.edges.lexicon import load_choices
from flows.edges.names import known_names, masked
from flows.edges.transforms import sql_text
from flows.edges.warehouse import Warehouse
from flows.outcome import place
from flows.words import say
from transforms.parsed.marks import PairMark

Row = dict[str, Any]
_UNITS = "SELECT u.unit_code, u.unit_name FROM facts.units AS u"
_LABELS = "SELECT code, label_zh FROM policy.labels WHERE document_set = 'default' AND domain = 'aid_category'"


@dataclass(frozen=True)
class Line:
    """One row of the workbook. `choices`: codes that its drop-down offers; `facts`: what its columns show, by key."""

    item_id: str
    mark: str
    choices: tuple[str, ...]
    facts: Mapping[str, str | int | Decimal | date | None]


def open_items(warehouse: Warehouse, words: Mapping[str, Any]) -> dict[str, list[Line]]:
    """The lines of each unit's workbook by the unit's name; a unit without anything open is not there."""
    units: dict[str, str] = dict(warehouse.rows(_UNITS))
    told = _Told(warehouse, words)
    found: dict[str, list[Line]] = defaultdict(list)
    asked = [("10_open_lines", told.of_line), ("20_open_payments", told.of_payment)]
    before = ""
    for row, tell in (
        (row, tell) for name, tell in asked for row in warehouse.records(sql_text(f"transforms/deciding/{name}.sql"))
    ):
        found[units[row["unit_code"]]].append(tell(row, is_first=row["item_id"] != before))
        before = row["item_id"]
    return dict(found)


class _Told:
    """Rows of the questions in the words of the workbook."""

    def __init__(self, warehouse: Warehouse, words: Mapping[str, Any]) -> None:
        self.words = words
        self.names = known_names(warehouse)
        self.categories = dict(warehouse.rows(_LABELS))
        self.choices = load_choices()["choice"]
        self.reasons = {
            detail.rpartition(".")[2]: entry.label_zh
            for rule in load_rules()
            for detail, entry in rule.details.items()
            if entry.rule_id == "M91.decision_void"
        }

    def of_line(self, row: Row, *, is_first: bool) -> Line:
        """A bank line with what it may belong to, or with none of it."""
        other = row["counterparty_name"] or self.words["account"].format(account_last4=row["account_last4"] or "")
        facts = self._item(row, on=row["value_on"], direction=row["direction"], other=other, memo=row["memo"])
        is_none = row["payment_id"] is None and row["list_id"] is None
        facts |= self._candidate(row, self._payment(row), row["pay_on"]) if not is_none else self._none(is_first)
        mark = PairMark(row["bank_line_id"], row["payment_id"] or "", row["list_id"] or "")
        return Line(
            row["item_id"], mark.text, ("not_ours", "later") if is_none else ("chosen",), facts | self._said(row)
        )

    def of_payment(self, row: Row, *, is_first: bool) -> Line:
        """A payment or list with a bank line that may have paid it, or with none."""
        form = self.words["list_item" if row["list_id"] else "payment_item"]
        other = form.format(person=row["person_name"] or "", batch_no=row["batch_no"], count=row["line_count"])
        facts = self._item(row, on=row["pay_on"], direction=None, other=other, memo="")
        is_none = row["bank_line_id"] is None
        facts |= self._candidate(row, self._bank_line(row), row["value_on"]) if not is_none else self._none(is_first)
        mark = PairMark(row["bank_line_id"] or "", row["payment_id"] or "", row["list_id"] or "")
        return Line(row["item_id"], mark.text, ("later",) if is_none else ("chosen",), facts | self._said(row))

    def _item(self, row: Row, *, on: date | None, direction: str | None, other: str, memo: str) -> Row:
        """A file's name may hold anybody's; all names in it are hidden."""
        file, sheet = (masked(row[name] or "", "text", self.names) for name in ("source_file", "sheet"))
        return {
            "item": self.words["items"][row["item_code"]], "item_on": on,
            "direction": say(f"direction.{direction}") if direction else "", "amount": row["amount_yuan"],
            "other": other, "memo": memo, "place": place(file, sheet, row["row_no"]),
        }  # fmt: skip

    def _candidate(self, row: Row, text: str, on: date | None) -> Row:
        same = agreed(row)
        if row["days_apart"] is not None:
            same.append(self.words["days_apart"].format(days=row["days_apart"]))
        return {
            "rank": row["line_rank"], "candidate": text, "candidate_on": on, "candidate_amount": row["candidate_yuan"],
            "agreed": self.words["joined"].join(same), "loss": lost(row) or self.words["taken"],
        }  # fmt: skip

    def _none(self, is_only: bool) -> Row:
        return {"candidate": self.words["lines"]["nothing" if is_only else "none"]}

    def _payment(self, row: Row) -> str:
        form = self.words["lines"]["list" if row["list_id"] else "payment"]
        category = self.categories.get(row["aid_category"], "")
        return str(
            form.format(
                batch_no=row["batch_no"], person=row["person_name"] or "", category=category, count=row["line_count"]
            )
        )

    def _bank_line(self, row: Row) -> str:
        form = self.words["lines"]["bank_line"]
        return str(form.format(account_last4=row["account_last4"] or "", other=row["counterparty_name"] or row["memo"]))

    def _said(self, row: Row) -> Row:
        """What was chosen last on this row, by whom and when; and why it does not hold."""
        if not row["said_choice"]:
            return {}
        by = " ".join(str(part) for part in (row["said_by"], row["said_on"]) if part)
        choice = self.choices[row["said_choice"]]
        if row["said_choice"] == "chosen" and row["line_rank"] is None:
            choice = self.words["gone"]
        said = self.words["said"].format(choice=choice, said=by)
        if row["void_code"]:
            said = self.words["void"].format(said=said, reason=self.reasons[row["void_code"]])
        return {"said": said}
