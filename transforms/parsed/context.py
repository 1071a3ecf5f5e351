"""What is known of a table besides its columns: lines above the header, the title, the names around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from transforms.columns import Column, Rules, Vocabulary
from transforms.parsed.cells import Row
from transforms.words import half_width, squeezed, tidy, without_brackets

_PLAIN = str.maketrans("：（）；，　", ":();, ")  # sign for sign, so that places in the text stay
_KEY = re.compile(r"(?:^|[\s;,(、])([^\s:;,()、]{1,15})(?:\([^()]*\))?\s*:")
_PART = re.compile(r"[,，;；]")
_UNION = re.compile(r"[一-鿿]{2,14}?总工会")
_BEFORE_A_NAME = re.compile(r"^(年度|年|月份|月|关于|报送)+")
_MONEY_UNIT = re.compile(r"\((万元|元)\)")
_DOCUMENT_NUMBER = re.compile(r"(?:^|[^一-鿿])([一-鿿]{2,8}[〔\[［]20\d\d[〕\]］]第?\d+号)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年(度?)")
_CHINESE_YEAR = re.compile(r"二[〇零○oO][〇零○一二三四五六七八九oO]{2}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_MONTH_FOLLOWS = re.compile(r"\s*\d{1,2}\s*[月\-~—至]")


@dataclass(frozen=True)
class Given:
    """A value that no column of the sheet holds, and where it was taken from (`line:…`, `title:…`, `sheet:…`, …)."""

    text: str
    origin: str

    @property
    def is_stated(self) -> bool:
        """Stated by name (键：值), not merely found in a running text."""
        return self.origin.startswith("line:")


@dataclass(frozen=True)
class Place:
    """The names around a sheet: the sender's folder, the folders below it, the file."""

    sender: str
    folders: str
    stem: str

    @staticmethod
    def of(source_file: str, sender: str) -> Place:
        """From a path relative to the inbox; in an archive, folders of both sides of `!` count."""
        path = PurePosixPath(source_file.replace("!", "/"))
        folders = [part for part in path.parts[:-1] if part != sender]
        return Place(sender, " ".join(folders), path.stem)


@dataclass(frozen=True)
class Above:
    """What stands above a header: `pairs` of 键：值, and all other text as the title."""

    pairs: tuple[tuple[str, str], ...]
    title: str

    def value(self, keys: frozenset[str]) -> tuple[str, str] | None:
        """The first pair whose key is one of `keys` and that has a value."""
        return next(((key, value) for key, value in self.pairs if value and squeezed(key) in keys), None)


def above(rows: Iterable[Row]) -> Above:
    """Read the rows above a header row. A title with pairs in its brackets stays a title."""
    pairs: list[tuple[str, str]] = []
    titles: list[str] = []
    for row in rows:
        texts = [tidy(cell.text) for cell in row.cells if cell.text.strip()]
        for place, text in enumerate(texts):
            before, found = _pairs(text)
            if found and not found[-1][1] and place + 1 < len(texts) and not _pairs(texts[place + 1])[1]:
                found[-1] = (found[-1][0], texts[place + 1])
                texts[place + 1] = ""
            pairs += found
            if text and (not found or before):
                titles.append(text)
    return Above(tuple(pairs), " ".join(titles))


