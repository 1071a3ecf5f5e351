"""The contracts of received tables: which columns a kind has, what each means, what makes a row the same fact.

`fields/*.yaml` define every column once; `contracts/<kind>.yaml` say which of them a kind of input has, in order.
Made from these: the typed frames, the tables of schema `validated`, blank templates, suites, the dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Default

from expectations.yaml_files import read_yaml

ROOM = Path(__file__).parent
FIELDS = ROOM / "fields"
CONTRACTS = ROOM / "contracts"

LINEAGE = ("row_id", "receipt_id", "source_file", "sheet", "row_no", "city_code")
SQL_TYPES: Mapping[str, str] = {
    "text": "VARCHAR", "id_number": "VARCHAR", "card": "VARCHAR", "account": "VARCHAR", "visible_account": "VARCHAR",
    "key": "VARCHAR", "enum": "VARCHAR", "quantity": "DECIMAL(18,6)", "money": "DECIMAL(18,2)", "rate": "DECIMAL(9,6)",
    "date": "DATE", "timestamp": "TIMESTAMP", "year": "INTEGER", "integer": "INTEGER", "count": "BIGINT",
    "boolean": "BOOLEAN",
}  # fmt: skip

Required = Literal["true", "error", "conditional", "false"]
Severity = Literal["reject", "error"]


class _Entry(BaseModel):
    """Strict: an unknown key is a typo, and a typo in a contract must not pass."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Field(_Entry):
    """One column of the house: what it is called, what it holds, how it is masked."""

    id: str
    label_zh: str
    type: str
    meaning_zh: str
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    example: str = ""  # one right value, invented; an enumeration shows its words instead
    mask: Literal["none", "name", "id", "card", "text"] = "none"
    in_text: bool = False  # may be known from a title, a sheet, file or folder name
    on_unknown: Severity = "error"  # what a text outside the enumeration does to its row

    @property
    def domain(self) -> str:
        """The enumeration of an `enum:<domain>` field, else ''."""
        return self.type.partition(":")[2]

    @property
    def sql_type(self) -> str:
        """The column's type in the warehouse."""
        return SQL_TYPES[self.type.partition(":")[0]]


class Condition(_Entry):
    """Holds in a row where another column has one of these codes."""

    field: str
    is_: tuple[str, ...] = Default(alias="is")


class Column(_Entry):
    """A field as a column of one kind. `required` as the contract marks it: * true, (e) error, (c) conditional."""

    field: Field
    required: Required = "false"
    when: Condition | None = None
    but_not: Condition | None = None
    unless: tuple[str, ...] = ()
    empty_is: str = (
        ""  # the rule that tells an empty cell in place of S.missing_value; a lacking column is still that one's
    )
    derived: bool = False  # made at intake, not a header of the file
    ours: bool = False  # a header of sheets that we write, of no blank template

    @property
    def name(self) -> str:
        """The column's identifier."""
        return self.field.id


class StatedUnit(_Entry):
    """Where a row says whose it is: a column of the kind, or a header that is used for nothing else."""

    field: str = ""
    headers: tuple[str, ...] = ()


class Contract(_Entry):
    """One kind of input. `key`: terms joined; in a term `a | b` is the first that is there, `a & b` both together."""

    kind: str
    title_zh: str
    grain_zh: str
    title_words: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    replaces: tuple[str, ...] = ()  # a later file replaces the whole of these; empty: row by row
    stated_unit: StatedUnit = StatedUnit()
    ignored: tuple[str, ...] = ()  # headers known and not used
    by_layout: bool = False  # its headers are those of data/layouts
    carried: tuple[str, ...] = ()  # columns whose empty cells mean what stands above them

    @property
    def table(self) -> tuple[Field, ...]:
        """The columns of `validated.<kind>`: those that every row carries, then its own."""
        known = load_fields()
        return (*(known[name] for name in LINEAGE), *(column.field for column in self.columns))

    @property
    def headers(self) -> tuple[Column, ...]:
        """The columns that people fill in, in the order of the blank template."""
        return tuple(column for column in self.read if not column.ours)

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that a file may bring."""
        return tuple(column for column in self.columns if not column.derived)


class ContractError(ValueError):
    """A contract that contradicts itself or its fields: a mistake of ours, never of a user."""


def _documents(folder: Path) -> list[tuple[Path, Any]]:
    return [(path, read_yaml(path)) for path in sorted(folder.glob("*.yaml"))]


@cache
def load_fields(folder: Path = FIELDS) -> Mapping[str, Field]:
    """Every column of the house by its identifier, from all files of the folder; a second definition is refused."""
    fields: dict[str, Field] = {}
    for path, document in _documents(folder):
        for name, entry in document["fields"].items():
            if name in fields:
                raise ContractError(f"{path.name}: {name} 已在别处定义")
            fields[name] = Field(id=name, **entry)
            if fields[name].type.partition(":")[0] not in SQL_TYPES:
                raise ContractError(f"{path.name}: {name} 的类型 {fields[name].type} 不存在")
    return fields


def _column(entry: Mapping[str, Any], fields: Mapping[str, Field]) -> Column:
    """A column entry over its field: a kind may word its header, add synonyms, judge an unknown value differently."""
    known = fields[entry["field"]]
    own = {name: entry[name] for name in ("label_zh", "in_text", "on_unknown") if name in entry}
    own["synonyms"] = (*known.synonyms, *entry.get("synonyms", ()))
    required = entry.get("required", False)
    asked = ("when", "but_not", "unless", "empty_is", "derived", "ours")
    column = {name: entry[name] for name in asked if name in entry}
    column["field"] = known.model_copy(update=own)
    column["required"] = str(required).lower() if isinstance(required, bool) else required
    return Column.model_validate(column)


def _contract(document: Mapping[str, Any], fields: Mapping[str, Field], name: str) -> Contract:
    entries = document["columns"]
    unknown = [entry["field"] for entry in entries if entry["field"] not in fields]
    if unknown:
        raise ContractError(f"{name}: 栏目未定义 {unknown}")
    columns = tuple(_column(entry, fields) for entry in entries)
    contract = Contract(**{**document, "columns": columns})
    here = {column.name for column in columns} | {"receipt_id"}
    terms = {part.strip() for term in contract.key for half in term.split("|") for part in half.split("&")}
    if not terms <= here or not set(contract.replaces) <= here:
        raise ContractError(f"{name}: 键中有本表没有的栏目 {sorted(terms - here)}")
    return contract


@cache
def load_contracts(folder: Path = CONTRACTS, fields_folder: Path = FIELDS) -> Mapping[str, Contract]:
    """The kinds of input by name, from the `<kind>.yaml` files of the folder itself, not of its sub-folders."""
    fields = load_fields(fields_folder)
    contracts = {}
    for path, document in _documents(folder):
        if document["kind"] != path.stem:
            raise ContractError(f"{path.name}: kind 应为 {path.stem}")
        contracts[path.stem] = _contract(document, fields, path.name)
    return contracts
