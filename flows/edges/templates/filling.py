"""How a field is filled in: in words, with the words to choose from and one right value. For templates and returns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from expectations.contracts import Field
from expectations.yaml_files import read_yaml
from flows.edges.lexicon import DATA, Choices, load_choices, load_enums


@cache
def template_words() -> Mapping[str, Any]:
    """The words of data/policy/documents/templates.yaml."""
    words: Mapping[str, Any] = read_yaml(DATA / "policy/documents/templates.yaml")
    return words


class Filling:
    """What stands in the fields of the house when they are filled in right. `choices`: words of each enumeration."""

    def __init__(self, choices: Choices | None = None) -> None:
        self.choices = choices or load_choices()
        self.words = template_words()
        enums = load_enums()
        self.digits = {"card": enums.rules.card_digits, "account": enums.rules.account_digits}
        self.serial_days = enums.rules.serial_days
        self._open = {domain for domain, words in enums.domains.items() if words.is_open}

    def offered(self, field: Field) -> tuple[str, ...]:
        """The words that a field of an enumeration offers, one for each of its codes."""
        return tuple(self.choices.get(field.domain, {}).values())

    def wanted(self, field: Field) -> str:
        """What is to stand in the field, in words."""
        base = field.type.partition(":")[0]
        text = self.words["wanted"]["open_enum" if field.domain in self._open else base]
        low, high = self.digits.get(base, (0, 0))
        return str(text.format(words=self.words["joined"].join(self.offered(field)), low=low, high=high))

    def example(self, field: Field) -> str:
        """One right value, invented: of an enumeration its first word. '' for what people never fill in."""
        return field.example or next(iter(self.offered(field)), "")