def _pairs(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text before the first 键：值 of a cell, and its pairs."""
    plain = text.translate(_PLAIN)
    keys = [match for match in _KEY.finditer(plain) if not match[1].replace("-", "").isdigit()]
    ends = [match.start() for match in keys[1:]] + [len(text)]
    pairs = [(match[1], _value(text[match.end() : end])) for match, end in zip(keys, ends, strict=False)]
    return (text[: keys[0].start()].strip() if keys else text), pairs


def _value(text: str) -> str:
    """A value ends where the bracket around its pair closes."""
    depth = 0
    for place, sign in enumerate(text.translate(_PLAIN)):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return text[:place].strip(" ;；,，、")
    return text.strip(" ;；,，、")


def sheet_unit(lines: Above, rules: Rules) -> str | None:
    """The unit that the sheet says it comes from (填报单位：…)."""
    for key, value in lines.pairs:
        if squeezed(key) in rules.sheet_unit_keys and squeezed(value) not in rules.money_units:
            name = tidy(without_brackets(_PART.split(value)[0])).removesuffix("盖章").strip()
            if name:
                return name
    return None


def titled_unit(lines: Above, sheet: str, place: Place) -> str | None:
    """The unit that title, sheet or file name speak of. Weaker than a folder: forms are copied."""
    for text in (lines.title, sheet, place.stem):
        if found := _UNION.search(text):
            return _BEFORE_A_NAME.sub("", found[0])
    return None


def money_places(lines: Above, rules: Rules) -> int | None:
    """How far the point moves for amounts of the whole sheet: 4 for 万元, 0 for 元, None when the sheet is silent."""
    for key, value in lines.pairs:
        if squeezed(key) in rules.money_unit_keys and squeezed(value) in rules.money_units:
            return rules.money_units[squeezed(value)]
    bare = _MONEY_UNIT.search(half_width(lines.title))
    return rules.money_units[bare[1]] if bare else None


def header_places(header: str, rules: Rules) -> int | None:
    """The same, said in a column's own header: 金额（万元）."""
    text = squeezed(header)
    if "万元" in text:
        return rules.money_units["万元"]
    return 0 if re.search(r"\((人民币)?元\)|元$", text) else None


def years_in(text: str, stop_words: tuple[str, ...], *, is_title: bool = True) -> frozenset[int]:
    """Budget years that a text names: 2021年度, else 2021年. A month (2022年1月) or a festival (2022年春节) is none.

    In the name of a sheet, file or folder 2021年 says when things happened; only 2021年度 is a budget year there.
    """
    plain = _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS).replace("二", "2"), half_width(text))
    said: dict[str, set[int]] = {"度": set(), "": set()}
    for match in _YEAR.finditer(plain):
        after = plain[match.end() :]
        if match[2] or not (_MONTH_FOLLOWS.match(after) or after.lstrip().startswith(stop_words)):
            said[match[2]].add(int(match[1]))
    return frozenset(said["度"] or (said[""] if is_title else ()))


def given(
    column: Column, names: tuple[str, ...], lines: Above, sheet: str, place: Place, words: Vocabulary
) -> Given | None:
    """What a missing column's value is said to be: in a line above, the title, the sheet's, file's, folder's name."""
    keys = frozenset(squeezed(name) for name in names)
    for key, value in lines.pairs:
        if value and squeezed(key) in keys:
            said = next((part for part in (value, *_PART.split(value)) if _is_usable(column, part, words)), None)
            if said is not None:
                return Given(said.strip(), f"line:{key}：{value}")
    if not column.in_text:
        return None
    around = {"title": lines.title, "sheet": sheet, "file": place.stem, "folder": place.folders}
    for origin, text in around.items():
        said = _said(column, text, words, is_title=origin == "title")
        if len(said) == 1:
            return Given(next(iter(said)), f"{origin}:{text}")
    return None


def _is_usable(column: Column, value: str, words: Vocabulary) -> bool:
    if column.base_type == "enum":
        return words.code(column.domain, value) is not None
    if _PART.search(value):
        return False
    if column.base_type in ("year", "date", "money", "count"):
        return any(sign.isdigit() for sign in value)
    return True


def _said(column: Column, text: str, words: Vocabulary, *, is_title: bool) -> frozenset[str]:
    """What a running text says of a column: years, words of its enumeration, numbers of documents."""
    if column.base_type == "year":
        return frozenset(str(year) for year in years_in(text, words.rules.year_stop_words, is_title=is_title))
    if column.base_type == "enum":
        return words.domains[column.domain].found_in(text)
    found = _DOCUMENT_NUMBER.findall(text)
    return frozenset(number for number in found if not any(word in number for word in words.rules.quota_words))


def taken_from(columns: Mapping[str, str], gifts: Mapping[str, Given]) -> dict[str, str]:
    """Where each field was taken from, for the 收件回执: `column:<header>`, or the origin of a given value."""
    places = {name: f"column:{header}" for name, header in columns.items()}
    return {**{name: gift.origin for name, gift in gifts.items()}, **places}
