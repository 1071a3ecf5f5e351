"""The blank workbooks that `init` writes are read back as what they are: an empty table of their kind."""

import pytest

from expectations.contracts import Contract, load_contracts
from flows.edges.lexicon import load_enums, load_layouts
from flows.edges.reading import read_file
from flows.edges.templates import blank_workbook

CONTRACTS = load_contracts()
FILLED_IN = [contract for contract in CONTRACTS.values() if not contract.by_layout]


@pytest.mark.parametrize("contract", FILLED_IN, ids=lambda contract: contract.kind)
def test_blank_workbook_is_an_empty_table_of_its_kind(contract: Contract) -> None:
    assert len(FILLED_IN) == 11
    read = read_file(
        content=blank_workbook(contract),
        source_file=f"岳阳市总工会/{contract.title_zh}.xlsx",
        sender="岳阳市总工会",
        layouts=load_layouts(),
        contracts=CONTRACTS,
        enums=load_enums(),
        household_key=b"k" * 64,
        city_code="430600",
    )
    assert read.state == "accepted"
    assert [(row["kind"], row["row_count"]) for row in read.sheets.to_dicts()] == [(contract.kind, 0)]
    assert read.problems.to_dicts() == []
    assert read.sheets["unknown_columns"].to_list() in ([[]], [None])
