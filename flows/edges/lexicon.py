"""Words as files → the plain values that reading takes: contracts, `data/reference`, the names in `data/policy`, each
with the workspace's own laid over it. Layouts are in `layouts.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import data
from expectations.contracts import Column as ContractColumn
from expectations.contracts import Condition as ContractCondition
from expectations.contracts import Contract
from expectations.yaml_files import read_yaml
from flows.edges.layouts import load_layouts
from transforms.columns import Column, Condition, Kind, Limits, Rules, Vocabulary
from transforms.words import enumeration, squeezed

__all__ = ["Choices", "kind_of", "load_choices", "load_enums", "load_layouts"]

DATA = Path(data.__file__).parent
Choices = Mapping[str, Mapping[str, str]]
_NAMED_BY_POLICY = {
    "fund_sources.yaml": "fund_source",
    "pools.yaml": "fund_source",
    "arrival_modes.yaml": "arrival_mode",
    "document_words.yaml": "document_kind",
}


def _document(path: Path) -> dict[str, Any]:
    return read_yaml(path) or {} if path.is_file() else {}


def load_enums(workspace: Path | None = None) -> Vocabulary:
    """The enumerations by domain and the rules of reading. Names of sources and modes come from policy, whose own
    synonyms count as well; so do the labels that we print, for what we print must be readable again.
    """
    enums = _document(DATA / "reference" / "enums.yaml")
    named = _policy_words(workspace)
    domains = {}
    for domain, entry in enums["domains"].items():
        words = {code: list(texts) for code, texts in entry["words"].items()}
        for code, texts in named.get(domain, {}).items():
            words.setdefault(code, []).extend(texts)
        domains[domain] = enumeration(
            words,
            never_in_text=entry.get("never_in_text", ()),
            affixes=enums["affixes"],
            is_open=entry.get("open", False),
        )
    return Vocabulary(domains, _rules(_reading()))


@cache
def _reading() -> dict[str, Any]:
    return _document(DATA / "reference" / "reading.yaml")


def load_junk() -> tuple[str, ...]:
    """Patterns of the names of files and folders that nobody sent, in small letters."""
    return tuple(_reading()["junk"])


def load_limits() -> Limits:
    """What one file may cost."""
    return Limits(**_reading()["limits"])


def load_choices() -> Choices:
    """Domain → code → the one word for it that a blank workbook offers."""
    entries = _document(DATA / "reference" / "enums.yaml")["domains"]
    choices = {domain: {code: texts[0] for code, texts in entry["words"].items()} for domain, entry in entries.items()}
    for name, domain in _NAMED_BY_POLICY.items():
        stated = _document(DATA / "policy" / name).get("entries", ())
        named = {entry[domain]: entry["label_zh"] for entry in stated if "label_zh" in entry}
        choices.setdefault(domain, {}).update(named)
    return choices


def _policy_words(workspace: Path | None) -> dict[str, dict[str, list[str]]]:
    """Domain → code → words, from lists and labels of the policy; a workspace's entry replaces the shipped one."""
    folders = [DATA / "policy", *([workspace / "policy"] if workspace else [])]
    words: dict[str, dict[str, list[str]]] = {}
    for name, domain in _NAMED_BY_POLICY.items():
        for folder in folders:
            for entry in _document(folder / name).get("entries", ()):
                label = [entry["label_zh"]] if "label_zh" in entry else []
                words.setdefault(domain, {})[entry[domain]] = [*label, *entry.get("synonyms", ())]
    for folder in folders:
        for path in sorted((folder / "labels").glob("*.yaml")):
            for domain, labels in _document(path).get("labels", {}).items():
                for code, label in labels.items():
                    words.setdefault(domain, {}).setdefault(code, []).append(label)
    return words


def _rules(entry: Mapping[str, Any]) -> Rules:
    recognition, limits = entry["recognition"], entry["archive"]
    return Rules(
        header_rows=entry["header_rows"],
        least_columns=recognition["least_columns"],
        least_required=recognition["least_required"],
        least_known=recognition["least_known"],
        weights=recognition["weights"],
        sheet_unit_keys=_squeezed(entry["sheet_unit_keys"]),
        money_unit_keys=_squeezed(entry["money_unit_keys"]),
        money_units={squeezed(word): places for word, places in entry["money_units"].items()},
        total_words=tuple(entry["total_words"]),
        note_words=tuple(entry["note_words"]),
        carried_words=tuple(entry["carried_words"]),
        ignored_sheets=_squeezed(entry["ignored_sheets"]),
        year_stop_words=tuple(entry["year_stop_words"]),
        quota_words=tuple(entry["quota_words"]),
        nothing=frozenset(entry["nothing"]),
        nothing_typed=frozenset(entry["nothing_typed"]),
        card_digits=_pair(entry["card_digits"]),
        account_digits=_pair(entry["account_digits"]),
        serial_days=_pair(entry["serial_days"]),
        archive_members=limits["members"],
        archive_bytes=limits["bytes"],
        archive_depth=limits["depth"],
        junk=load_junk(),
        limits=load_limits(),
        returned=entry["returned"],
    )


def _squeezed(words: Iterable[str]) -> frozenset[str]:
    return frozenset(squeezed(word) for word in words)


def _pair(values: Iterable[int]) -> tuple[int, int]:
    first, last = values
    return first, last


def kind_of(contract: Contract) -> Kind:
    """A contract as the transforms take it, for they do not import `expectations`."""
    return Kind(
        kind=contract.kind,
        title_zh=contract.title_zh,
        columns=tuple(_column(column) for column in contract.read),
        frame=tuple((column.name, column.field.type.partition(":")[0]) for column in contract.columns),
        key=contract.key,
        replaces=contract.replaces,
        unit_column=contract.stated_unit.field,
        unit_headers=contract.stated_unit.headers,
        ignored=contract.ignored,
        title_words=contract.title_words,
        by_layout=contract.by_layout,
        carried=contract.carried,
    )


def _condition(condition: ContractCondition | None) -> Condition | None:
    return Condition(condition.field, frozenset(condition.is_)) if condition else None


def _column(column: ContractColumn) -> Column:
    field = column.field
    return Column(
        name=field.id,
        names=(field.label_zh, *field.synonyms),
        type=field.type,
        required=column.required,
        when=_condition(column.when),
        but_not=_condition(column.but_not),
        unless=column.unless,
        empty_is=column.empty_is,
        in_text=field.in_text,
        on_unknown=field.on_unknown,
    )
