"""Policy files and mingzhang.toml → rows of the tables `policy.…` and `run.parameters` (data/policy/README.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flows.edges.policy_files import PolicyFolders
from flows.edges.settings import MODES
from flows.edges.warehouse import Warehouse
from flows.edges.workspace import SHIPPED, Workspace
from flows.problems import Exit, Refusal

Row = dict[str, Any]
_FOREVER = date(9999, 12, 31)
_SOURCE_COLUMNS = ("fund_source", "label_zh", "level", "form_row", "carry_over")


@dataclass(frozen=True)
class Policy:
    """What applies: address of a policy table → its rows (without city_code), in display order."""

    tables: Mapping[str, Sequence[Row]]


def load_policy(workspace: Workspace) -> Policy:
    """The workspace's policy over the shipped one. Refused (2) with every wrong file and key named."""
    folders = PolicyFolders(shipped=SHIPPED / "data" / "policy", own=workspace.policy)
    sources = folders.entries(
        "fund_sources.yaml", identifier=["fund_source"], columns=[*_SOURCE_COLUMNS, "arrival_modes", "synonyms"]
    )
    pools = folders.entries(
        "pools.yaml", identifier=["fund_source"], columns=[*_SOURCE_COLUMNS, "members", "attribution", "synonyms"]
    )
    modes = folders.entries(
        "arrival_modes.yaml",
        identifier=["arrival_mode"],
        columns=["arrival_mode", "label_zh", "needs_credit", "sign", "synonyms"],
    )
    folders.entries("document_words.yaml", identifier=["document_kind"], columns=["document_kind", "synonyms"])
    tables = {
        "policy.parameters": _parameters(folders, workspace.settings.parameters),
        "policy.fund_sources": _fund_sources([*sources, *pools]),
        "policy.source_rows": _source_rows(folders, sources, pools),
        "policy.arrival_modes": [_pick(mode, "arrival_mode", "label_zh", "needs_credit", "sign") for mode in modes],
        "policy.terms": _terms(folders),
        "policy.name_signs": _name_signs(folders),
        "policy.subjects": _subjects(folders),
        "policy.bank_words": _bank_words(folders),
        "policy.campaign_groups": _campaign_groups(folders),
        "policy.new_year_eves": _new_year_eves(folders),
        "policy.labels": _labels(folders, [*sources, *pools], modes),
        "policy.rule_modes": _rule_modes(folders, workspace.settings.rule_modes),
    }
    if folders.problems:
        raise Refusal(Exit.USAGE, folders.problems)
    return Policy(tables)


def replace_policy(warehouse: Warehouse, policy: Policy) -> None:
    """Write what applies into the warehouse, instead of what applied before. Within the caller's transaction."""
    settings = warehouse.workspace.settings
    for address, rows in policy.tables.items():
        warehouse.execute(f"DELETE FROM {address}")
        if rows:
            columns = [*rows[0], "city_code"]
            warehouse.append_rows(address, columns, [[*row.values(), settings.region] for row in rows])
    asked = {
        "city_code": settings.region,
        "unit_name": settings.unit,
        "region_code": settings.region,
        "execution_basis": settings.execution_basis,
        "extended_cutoff": settings.extended_cutoff,
        "score_cutoff": settings.score_cutoff,
        "rate_decimals": settings.rate_decimals,
    }
    warehouse.execute("DELETE FROM run.parameters")
    warehouse.append_rows("run.parameters", list(asked), [list(asked.values())])


def _pick(entry: Mapping[str, Any], *columns: str) -> Row:
    return {column: entry.get(column) for column in columns}


def _parameters(folders: PolicyFolders, stated: Mapping[str, float | str]) -> list[Row]:
    """policy.parameters; what mingzhang.toml states holds from the parameter's first date and counts as confirmed."""
    rows, known = [], set()
    for path in folders.names("parameters"):
        name = path.removeprefix("parameters/").removesuffix(".yaml").replace("/", ".")
        parameter = folders.parameter(path)
        values = parameter["values"]
        known.add(name)
        if name in stated and values:
            reference = {"reference": "mingzhang.toml", "confirmed": True}
            values = [{"from": values[0]["from"], "value": stated[name], **reference}]
        rows += _dated(name, parameter["unit"], values)
    for name in sorted(set(stated) - known):
        folders.wrong(folders.own.parent / "mingzhang.toml", name, "没有这个参数，可用的见 data/policy/parameters")
    return rows


def _dated(name: str, unit: str | None, values: Sequence[Mapping[str, Any]]) -> list[Row]:
    """A row per value, until the next one begins; a value of null ends the parameter."""
    ends = [*(value["from"] for value in values[1:]), _FOREVER]
    return [
        {
            "parameter": name,
            "applies_from": value["from"],
            "applies_to": end,
            "number": None if isinstance(value["value"], str) else Decimal(str(value["value"])),
            "text": value["value"] if isinstance(value["value"], str) else None,
            "unit": unit,
            "is_confirmed": bool(value.get("confirmed")),
            "reference": value.get("reference"),
        }
        for value, end in zip(values, ends, strict=True)
        if value.get("value") is not None
    ]


