"""Blank input workbooks, one a kind, headed as the contracts of `expectations` name the columns."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

from expectations.contracts import Contract, load_contracts
from flows.edges.files import write_whole
from flows.edges.lexicon import Choices
from flows.edges.sheets import workbook
from flows.edges.templates.data_sheet import write_data_sheet
from flows.edges.templates.explained import write_explained
from flows.edges.templates.meanings import Meanings

__all__ = ["blank_workbook", "write_templates"]


def write_templates(folder: Path) -> list[Path]:
    """One workbook for each kind that people fill in; banks export theirs by layouts, 对账待办 is written by us."""
    written = []
    for contract in load_contracts().values():
        if not contract.by_layout and contract.headers:
            path = folder / f"{contract.title_zh}.xlsx"
            write_whole(path, blank_workbook(contract))
            written.append(path)
    return written


def blank_workbook(contract: Contract, choices: Choices | None = None) -> bytes:
    """The header of a kind over empty rows that help while they are filled in, and a sheet that explains every column.

    `choices`: the words of each enumeration, by default those that ship.
    """
    said = Meanings(contract, choices)

    def fill(made: Workbook) -> None:
        sheet, explained = made.add_worksheet(contract.title_zh), made.add_worksheet(said.words["explained"]["sheet"])
        lists = write_explained(made, explained, said)
        write_data_sheet(made, sheet, said, lists)

    return workbook(fill)
