"""What a reader must know of a table, as plain values.

`transforms` imports neither `expectations` nor files: `flows/edges/reading.py` makes these from the contracts
(`expectations/contracts`), the layouts (`data/layouts`) and the words (`data/reference`), and hands them in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from transforms.words import Enumeration, squeezed


@dataclass(frozen=True)
class Condition:
    """Holds in a row where `column` has one of `codes`."""

    column: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Column:
    """One column that a file may bring. `names`: the header as the template has it first, then its synonyms."""

    name: str
    names: tuple[str, ...]
    type: str
    required: str = "false"  # true, error, conditional, false
    when: Condition | None = None
    but_not: Condition | None = None
    unless: tuple[str, ...] = ()
    empty_is: str = ""  # the rule that tells an empty cell; '': it is a missing value
    in_text: bool = False
    on_unknown: str = "error"

    @property
    def header(self) -> str:
        """The column's name in Chinese."""
        return self.names[0]

    @property
    def base_type(self) -> str:
        """`enum` of `enum:fund_source`."""
        return self.type.partition(":")[0]

    @property
    def domain(self) -> str:
        """`fund_source` of `enum:fund_source`."""
        return self.type.partition(":")[2]


@dataclass(frozen=True)
class Kind:
    """One kind of input: its columns in the order of the frame, its key, what is known and ignored."""

    kind: str
    title_zh: str
    columns: tuple[Column, ...]
    frame: tuple[tuple[str, str], ...]  # (column, type) of the typed frame after the lineage columns
    key: tuple[str, ...]
    replaces: tuple[str, ...] = ()
    unit_column: str = ""
    unit_headers: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    title_words: tuple[str, ...] = ()
    by_layout: bool = False
    carried: tuple[str, ...] = ()  # columns whose empty cells mean what stands above them

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by identifier."""
        return {column.name: column for column in self.columns}


@dataclass(frozen=True)
class Totals:
    """How a bank states what its lines add up to. Fields: in_yuan, in_count, out_yuan, out_count, line_count."""

    rows: frozenset[str] = frozenset()  # first cell of a footer row whose sums stand below the columns
    sides: Mapping[str, str] = field(default_factory=dict)  # in, out → the word between a count and a sum
    keys: Mapping[str, str] = field(default_factory=dict)  # 键 of a line above the header or in the footer → field


@dataclass(frozen=True)
class Split:
    """Two columns that a bank writes into one cell, in this order, parted by the first sign `by`."""

    into: tuple[str, str]
    by: str


@dataclass(frozen=True)
class Join:
    """A column whose value stands in several cells, such as 年 月 日, in this order, with `by` between them."""

    of: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class Layout:
    """How one bank lays out a kind. `columns`: identifier → headers; beside the contract's there may be helpers:
    direction_text, in_yuan, out_yuan, payer_name, payer_account_no, payee_name, payee_account_no, returned_text,
    counterparty_text; of a journal direction_text, amount_yuan, year_text, month_text, day_text, voucher_word,
    voucher_number.
    """

    name: str
    kind: str
    title_zh: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    memo: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    channel: str = ""  # bank, treasury; '' for what is no paper of either
    direction: str = ""  # two_columns, flag, flag_unsigned, sign
    words: Mapping[str, str] = field(default_factory=dict)  # own words → code of direction, status, side
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # identifier → keys of lines above the header
    totals: Totals | None = None
    split: Mapping[str, Split] = field(default_factory=dict)  # helper column → what its cells hold
    join: Mapping[str, Join] = field(default_factory=dict)  # column → the helper columns that hold it
    carried: tuple[str, ...] = ()  # columns whose empty cells mean what stands above them


@dataclass(frozen=True)
class Limits:
    """What one file may cost: bytes, counts. No office's table comes near; what is made to do harm goes beyond."""

    file_bytes: int  # of a file as received
    workbook_bytes: int  # of a workbook, unpacked
    parts: int  # files inside a workbook
    sheets: int  # of a workbook
    columns: int  # up to the last one with something in it
    elements: int  # cells, texts and the like that a workbook lists, empty ones too
    cells: int  # rows × columns down to the last cell, over all sheets
    text_bytes: int  # of a text file
    text_cells: int  # signs that part cells, and ends of lines, in a text file
    line_bytes: int  # of one line of a text file


@dataclass(frozen=True)
class Rules:
    """Words and measures of reading (`data/reference/reading.yaml`)."""

    header_rows: int
    least_columns: int
    least_required: float
    least_known: float
    weights: Mapping[str, int]
    sheet_unit_keys: frozenset[str]
    money_unit_keys: frozenset[str]
    money_units: Mapping[str, int]
    total_words: tuple[str, ...]
    note_words: tuple[str, ...]
    carried_words: tuple[str, ...]
    ignored_sheets: frozenset[str]
    year_stop_words: tuple[str, ...]
    quota_words: tuple[str, ...]
    nothing: frozenset[str]
    nothing_typed: frozenset[str]
    card_digits: tuple[int, int]
    account_digits: tuple[int, int]
    serial_days: tuple[int, int]
    archive_members: int
    archive_bytes: int
    archive_depth: int
    junk: tuple[str, ...]
    limits: Limits
    returned: Mapping[str, str] = field(default_factory=dict)  # words of the workbooks that we return


@dataclass(frozen=True)
class Vocabulary:
    """Everything that turns words into codes: the enumerations by domain, and the rules of reading."""

    domains: Mapping[str, Enumeration]
    rules: Rules

    def code(self, domain: str, text: str) -> str | None:
        """The code that a cell's text means in a domain; an open domain keeps what it does not know."""
        return self.domains[domain].code(text)


def names_index(columns: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Header text → the columns that it may head, each with its rank among the column's names (0: the column's own)."""
    index: dict[str, dict[str, int]] = {}
    for name, names in columns.items():
        for rank, text in enumerate(names):
            index.setdefault(squeezed(text), {}).setdefault(name, rank)
    return {text: tuple(ranks.items()) for text, ranks in index.items()}
