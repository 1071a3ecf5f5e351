"""What commands say, in Chinese or English. The words themselves are data: flows/words.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal, TypedDict
from unicodedata import category

from expectations.yaml_files import read_yaml

Language = Literal["zh", "en"]
Sentence = dict[Language, str]
_language: ContextVar[Language] = ContextVar("language", default="zh")


class _Problem(TypedDict):
    message: Sentence
    way_out: Sentence


class _Words(TypedDict):
    phrases: dict[str, Sentence]
    problems: dict[str, _Problem]


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Within it, everything is said in this language."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language() -> Language:
    """The language that is spoken now."""
    return _language.get()


@cache
def _words() -> _Words:
    loaded: _Words = read_yaml(Path(__file__).with_name("words.yaml"))
    return loaded


def say(key: str, **details: object) -> str:
    """A phrase with its details filled in; KeyError when words.yaml does not have it."""
    return _words()["phrases"][key][_language.get()].format(**details)


def tell(code: str, **details: object) -> tuple[str, str]:
    """What is wrong, and the way out; KeyError when words.yaml does not have the problem."""
    words, language = _words()["problems"][code], _language.get()
    return words["message"][language].format(**details), words["way_out"][language].format(**details)


def printable(text: str) -> str:
    """A text of somebody else as a terminal may show it: line breaks stay, what would steer the terminal does not."""
    return "".join("�" if category(sign) == "Cc" and sign not in "\n\t" else sign for sign in text)
