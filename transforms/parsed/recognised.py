"""Sheet → table: which kind it is, by its header, and what each column holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from transforms.columns import Layout, Rules, Vocabulary
from transforms.parsed.cells import Sheet, Texts, column_letters
from transforms.parsed.context import (
    Above,
    Given,
    Place,
    above,
    given,
    header_places,
    money_places,
    sheet_unit,
    taken_from,
    titled_unit,
)
from transforms.parsed.headers import Fit, Heading, Shape, fit, group_heads, headings, known_names
from transforms.parsed.marks import Token
from transforms.parsed.rows import body
from transforms.words import squeezed

_SEEN_ROWS = 200  # of a sheet that nobody knows
MONEY = frozenset({"in_yuan", "out_yuan", "amount_yuan"})  # helpers of layouts


@dataclass(frozen=True)
class SheetProblem:
    """Something wrong with a sheet as a whole. `args`: see transforms/validated/problems.py."""

    rule_id: str
    severity: str
    kind: str
    sheet: str
    args: tuple[str, ...]
    column_name: str | None = None
    field: str | None = None
    row_no: int | None = None


@dataclass(frozen=True)
class Table:
    """A recognised table. `index`, `row_nos`: where its data rows stand in the sheet; `cells`: column → its cells in
    them; `tokens`: theirs, if it came back, else none at all; `left_out`: the place of each row under the header that
    is no data, and why.
    """

    shape: Shape
    sheet: str
    epoch: int
    header_row_no: int
    headers: Mapping[str, str]
    index: pl.Series
    row_nos: pl.Series
    cells: Mapping[str, Texts]
    left_out: tuple[tuple[int, str], ...]
    given: Mapping[str, Given]
    places: Mapping[str, int]  # money column → how far the point moves
    above: Above
    sheet_unit: str | None
    titled_unit: str | None
    unknown_columns: tuple[str, ...]
    runner_up: str = ""
    told_sheet: str = ""
    tokens: Sequence[Token | None] = ()

    @property
    def kind(self) -> str:
        """The kind's name."""
        return self.shape.kind.kind

    @property
    def layout(self) -> Layout | None:
        """The bank's layout, if it was read by one."""
        return self.shape.layout

    def said_unit(self, folder_unit: str | None) -> str | None:
        """填报单位; for a file that lies in nobody's folder, else the unit that title, sheet or file name speak of."""
        return self.sheet_unit or (None if folder_unit else self.titled_unit)

    def piece(self, first: int, count: int) -> Table:
        """The same table with some of its rows only; what lies beside the rows is the first piece's."""
        return replace(
            self, index=self.index.slice(first, count), row_nos=self.row_nos.slice(first, count),
            cells={name: texts.slice(first, count) for name, texts in self.cells.items()},
            tokens=self.tokens[first : first + count], left_out=self.left_out if first == 0 else (),
        )  # fmt: skip

    def only(self, places: Sequence[int]) -> Table:
        """The same table with these of its rows: the others say nothing."""
        index = pl.Series(places, dtype=pl.UInt32)
        cells = {
            name: Texts(each.texts.gather(index), None if each.kinds is None else each.kinds.gather(index))
            for name, each in self.cells.items()
        }
        tokens = [self.tokens[place] for place in places] if self.tokens else ()
        return replace(
            self, index=self.index.gather(index), row_nos=self.row_nos.gather(index), cells=cells, tokens=tokens
        )

    @property
    def taken_from(self) -> dict[str, str]:
        """Field → where it was taken from."""
        return taken_from(self.headers, self.given)


@dataclass(frozen=True)
class Recognition:
    """What a sheet turned out to be. `is_complete` is false when a required column is missing: no row enters."""

    tables: tuple[Table, ...] = ()
    problems: tuple[SheetProblem, ...] = ()
    is_complete: bool = True
    other: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class _Candidate:
    shape: Shape
    heading: Heading
    fit: Fit
    above: Above
    given: Mapping[str, Given]
    score: int

    @property
    def missing(self) -> list[str]:
        return [name for name in self.shape.required if name not in self.fit.columns and name not in self.given]


def recognised(sheet: Sheet, every: Sequence[Shape], place: Place, words: Vocabulary) -> Recognition:
    """Find the table of a sheet, at most one: the shape and the header row that explain most of it."""
    if sheet.is_empty or squeezed(sheet.told_name) in words.rules.ignored_sheets:
        return Recognition()
    found = _candidates(sheet, every, place, words)
    good = [candidate for candidate in found if _is_acceptable(candidate, words.rules)]
    if not good:
        return Recognition(problems=(_unknown_kind(sheet, found),))
    best = good[0]
    rival = next((each for each in good if each.shape.kind.kind != best.shape.kind.kind), None)
    if rival and rival.score == best.score:
        return Recognition(problems=(_ambiguous_kind(sheet, best, rival),))
    table = _table(sheet, best, rival.shape.kind.kind if rival else "", place, words.rules)
    return Recognition((table,), tuple(_column_problems(table, best)), is_complete=not best.missing)


def _candidates(sheet: Sheet, every: Sequence[Shape], place: Place, words: Vocabulary) -> list[_Candidate]:
    """All readings of a sheet, the best first; of equals one-row headers, earlier rows, earlier shapes."""
    found = []
    for heading in headings(sheet, limit=words.rules.header_rows, known=known_names(every)):
        lines = above(sheet.head(heading.first))
        around = squeezed(lines.title + sheet.told_name + place.stem)
        for shape in every:
            fitted = fit(shape, heading)
            if len(fitted.columns) >= words.rules.least_columns:
                gifts = _given(shape, fitted, lines, sheet.told_name, place, words)
                score = _score(shape, fitted, gifts, around, words.rules)
                found.append(_Candidate(shape, heading, fitted, lines, gifts, score))
    return sorted(found, key=lambda c: (-c.score, c.heading.last - c.heading.first, c.heading.first))


