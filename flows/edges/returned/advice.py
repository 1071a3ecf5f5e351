"""What is wanted where something was found, and one example of it that is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from expectations.contracts import load_fields
from flows.edges.returned.asked import DataSheet, Said
from flows.edges.templates.filling import Filling


class Advice:
    """The words of `returned_workbook.yaml`, and behind them how each field is filled in."""

    def __init__(self, words: Mapping[str, Any], filling: Filling | None = None) -> None:
        self.words = words
        self.filling = filling or Filling()

    def field(self, said: Said, data: DataSheet | None) -> str | None:
        """The field that a finding is about: its own, else the first that its rule looks at and the sheet has."""
        like: list[str] = self._rule(said).get("like", [])
        has = data.columns if data else {}
        own = [said.field] if said.field else []
        return next((name for name in (*own, *like) if name in has), next(iter((*own, *like)), None))

    def of(self, said: Said, data: DataSheet | None) -> tuple[str, str]:
        """(what is wanted, an example); '' for what nobody has put into words."""
        rule, name = self._rule(said), self.field(said, data)
        wanted, example = self._of_field(name) if name else ("", "")
        return rule.get("wanted", wanted), rule.get("example", example)

    def _rule(self, said: Said) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.words["findings"].get(said.detail, {})
        return found

    def _of_field(self, name: str) -> tuple[str, str]:
        field = load_fields()[name]
        if offered := self.filling.offered(field):
            return self.words["enum_wanted"], self.filling.words["joined"].join(offered)
        wanted = field.meaning_zh if field.type == "text" else self.filling.wanted(field)
        return wanted, self.filling.example(field)
