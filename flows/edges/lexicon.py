"""Words and layouts as files → the plain values that reading takes: contracts, `data/layouts`, `data/reference`,
the names in `data/policy`, each with the workspace's own laid over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

import data
from expectations.contracts import Column as ContractColumn
from expectations.contracts import Condition as ContractCondition
from expectations.contracts import Contract
from transforms.columns import Column, Condition, Kind, Layout, Rules, Totals, Vocabulary
from transforms.words import enumeration, joined, squeezed

DATA = Path(data.__file__).parent
Choices = Mapping[str, Mapping[str, str]]
_NAMED_BY_POLICY = {
    "fund_sources.yaml": "fund_source",
    "pools.yaml": "fund_source",
    "arrival_modes.yaml": "arrival_mode",
}


def _document(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {} if path.is_file() else {}


def load_layouts(workspace: Path | None = None) -> tuple[Layout, ...]:
    """The shipped layouts in the order of their names, a workspace's `layouts/` over them."""
    folders = [DATA / "layouts", *([workspace / "layouts"] if workspace else [])]
    found = {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}
    return tuple(_layout(_document(found[name])) for name in sorted(found))


def _layout(entry: Mapping[str, Any]) -> Layout:
    return Layout(
        name=entry["layout"],
        kind=entry["kind"],
        title_zh=entry["title_zh"],
        columns={name: tuple(headers) for name, headers in entry["columns"].items()},
        required=tuple(entry["required"]),
        memo=tuple(entry.get("memo", ())),
        ignored=tuple(entry.get("ignored", ())),
        direction=entry.get("direction", ""),
        words={joined(word): code for word, code in entry.get("words", {}).items()},
        above={name: tuple(keys) for name, keys in entry.get("above", {}).items()},
        totals=_totals(entry["totals"]) if "totals" in entry else None,
    )


def _totals(entry: Mapping[str, Any]) -> Totals:
    keys = {squeezed(key): name for name, texts in entry.get("keys", {}).items() for key in texts}
    return Totals(_squeezed(entry.get("rows", ())), dict(entry.get("sides", {})), keys)


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
    return Vocabulary(domains, _rules(_document(DATA / "reference" / "reading.yaml")))


def load_choices() -> Choices:
    """Domain → code → the one word for it that a blank workbook offers."""
    entries = _document(DATA / "reference" / "enums.yaml")["domains"]
    choices = {domain: {code: texts[0] for code, texts in entry["words"].items()} for domain, entry in entries.items()}
    for name, domain in _NAMED_BY_POLICY.items():
        named = {entry[domain]: entry["label_zh"] for entry in _document(DATA / "policy" / name).get("entries", ())}
        choices.setdefault(domain, {}).update(named)
    return choices


def _policy_words(workspace: Path | None) -> dict[str, dict[str, list[str]]]:
    """Domain → code → words, from lists and labels of the policy; a workspace's entry replaces the shipped one."""
    folders = [DATA / "policy", *([workspace / "policy"] if workspace else [])]
    words: dict[str, dict[str, list[str]]] = {}
    for name, domain in _NAMED_BY_POLICY.items():
        for folder in folders:
            for entry in _document(folder / name).get("entries", ()):
                words.setdefault(domain, {})[entry[domain]] = [entry["label_zh"], *entry.get("synonyms", ())]
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
        columns=tuple(_column(column) for column in contract.headers),
        frame=tuple((column.name, column.field.type.partition(":")[0]) for column in contract.columns),
        key=contract.key,
        replaces=contract.replaces,
        unit_column=contract.stated_unit.field,
        unit_headers=contract.stated_unit.headers,
        ignored=contract.ignored,
        title_words=contract.title_words,
        by_layout=contract.by_layout,
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
