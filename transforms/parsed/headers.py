"""Headers: which row is one, and which of its cells heads which column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transforms.columns import Kind, Layout, names_index
from transforms.parsed.cells import Sheet
from transforms.words import squeezed, tidy, without_brackets

STATED_UNIT = "stated_unit"  # a column that says whose the row is and is used for nothing else
_MOST_LEVELS = 3  # rows of a header
MEMO = "memo:"  # the memo columns of a layout, numbered in the order in which they are joined


@dataclass(frozen=True)
class Shape:
    """One way in which a kind may look: the contract's headers, or one bank's layout."""

    kind: Kind
    layout: Layout | None
    index: Mapping[str, tuple[tuple[str, int], ...]]
    required: tuple[str, ...]
    expected: tuple[str, ...]  # (e): wanted, the rows stay without
    ignored: frozenset[str]

    @property
    def name(self) -> str:
        """The layout's name, '' for the contract's own headers."""
        return self.layout.name if self.layout else ""

    def header_zh(self, column: str) -> str:
        """What a column is called when the file does not have it."""
        if self.layout and column in self.layout.columns:
            return self.layout.columns[column][0]
        return self.kind.by_name[column].header


def shapes(kinds: Iterable[Kind], layouts: Iterable[Layout]) -> tuple[Shape, ...]:
    """Every way in which a table may be headed."""
    known = {kind.kind: kind for kind in kinds}
    plain = [_contract_shape(kind) for kind in known.values() if not kind.by_layout]
    return (*plain, *(_layout_shape(known[layout.kind], layout) for layout in layouts))


def _contract_shape(kind: Kind) -> Shape:
    columns = {column.name: column.names for column in kind.columns}
    if kind.unit_headers:
        columns[STATED_UNIT] = kind.unit_headers
    required = tuple(column.name for column in kind.columns if column.required == "true")
    expected = tuple(column.name for column in kind.columns if column.required == "error")
    return Shape(kind, None, names_index(columns), required, expected, frozenset(map(squeezed, kind.ignored)))


def _layout_shape(kind: Kind, layout: Layout) -> Shape:
    memo = {f"{MEMO}{place:02}": (text,) for place, text in enumerate(layout.memo)}
    columns = {**layout.columns, **memo}
    if kind.unit_headers:
        columns[STATED_UNIT] = kind.unit_headers
    ignored = frozenset(map(squeezed, (*kind.ignored, *layout.ignored)))
    return Shape(kind, layout, names_index(columns), layout.required, (), ignored)


@dataclass(frozen=True)
class Heading:
    """One or two rows taken for a header. `texts`: as the file heads each column; `forms`: what to look up for each."""

    first: int  # index of the row, from 0
    last: int
    texts: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Fit:
    """What a shape finds under a heading."""

    columns: Mapping[str, int]  # column → place in the row
    unknown: tuple[str, ...]  # headers that are neither used nor ignored by name
    known_share: float


def known_names(every: Iterable[Shape]) -> frozenset[str]:
    """All header texts that anything understands."""
    return frozenset(name for shape in every for name in shape.index)


def headings(sheet: Sheet, *, limit: int, known: frozenset[str]) -> list[Heading]:
    """The rows that may be headers: two or more cells that some shape knows. Merged group headers make two rows one."""
    filled = _filled(sheet, limit + 1)
    found = []
    for place in range(min(limit, len(filled))):
        candidates = [_single(place, filled[place])]
        if place + 1 < len(filled) and _reaches_down(sheet, place):
            candidates.append(_double(place, filled[place], filled[place + 1]))
        found += [heading for heading in candidates if _is_plausible(heading, known)]
    return found


def group_heads(sheet: Sheet, heading: Heading) -> list[str]:
    """For each column what the wide merged cells in the rows right above its heading say, '' where there is none."""
    said = [""] * sheet.texts.width
    for top, left, bottom, right in sheet.merges:
        if heading.last - _MOST_LEVELS < top < heading.last and right > left and bottom < heading.last + 1:
            text = sheet.head(top + 1)[top].cells[left].text
            for place in range(left, min(right + 1, len(said))):
                said[place] += text
    return said


def fit(shape: Shape, heading: Heading) -> Fit:
    """Give each header to a column that it names. A column's own name goes before synonyms, what is required before
    what is not: 收款人姓名 is the person where nothing else is, the card holder where 姓名 stands beside it.
    """
    needed = {*shape.required, *shape.expected}
    claims = sorted(
        (rank > 0, name not in needed, rank, place, name)
        for place, forms in enumerate(heading.forms)
        for name, rank in _named(shape, forms)
    )
    columns: dict[str, int] = {}
    used: set[int] = set()
    for *_, place, name in claims:
        if name not in columns and place not in used:
            columns[name] = place
            used.add(place)
    named = [place for place, text in enumerate(heading.texts) if text]
    left = [place for place in named if place not in used]
    unknown = tuple(heading.texts[place] for place in left if not shape.ignored.intersection(heading.forms[place]))
    share = (len(named) - len(unknown)) / len(named) if named else 0.0
    return Fit(columns, unknown, share)


def _named(shape: Shape, forms: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """The columns that a header may mean, by the first of its forms that any knows."""
    return next((shape.index[form] for form in forms if form in shape.index), ())


def _filled(sheet: Sheet, limit: int) -> list[list[str]]:
    """The texts of the first rows, every merged cell carrying the text of its range."""
    rows = [[cell.text for cell in row.cells] for row in sheet.head(limit)]
    for top, left, bottom, right in sheet.merges:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top : bottom + 1]:
            for place in range(left, min(right + 1, len(row))):
                row[place] = rows[top][left]
    return rows


def _reaches_down(sheet: Sheet, place: int) -> bool:
    """A group header: some range begins in this row that is wide in one row, or reaches into the next."""
    return any(top == place and (right > left or bottom == place + 1) for top, left, bottom, right in sheet.merges)


def _forms(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in (squeezed(text), squeezed(without_brackets(text))) if form))


def _single(place: int, row: Sequence[str]) -> Heading:
    return Heading(place, place, tuple(_shown(text) for text in row), tuple(_forms(text) for text in row))


def _shown(text: str) -> str:
    """A heading as sentences name it, without the mark of required columns that blank templates have."""
    return tidy(text).rstrip("*＊ ")


def _double(place: int, upper: Sequence[str], lower: Sequence[str]) -> Heading:
    pairs = [(above, below) for above, below in zip(upper, lower, strict=False)]
    texts = tuple(_shown(below or above) for above, below in pairs)
    forms = tuple((*_forms(below), *_forms(above + below), *_forms(above)) for above, below in pairs)
    return Heading(place, place + 1, texts, forms)


def _is_plausible(heading: Heading, known: frozenset[str]) -> bool:
    return sum(not known.isdisjoint(forms) for forms in heading.forms) > 1
