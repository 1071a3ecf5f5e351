"""收件回执 as a workbook: what came, where its values were taken from, its sums, what is open and where to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from expectations.contracts import load_contracts, load_fields
from flows.edges.receipt_facts import Row, Told
from flows.edges.receipt_filings import filing_lines
from flows.edges.receipt_rows import left_out_lines
from flows.edges.sheets import MONEY, cell_format, head_format, height_of, workbook, write_head
from transforms.words import squeezed

_BANKS_OWN = ("bank_statements", "payouts")
_LEVELS = ("reject", "error", "warn")


def receipt_workbook(told: Told, workbooks: Mapping[str, str], words: Mapping[str, Any]) -> bytes:
    """One receipt. `workbooks`: received file → the name of the returned workbook that lists its findings."""

    def fill(made: Workbook) -> None:
        files = [_file_line(row, words) for row in told.files]
        _Page(made, words, "files").write(files, title=words["title"], above=_summary(told, words))
        _Page(made, words, "open").write(_open_lines(told, workbooks, words))
        above = [line.format(unit=told.to.unit) for line in words["filings_above"]]
        _Page(made, words, "filings").write(filing_lines(told.filed, words), title=words["filings_title"], above=above)
        _Page(made, words, "sums").write([_sum_line(row) for row in told.sums])
        _Page(made, words, "sources").write([line for row in told.files for line in _source_lines(row, words)])
        _Page(made, words, "left_out").write([line for row in told.files for line in left_out_lines(row, words)])

    return workbook(fill)


class _Page:
    """One sheet of the receipt: title, lines above, a table."""

    def __init__(self, made: Workbook, words: Mapping[str, Any], name: str) -> None:
        self.sheet = made.add_worksheet(words["sheets"][name])
        self.made = made
        self.columns = [(label, width) for label, width in words[name]]

    def write(self, lines: Iterable[Sequence[Any]], *, title: str = "", above: Sequence[str] = ()) -> None:
        last = len(self.columns) - 1
        row = 0
        if title:
            large = self.made.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
            plain = self.made.add_format({"text_wrap": True, "valign": "vcenter"})
            self.sheet.merge_range(0, 0, 0, last, title, large)
            self.sheet.set_row(0, 30)
            for row, text in enumerate(above, start=1):
                self.sheet.merge_range(row, 0, row, last, text, plain)
                self.sheet.set_row(row, 20)
            row += 1
        write_head(self.sheet, row, self.columns, head_format(self.made))
        text, money = cell_format(self.made), cell_format(self.made, num_format=MONEY)
        for at, line in enumerate(lines, start=row + 1):
            self._write_line(at, line, text, money)

    def _write_line(self, at: int, line: Sequence[Any], text: Format, money: Format) -> None:
        widths = [width for _, width in self.columns]
        self.sheet.set_row(at, height_of((str(value), widths[n]) for n, value in enumerate(line) if _is_text(value)))
        for place, value in enumerate(line):
            if value is None or value == "":
                self.sheet.write_blank(at, place, None, text)
            elif _is_text(value):
                self.sheet.write_string(at, place, value, text)
            else:
                self.sheet.write_number(at, place, value, text if isinstance(value, int) else money)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _summary(told: Told, words: Mapping[str, Any]) -> list[str]:
    counted = {level: sum(row["severity"] == level for row in told.open) for level in _LEVELS}
    said = {
        "federation": told.to.federation, "unit": told.to.unit, "ingest_no": told.to.ingest_no,
        "received_at": told.to.received_at.strftime("%Y-%m-%d %H:%M"),
        "files": len({row["receipt_id"] for row in told.files}), "rows": sum(row["row_count"] for row in told.files),
        "opened": told.opened, "closed": told.closed, **counted,
    }  # fmt: skip
    return [line.format(**said) for line in words["lines"]]


def _file_line(row: Row, words: Mapping[str, Any]) -> list[Any]:
    contract = load_contracts().get(row["kind"] or "")
    kind = contract.title_zh if contract else ""
    same = row["same_count"] + row["repeated_count"]
    untyped = row["row_count"] - row["typed_count"] - row["repeated_count"]  # a required column is missing: none enters
    refused = row["rejected_count"] + untyped
    accepted = row["row_count"] - refused - row["held_count"] - same
    state = words["returned"] if row["is_returned"] else words["states"][row["state"]]
    notes = [row["said"] or ""]
    if row["unknown_columns"]:
        notes.append(words["unknown_columns"].format(columns="、".join(row["unknown_columns"])))
    counts = [row["row_count"], accepted, refused, row["held_count"], same] if contract else [None] * 5
    return [row["source_file"], row["sheet"] or "", kind, *counts, state, "；".join(note for note in notes if note)]


def _source_lines(row: Row, words: Mapping[str, Any]) -> Iterable[list[Any]]:
    """Where each value was taken from; what stands in a column of its own name, which is most of it, is one line."""
    contract = load_contracts().get(row["kind"] or "")
    if contract is None or not row["taken_from"]:
        return
    labels = {column.name: column.field.label_zh for column in contract.columns}
    same_name = []
    for name, origin in json.loads(row["taken_from"]).items():
        field = load_fields().get(name)
        label = labels.get(name) or (field.label_zh if field else "")
        how, _, text = str(origin).partition(":")
        if label and how == "column" and squeezed(text) == squeezed(label):
            same_name.append(label)
        elif label and how in words["origins"]:
            yield [row["source_file"], row["sheet"] or "", label, words["origins"][how].format(text=text)]
    if same_name:
        yield [row["source_file"], row["sheet"] or "", "、".join(same_name), words["same_name"]]


def _sum_line(row: Row) -> list[Any]:
    return [row[name] for name in ("source_file", "batch_no", "label_zh", "row_count", "amount_yuan", "held_yuan")]


def _open_lines(told: Told, workbooks: Mapping[str, str], words: Mapping[str, Any]) -> list[list[Any]]:
    """What has a workbook is one line each; everything else is said in full."""
    counted: dict[str, int] = {}
    alone = []
    for row in told.open:
        name = workbooks.get(row["receipt_id"] or "")
        if name and row["kind"] not in _BANKS_OWN:
            counted[name] = counted.get(name, 0) + 1
        else:
            alone.append(row)
    listed = [["", words["in_workbook"].format(name=name, count=n), "", "", name] for name, n in counted.items()]
    rest = [[words["levels"][row["severity"]], *_said(row, words)] for row in alone]
    return [[number, *line] for number, line in enumerate([*listed, *rest], start=1)]


def _said(row: Row, words: Mapping[str, Any]) -> list[Any]:
    note = f"（{words['explained'].format(note=row['note'])}）" if row["note"] else ""
    place = row["batch_no"] or row["notice_no"] or row["source_file"] or ""
    if row["row_no"] is not None and row["source_file"]:
        place = f"{row['source_file']} ▸ {row['sheet'] or ''}!{row['row_no']}"
    where = words["bank_paper"] if row["kind"] in _BANKS_OWN and row["source_file"] else words["no_workbook"]
    return [f"{row['sentence_zh']}。{note}", f"{row['way_out_zh']}。", place, where]