def _fund_sources(entries: Sequence[Mapping[str, Any]]) -> list[Row]:
    return [_pick(entry, *_SOURCE_COLUMNS) | {"sort_order": order} for order, entry in enumerate(entries, start=1)]


def _source_rows(
    folders: PolicyFolders, sources: Sequence[Mapping[str, Any]], pools: Sequence[Mapping[str, Any]]
) -> list[Row]:
    """What each source is shown as: a member of an undivided pool as the pool, everything else as itself."""
    shown = {entry["fund_source"]: entry["fund_source"] for entry in [*sources, *pools]}
    for pool in pools:
        for member in pool.get("members") or []:
            if member not in shown:
                folders.wrong(folders.own / "pools.yaml", f"{pool['fund_source']}.{member}", "没有这个资金来源")
            elif pool.get("attribution") == "undivided":
                shown[member] = pool["fund_source"]
    return [{"fund_source": source, "figure_source": figure} for source, figure in shown.items()]


def _terms(folders: PolicyFolders) -> list[Row]:
    return [
        {"purpose": path.removeprefix("terms/").removesuffix(".yaml"), "term": term}
        for path in folders.names("terms")
        for term in folders.terms(path)
    ]


def _name_signs(folders: PolicyFolders) -> list[Row]:
    """A row per character."""
    entries = folders.entries("name_signs.yaml", identifier=["plain"], columns=["plain", "signs"])
    return [{"written": sign, "plain": entry["plain"]} for entry in entries for sign in entry["signs"]]


def _subjects(folders: PolicyFolders) -> list[Row]:
    """What an accounting subject is, and from when to when."""
    columns = ("subject", "subject_kind", "code", "word", "applies_from", "applies_to")
    return [
        _pick(each, *columns)
        | {
            "applies_to": each.get("applies_to", _FOREVER),
            "is_confirmed": bool(each.get("confirmed")),
            "reference": each.get("reference"),
        }
        for each in folders.entries("subjects.yaml", identifier=["subject"], columns=columns)
    ]


def _bank_words(folders: PolicyFolders) -> list[Row]:
    """A row per word."""
    entries = folders.entries("banks.yaml", identifier=["bank"], columns=["bank", "words"])
    return [{"bank": entry["bank"], "word": word} for entry in entries for word in entry["words"]]


def _campaign_groups(folders: PolicyFolders) -> list[Row]:
    columns = ("campaign", "campaign_group", "window_basis")
    return [
        _pick(each, *columns)
        for each in folders.entries("campaign_groups.yaml", identifier=["campaign"], columns=columns)
    ]


def _new_year_eves(folders: PolicyFolders) -> list[Row]:
    shipped = folders.shipped.parent / "reference" / "new_year_eves.yaml"
    eves = folders.mapping(shipped, "eves") | folders.mapping(folders.own / "new_year_eves.yaml", "eves")
    for year, eve_on in eves.items():
        if not isinstance(eve_on, date) or eve_on.year != year:
            folders.wrong(folders.own / "new_year_eves.yaml", f"eves.{year}", "应为该公历年内的除夕日期")
    return [{"year": year, "eve_on": eves[year]} for year in sorted(eves)]


def _labels(
    folders: PolicyFolders, sources: Sequence[Mapping[str, Any]], modes: Sequence[Mapping[str, Any]]
) -> list[Row]:
    """Words for people; those of sources and arrival modes come from their own files."""
    own_words = [("fund_source", each["fund_source"], each.get("label_zh")) for each in sources]
    own_words += [("arrival_mode", each["arrival_mode"], each.get("label_zh")) for each in modes]
    rows = [
        {"domain": domain, "code": code, "label_zh": words, "document_set": "default"}
        for domain, code, words in own_words
    ]
    for path in folders.names("labels"):
        document_set = path.removeprefix("labels/").removesuffix(".yaml")
        rows += [
            {"domain": domain, "code": code, "label_zh": words, "document_set": document_set}
            for (domain, code), words in folders.labels(path).items()
        ]
    return rows


def _rule_modes(folders: PolicyFolders, stated: Mapping[str, str]) -> list[Row]:
    """policy.rule_modes; `[rules]` of mingzhang.toml holds for all units for which no file says otherwise."""
    columns = ("rule_id", "unit_code", "mode")
    entries = folders.entries("rule_modes.yaml", identifier=["rule_id", "unit_code"], columns=columns)
    modes = {(entry["rule_id"], entry.get("unit_code")): entry["mode"] for entry in entries}
    modes |= {(rule_id, None): mode for rule_id, mode in stated.items()}
    for (rule_id, _), mode in modes.items():
        if mode not in MODES:
            folders.wrong(folders.own / "rule_modes.yaml", rule_id, f"应为 {'、'.join(MODES)}（加引号）")
    return [{"rule_id": rule_id, "unit_code": unit_code, "mode": mode} for (rule_id, unit_code), mode in modes.items()]