def _given(shape: Shape, fitted: Fit, lines: Above, sheet: str, place: Place, words: Vocabulary) -> dict[str, Given]:
    gifts = {}
    above_keys = shape.layout.above if shape.layout else {}
    for column in shape.kind.columns:
        names = (*column.names, *above_keys.get(column.name, ()))
        gift = given(column, names, lines, sheet, place, words)
        if gift is not None:
            gifts[column.name] = gift
    return gifts


def _score(shape: Shape, fitted: Fit, gifts: Mapping[str, Given], around: str, rules: Rules) -> int:
    weights = rules.weights
    needed = (*shape.required, *shape.expected)
    score = sum(weights["required"] if name in needed else weights["optional"] for name in fitted.columns)
    score += sum(weights["given"] for name in needed if name in gifts and name not in fitted.columns)
    score += sum(weights["missing"] for name in needed if name not in gifts and name not in fitted.columns)
    score += weights["unknown"] * len(fitted.unknown)
    return score + (weights["title"] if any(squeezed(word) in around for word in shape.kind.title_words) else 0)


def _is_acceptable(candidate: _Candidate, rules: Rules) -> bool:
    needed = candidate.shape.required
    known = len(needed) - len(candidate.missing)
    return known >= rules.least_required * len(needed) and candidate.fit.known_share >= rules.least_known


def _ambiguous_kind(sheet: Sheet, best: _Candidate, rival: _Candidate) -> SheetProblem:
    """Two kinds explain the sheet equally well: nobody is to guess."""
    seen = "、".join(text for text in best.heading.texts if text)
    args = (seen, best.shape.kind.title_zh, rival.shape.kind.title_zh)
    row_no = sheet.row_nos[best.heading.first]
    return SheetProblem("S.ambiguous_kind", "reject", "", sheet.name, args, row_no=row_no)


def _unknown_kind(sheet: Sheet, found: Sequence[_Candidate]) -> SheetProblem:
    """What was seen, what it looks like most, and what that would need."""
    if found:
        best = found[0]
        seen = [text for text in best.heading.texts if text]
        missing = [best.shape.header_zh(name) for name in best.missing]
        args = ("、".join(seen), best.shape.kind.title_zh, "、".join(missing))
        row_no = sheet.row_nos[best.heading.first]
    else:
        widest = max(sheet.head(_SEEN_ROWS), key=lambda row: sum(bool(cell.text) for cell in row.cells))
        args = ("、".join(cell.text for cell in widest.cells if cell.text), "", "")
        row_no = widest.row_no
    return SheetProblem("S.unknown_kind", "reject", "", sheet.name, args, row_no=row_no)


def _column_problems(table: Table, best: _Candidate) -> Iterable[SheetProblem]:
    title, seen = best.shape.kind.title_zh, "、".join(text for text in best.heading.texts if text)
    for severity, names in (("reject", best.missing), ("error", best.shape.expected)):
        for name in names:
            if name not in table.headers and name not in table.given:
                header = best.shape.header_zh(name)
                yield SheetProblem(
                    "S.missing_column", severity, table.kind, table.sheet, (title, header, seen), header, name,
                    table.header_row_no,
                )  # fmt: skip
    if table.unknown_columns:
        args = ("、".join(table.unknown_columns), title)
        yield SheetProblem("S.unknown_column", "info", table.kind, table.sheet, args, row_no=table.header_row_no)


def _headless(sheet: Sheet, heading: Heading, index: pl.Series) -> list[str]:
    """Columns that hold something in data rows and have no heading, by their letters."""
    unheaded = [place for place in range(sheet.texts.width) if place >= len(heading.texts) or not heading.texts[place]]
    filled = [place for place in unheaded if sheet.texts.to_series(place).gather(index).is_not_null().any()]
    return [f"{column_letters(place)}列（没有表头）" for place in filled]


def _table(sheet: Sheet, best: _Candidate, runner_up: str, place: Place, rules: Rules) -> Table:
    found = body(sheet, best.heading, best.fit.columns, best.shape, rules)
    headers = {name: best.heading.texts[place] for name, place in best.fit.columns.items()}
    sheet_places = money_places(best.above, rules) or 0
    places, groups = {}, group_heads(sheet, best.heading)
    for name, header in headers.items():
        column = best.shape.kind.by_name.get(name)
        if name in MONEY or (column is not None and column.base_type == "money"):
            own = header_places(header, rules)
            if own is None:
                own = header_places(groups[best.fit.columns[name]], rules)
            places[name] = sheet_places if own is None else own
    return Table(
        shape=best.shape, sheet=sheet.name, epoch=sheet.epoch,
        header_row_no=sheet.row_nos[best.heading.last], headers=headers,
        index=found.index, row_nos=sheet.row_nos.gather(found.index), cells=found.cells, left_out=found.left_out,
        given=best.given, places=places, above=best.above,
        sheet_unit=sheet_unit(best.above, rules), titled_unit=titled_unit(best.above, sheet.told_name, place),
        unknown_columns=(*best.fit.unknown, *_headless(sheet, best.heading, found.index)), runner_up=runner_up,
        told_sheet=sheet.told_name,
    )  # fmt: skip
