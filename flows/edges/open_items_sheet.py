"""对账待办 as a workbook: what only people can decide, best candidate first, with cells to choose in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from expectations.contracts import load_contracts
from flows.edges.lexicon import load_choices
from flows.edges.open_items import Line
from flows.edges.sheets import DATE, MONEY, TEXT, cell_format, head_format, height_of, keep_head, workbook

ANSWERED = ("choice", "decided_by", "decided_on", "decision_note")
_MARK = "pair_mark"
_OF_ITEM = ("number", "item", "item_on", "direction", "amount", "other", "memo", "place")
_FORMS = {"item_on": DATE, "candidate_on": DATE, "decided_on": DATE, "amount": MONEY, "candidate_amount": MONEY}
_CENTRED = ("number", "item", "item_on", "direction", "rank", "candidate_on", "choice", "decided_on")
_LEAST_HEIGHT = 22
_ANSWER, _HEAD_ANSWER, _REPEATED = "#E2EFDA", "#C6E0B4", "#A6A6A6"


def open_items_workbook(
    unit: str, lines: Sequence[Line], words: Mapping[str, Any], properties: Mapping[str, str]
) -> bytes:
    """One workbook. `properties`: what the file says of itself, unseen."""

    def fill(made: Workbook) -> None:
        for name, text in properties.items():
            made.set_custom_property(name, text, "text")
        page = _Page(made, words)
        page.write_top(unit)
        page.write_lines(lines)

    return workbook(fill)


class _Page:
    """The one sheet."""

    def __init__(self, made: Workbook, words: Mapping[str, Any]) -> None:
        headed = {column.name: column.field.label_zh for column in load_contracts()["decisions"].read}
        self.made, self.words = made, words
        self.columns = [
            (each["key"], each.get("label") or headed[each["key"]], each["width"]) for each in words["columns"]
        ]
        self.head = len(words["above"]) + 1
        self.sheet: Worksheet = made.add_worksheet(words["sheet"])
        self.formats: dict[tuple[str, bool, bool], Format] = {}

    def write_top(self, unit: str) -> None:
        """Title, whose it is, how to fill it in, the header."""
        last = len(self.columns) - 2  # behind it the hidden mark
        large = self.made.add_format({"bold": True, "font_size": 16, "valign": "vcenter"})
        plain = self.made.add_format({"valign": "vcenter"})
        for row, text in enumerate([self.words["title"], *self.words["above"]]):
            self.sheet.merge_range(row, 0, row, last, text.format(unit=unit), plain if row else large)
            self.sheet.set_row(row, 20 if row else 30)
        heads = {key: head_format(self.made, bg_color=_HEAD_ANSWER) for key in ANSWERED}
        other = head_format(self.made)
        for place, (key, label, width) in enumerate(self.columns):
            self.sheet.set_column(place, place, width, None, {"hidden": True} if key == _MARK else {})
            self.sheet.write_string(self.head, place, label, heads.get(key, other))
        keep_head(self.sheet, self.head)

    def write_lines(self, lines: Sequence[Line]) -> None:
        """A row a candidate; the facts of an item stand in its first row, in the others they are grey."""
        offered, number, before = load_choices()["choice"], 0, ""
        for at, line in enumerate(lines, start=self.head + 1):
            is_first = line.item_id != before
            number, before = number + is_first, line.item_id
            facts = {**line.facts, "number": number, _MARK: line.mark}
            texts = ((str(facts.get(key) or ""), width) for key, _, width in self.columns if key != _MARK)
            self.sheet.set_row(at, max(_LEAST_HEIGHT, height_of(texts)))
            for place, (key, _, _) in enumerate(self.columns):
                self._write(at, place, facts.get(key), self._format(key, is_first, key in _OF_ITEM and not is_first))
            source = [offered[code] for code in line.choices]
            place = [key for key, _, _ in self.columns].index("choice")
            self.sheet.data_validation(at, place, at, place, {"validate": "list", "source": source})
        last = self.head + len(lines)
        self.sheet.autofilter(self.head, 0, last, len(self.columns) - 2)
        self.sheet.print_area(0, 0, last, len(self.columns) - 2)

    def _write(self, at: int, place: int, value: str | int | Decimal | date | None, style: Format) -> None:
        if value is None or value == "":
            self.sheet.write_blank(at, place, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(at, place, value, style)
        elif isinstance(value, date):
            self.sheet.write_datetime(at, place, value, style)
        else:
            self.sheet.write_number(at, place, value, style)

    def _format(self, key: str, is_first: bool, is_repeated: bool) -> Format:
        """Between two items a stronger line; what is to be filled in is green."""
        known = (key, is_first, is_repeated)
        if known not in self.formats:
            more: dict[str, object] = {"num_format": _FORMS.get(key, TEXT if key in ANSWERED else "General")}
            more |= {"align": "center"} if key in _CENTRED else {} if key in _FORMS else {"indent": 1}
            more |= {"bg_color": _ANSWER} if key in ANSWERED else {}
            more |= {"font_color": _REPEATED} if is_repeated else {}
            more |= {"top": 2} if is_first else {}
            self.formats[known] = cell_format(self.made, **more)
        return self.formats[known]
