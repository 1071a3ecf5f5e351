"""Text as people type it: width, spaces, brackets, and the enumerations that words stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[\s*#:]+")
_BRACKETED = re.compile(r"[(\[【{<《][^()\[\]【】{}<>《》]*[)\]】}>》]")
_CONNECTORS = re.compile(r"[\s、,/+;&|和及与]+")


@lru_cache(maxsize=65536)
def half_width(text: str) -> str:
    """Full-width letters, digits and signs as their plain forms."""
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """One line, single spaces, none at the ends; the writing itself stays as it is."""
    return _SPACE.sub(" ", text.replace("\u3000", " ")).strip()


@lru_cache(maxsize=65536)
def squeezed(text: str) -> str:
    """A header as it is compared: half width, without spaces, asterisks, colons."""
    return _MARKS.sub("", half_width(text))


def without_brackets(text: str) -> str:
    """A header without what it says in brackets, also in brackets inside them: 金额（元） → 金额."""
    plain = half_width(text)
    while (shorter := _BRACKETED.sub("", plain)) != plain:
        plain = shorter
    return plain


@lru_cache(maxsize=65536)
def joined(text: str) -> str:
    """Words without spaces and connectors: 市财政、市总配套 and 市财政和市总配套 are the same."""
    return _CONNECTORS.sub("", half_width(text))


@dataclass(frozen=True)
class Enumeration:
    """The words of one domain. `words`: joined word → code. `in_text`: the words that count in running text."""

    words: Mapping[str, str]
    in_text: tuple[tuple[str, str], ...]  # longest first
    affixes: tuple[str, ...] = ()
    is_open: bool = False

    def code(self, text: str) -> str | None:
        """The code that a whole cell means: as it stands, without its brackets, without a customary ending."""
        for candidate in (text, without_brackets(text)):
            word = joined(candidate)
            bare = [word[: -len(ending)] for ending in self.affixes if word.endswith(ending)]
            for form in (word, *bare):
                if form in self.words:
                    return self.words[form]
        return tidy(text) if self.is_open else None

    def found_in(self, text: str) -> frozenset[str]:
        """The codes whose words stand in a running text; a longer word hides the shorter ones inside it."""
        rest, found = joined(text), set()
        for word, code in self.in_text:
            if word in rest:
                found.add(code)
                rest = rest.replace(word, "\n")
        return frozenset(found)


def enumeration(
    words: Mapping[str, Iterable[str]],
    *,
    never_in_text: Iterable[str] = (),
    affixes: Iterable[str] = (),
    is_open: bool = False,
) -> Enumeration:
    """An enumeration from code → words. The first code to claim a word keeps it."""
    claimed: dict[str, str] = {}
    for code, texts in words.items():
        for text in (code, *texts):
            claimed.setdefault(joined(text), code)
    never = {joined(text) for text in never_in_text} | set(words)
    in_text = sorted(((w, c) for w, c in claimed.items() if w not in never), key=lambda pair: (-len(pair[0]), pair[0]))
    return Enumeration(claimed, tuple(in_text), tuple(joined(text) for text in affixes), is_open)
