"""Words that documents must not show, as data, and the scan for them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ForbiddenWords = Mapping[str, object]  # data/policy/documents/forbidden_words.yaml


@dataclass(frozen=True)
class Slip:
    """A forbidden word where it stands, and what to say instead."""

    word: str
    around: str
    instead: str

    def __str__(self) -> str:
        return f"“{self.word}”见“…{self.around}…”：{self.instead}"


def forbidden_patterns(words: ForbiddenWords, *, official: bool) -> list[tuple[re.Pattern[str], str]]:
    """The patterns of one kind of output: `official` documents obey both lists."""
    lists = ("everywhere", "official") if official else ("everywhere",)
    return [(re.compile(entry["pattern"]), entry["instead"]) for name in lists for entry in _entries(words, name)]


def _entries(words: ForbiddenWords, name: str) -> list[dict[str, str]]:
    entries = words[name]
    if not isinstance(entries, list):
        raise TypeError(f"forbidden_words.yaml：{name} 应为列表，每项写 pattern 和 instead")
    return entries


def slips(visible_text: str, words: ForbiddenWords, *, official: bool) -> Iterator[Slip]:
    """Every forbidden word in what a reader sees."""
    for pattern, instead in forbidden_patterns(words, official=official):
        for found in pattern.finditer(visible_text):
            around = visible_text[max(0, found.start() - 12) : found.end() + 12]
            yield Slip(found[0], " ".join(around.split()), instead)
