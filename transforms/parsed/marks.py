"""The marks in a workbook that went back to its unit: whose it was, and which row of it each row is.

A token names the row as it was first received, its n-th among equal rows and a piece of its key, so that the row keeps
both where its key is unchanged. Tokens begin and end with letters: dragging one down a column copies it and counts
nothing up; an altered one is none.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import polars as pl

from transforms.columns import Rules
from transforms.parsed.cells import Row, Sheet
from transforms.words import squeezed

PROPERTY = "mingzhang"
KEY_LETTERS = 6
_CHECK_LETTERS = 4
_ROW, _FILE, _PAIR, _PART = "M", "F", "D", "|"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_PROPERTY = r'name="{}"[^>]*>\s*<(?:\w+:)?lpwstr[^>]*>([^<]+)<'
_TEXT_ENDINGS = (".csv", ".txt")


@dataclass(frozen=True)
class Token:
    """Which row a row is. `occurrence` and `key` are 0 and '' where the row never had any."""

    root_row_id: str
    occurrence: int = 0
    key: str = ""

    @property
    def text(self) -> str:
        """As it stands in the workbook."""
        body = _PART.join((f"{_ROW}{self.root_row_id}", str(self.occurrence), self.key))
        return f"{body}{_PART}{_check(body)}"

    @property
    def receipt_id(self) -> str:
        """The file that first brought the row."""
        return self.root_row_id.partition(":")[0]

    @property
    def sheet(self) -> str:
        """The sheet of that file, '' for csv."""
        return self.root_row_id.partition(":")[2].rpartition(":")[0]


@dataclass(frozen=True)
class FileMark:
    """What a returned workbook was made from. `context_file`: the name under which its rows were first received."""

    receipt_id: str
    sender: str
    context_file: str

    @property
    def text(self) -> str:
        """As it stands in the workbook, readable by no one by chance."""
        plain = json.dumps([self.receipt_id, self.sender, self.context_file], ensure_ascii=False)
        body = _FILE + base64.urlsafe_b64encode(plain.encode()).decode()
        return f"{body}{_PART}{_check(body)}"


@dataclass(frozen=True)
class PairMark:
    """What a row of 对账待办 is about: a bank line, a payment or list that it may belong to; '' for what is none."""

    bank_line_id: str = ""
    payment_id: str = ""
    list_id: str = ""

    @property
    def text(self) -> str:
        """As it stands in the workbook."""
        body = _PAIR + _PART.join((self.bank_line_id, self.payment_id, self.list_id))
        return f"{body}{_PART}{_check(body)}"


@dataclass(frozen=True)
class Answer:
    """What a unit says of one finding: `handling` as code, '' for a word that is none; its note."""

    finding_id: str
    handling: str
    note: str
    root_row_id: str | None


def _check(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:_CHECK_LETTERS].translate(_LETTERS)


def _body(text: str) -> str | None:
    body, _, check = text.strip().rpartition(_PART)
    return body if body and _check(body) == check else None


def token_of(text: str) -> Token | None:
    """The token that a cell holds; None for an empty or altered one."""
    body = _body(text)
    if body is None or not body.startswith(_ROW):
        return None
    root, occurrence, key = body[len(_ROW) :].rsplit(_PART, 2)
    return Token(root, int(occurrence), key)


def pair_mark_of(text: str) -> PairMark | None:
    """The pair that a cell of 对账待办 holds; None for an empty or altered one."""
    body = _body(text)
    return PairMark(*body[len(_PAIR) :].split(_PART)) if body is not None and body.startswith(_PAIR) else None


def _file_mark(text: str) -> FileMark | None:
    body = _body(text)
    if body is None or not body.startswith(_FILE):
        return None
    try:
        receipt_id, sender, context_file = json.loads(base64.urlsafe_b64decode(body[len(_FILE) :]))
    except (binascii.Error, ValueError):
        return None
    return FileMark(receipt_id, sender, context_file)


def file_mark(content: bytes, sheets: Sequence[Sheet], rules: Rules) -> FileMark | None:
    """The mark of a whole workbook: in its list of findings, else among its properties, which some programs drop."""
    listed = (cell.text for sheet in sheets if is_list(sheet, rules) for row in sheet.rows for cell in row.cells)
    return next((mark for mark in map(_file_mark, (*listed, property_of(content, PROPERTY))) if mark), None)


def property_of(content: bytes, name: str) -> str:
    """One of the properties that a workbook bears; '' where it has none of that name."""
    if not content.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = re.search(_PROPERTY.format(re.escape(name)).encode(), archive.read("docProps/custom.xml"))
    except (KeyError, zipfile.BadZipFile):
        return ""
    return found[1].decode() if found else ""


def is_list(sheet: Sheet, rules: Rules) -> bool:
    """The sheet that lists the findings: ours, never data."""
    return squeezed(sheet.name) == squeezed(rules.returned["list_sheet"])


def unmarked(
    sheet: Sheet, mark: FileMark | None, rules: Rules, names: Collection[str] = ()
) -> tuple[Sheet, Mapping[int, Token]]:
    """The sheet as if it had never been marked, under the name it first had, and the tokens by row number.

    `names`: the sheets of the file as they are called now.
    """
    name = squeezed(rules.returned["row_mark"])
    for index, row in enumerate(sheet.head(rules.header_rows + 1)):
        for place, cell in enumerate(row.cells):
            if cell.text and squeezed(cell.text) == name:
                below = zip(sheet.row_nos[index + 1 :], sheet.texts.to_series(place)[index + 1 :], strict=True)
                tokens = {row_no: token for row_no, text in below if text and (token := token_of(text))}
                said_name = _said_name(sheet, mark, tokens, names)
                return replace(sheet, texts=_without(sheet, place, index), said_name=said_name), tokens
    return replace(sheet, said_name=_said_name(sheet, mark, {}, names)) if mark else sheet, {}


def _without(sheet: Sheet, place: int, first: int) -> pl.DataFrame:
    """The texts without what stands in a column from a row on."""
    column = sheet.texts.to_series(place)
    kept = column.head(first).extend_constant(None, column.len() - first)
    return sheet.texts.with_columns(kept.alias(column.name))


def _said_name(sheet: Sheet, mark: FileMark | None, tokens: Mapping[int, Token], names: Collection[str]) -> str:
    """Rows of a text file come back in a workbook; a sheet may have been renamed since, or rows moved to a new one."""
    for token in tokens.values():
        return sheet.name if token.sheet in names else token.sheet
    return "" if mark and mark.context_file.lower().endswith(_TEXT_ENDINGS) else sheet.name


def first_of_each(tokens: Iterable[Token | None], seen: set[str]) -> list[Token | None]:
    """A row that was copied with its token is a new row: only the first bearer is the row itself."""
    kept = []
    for token in tokens:
        kept.append(token if token and token.root_row_id not in seen else None)
        if token:
            seen.add(token.root_row_id)
    return kept


def answers(sheet: Sheet, rules: Rules) -> list[Answer]:
    """What the list of findings says in its columns 处理 and 说明, for each finding that it still names."""
    heads = {name: squeezed(text) for name, text in rules.returned.items() if name.startswith("column_")}
    for index, row in enumerate(sheet.rows):
        texts = [squeezed(cell.text) for cell in row.cells]
        places = {name.removeprefix("column_"): texts.index(text) for name, text in heads.items() if text in texts}
        if "finding" in places and "handling" in places:
            return [answer for each in sheet.rows[index + 1 :] if (answer := _answer(each, places, rules))]
    return []


def _answer(row: Row, places: Mapping[str, int], rules: Rules) -> Answer | None:
    said = {name: row.cells[place].text.strip() if place < len(row.cells) else "" for name, place in places.items()}
    codes = {squeezed(rules.returned[f"handling_{code}"]): code for code in ("amend", "delete", "explain")}
    handling = codes.get(squeezed(said["handling"]), "")
    if not said["finding"] or not (handling or said.get("note")):
        return None
    token = token_of(said.get("token", ""))
    return Answer(said["finding"], handling, said.get("note", ""), token.root_row_id if token else None)
