"""What a blank workbook says of each column of its kind: when it is required, what is to stand there, an example."""

from __future__ import annotations

from expectations.contracts import Column, Condition, Contract, load_fields
from flows.edges.lexicon import Choices
from flows.edges.templates.filling import Filling


class Meanings:
    """The words about one kind."""

    def __init__(self, contract: Contract, choices: Choices | None = None) -> None:
        self.contract = contract
        self.filling = Filling(choices)
        self.words = self.filling.words
        self.places = {column.name: place for place, column in enumerate(contract.headers)}

    def header(self, column: Column) -> str:
        """What stands in the first row: the column's name, * where it must be filled in."""
        return column.field.label_zh + ("*" if column.required == "true" else "")

    def requirement(self, column: Column) -> str:
        """必填, or when: 慰问对象类型为集体时必填."""
        if column.when is None:
            return str(self.words["requirements"][column.required])
        when, fields = self.words["when"], load_fields()
        unless = "".join(when["unless"].format(field=fields[name].label_zh) for name in column.unless)
        but_not = when["but_not"].format(condition=self._said(column.but_not)) if column.but_not else ""
        return f"{when['required'].format(condition=self._said(column.when))}{unless}{but_not}"

    def _said(self, condition: Condition) -> str:
        """A condition in words: 慰问对象类型为集体."""
        field, when = load_fields()[condition.field], self.words["when"]
        named = self.filling.choices[field.domain]
        words = when["or"].join(named[code] for code in condition.is_)
        return str(when["condition"].format(field=field.label_zh, words=words))

    def hint(self, column: Column) -> str:
        """What is shown while a cell of the column is selected; cut where a spreadsheet takes no more."""
        field, longest = column.field, self.words["longest_hint"]
        example = self.filling.example(field)
        text = str(
            self.words["hint" if example else "hint_without_example"].format(
                meaning=field.meaning_zh,
                requirement=self.requirement(column),
                wanted=self.filling.wanted(field),
                example=example,
            )
        )
        return text if len(text) <= longest else f"{text[: longest - 1]}…"

    def repeated(self) -> str:
        """When two rows of the kind are shown as repeated, in words."""
        labels = {column.name: column.field.label_zh for column in self.contract.headers}
        said = []
        for each in self.words["repeated"].get(self.contract.kind, ()):
            differing = each.get("differing")
            text = self.words["repeated_differing" if differing else "repeated_same"]
            fields = self.words["joined"].join(labels[name] for name in each["same"])
            said.append(text.format(fields=fields, differing=labels.get(differing)))
        return str(self.words["or"].join(said))
