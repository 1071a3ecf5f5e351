"""What is wrong in a layout file, in words for the person who mends it: (key, reason)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from expectations.contracts import load_contracts

Fault = tuple[str, str]
STATEMENTS, PAYOUTS, JOURNAL = "bank_statements", "payouts", "journal"
CHANNELS = ("bank", "treasury")
NEEDED_BY: Mapping[str, tuple[str, ...]] = {  # direction → the columns without which it says nothing
    "two_columns": ("in_yuan", "out_yuan"),
    "flag": ("direction_text", "amount_yuan"),
    "flag_unsigned": ("direction_text", "amount_yuan"),
    "sign": ("amount_yuan",),
}
SIDES_OF: Mapping[str, tuple[str, ...]] = {  # the same of a journal: two columns, or one amount and its side
    "two_columns": ("debit_yuan", "credit_yuan"),
    "flag": ("direction_text", "amount_yuan"),
}
TOTAL_FIELDS = ("in_yuan", "in_count", "out_yuan", "out_count", "line_count")
_HELPERS: Mapping[str, tuple[str, ...]] = {
    STATEMENTS: (
        "direction_text", "in_yuan", "out_yuan", "payer_name", "payer_account_no", "payee_name", "payee_account_no",
        "counterparty_text",
    ),
    PAYOUTS: ("returned_text",),
    JOURNAL: (
        "direction_text", "amount_yuan", "year_text", "month_text", "day_text", "voucher_word", "voucher_number",
    ),
}  # fmt: skip
_ABOVE = ("account_name", "period")
_TEXT, _LIST, _BY_COLUMN, _CODES = "文字", "列表", "“栏目: 列表”的映射", "“说法: 代码”的映射"
_NEEDED = {"layout": _TEXT, "kind": _TEXT, "title_zh": _TEXT, "columns": _BY_COLUMN, "required": _LIST}
_OTHER = {
    "reference": _TEXT, "confirmed": "true 或 false", "channel": _TEXT, "memo": _LIST, "ignored": _LIST,
    "direction": _TEXT, "words": _CODES, "above": _BY_COLUMN, "totals": "映射", "split": "映射", "join": "映射",
    "carried": _LIST, "drafted_from": _TEXT,
}  # fmt: skip


def faults(entry: Any, name: str) -> list[Fault]:
    """Everything for which this file cannot be used as layout `name`; nothing for a good one."""
    if not isinstance(entry, Mapping):
        return [("—", "应为一个映射（键: 值）")]
    wrong = list(_shape(entry))
    return wrong or [*_meaning(entry, name), *_totals(entry.get("totals", {})), *_split(entry), *_join(entry)]


def _shape(entry: Mapping[str, Any]) -> Iterator[Fault]:
    for key in _NEEDED:
        if key not in entry:
            yield key, "缺少这一项"
    for key, value in entry.items():
        form = _NEEDED.get(key) or _OTHER.get(key)
        if form is None:
            yield str(key), "不认识这个键"
        elif not _FITS.get(form, _is_mapping)(value):
            yield str(key), f"应为{form}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)


_FITS: Mapping[str, Callable[[Any], bool]] = {
    _TEXT: _is_text,
    _LIST: _is_list,
    _BY_COLUMN: lambda value: _is_mapping(value) and all(map(_is_list, value.values())),
    _CODES: lambda value: _is_mapping(value) and all(map(_is_text, [*value, *value.values()])),
    _OTHER["confirmed"]: lambda value: isinstance(value, bool),
}


def _meaning(entry: Mapping[str, Any], name: str) -> Iterator[Fault]:
    kind, contracts = entry["kind"], load_contracts()
    if entry["layout"] != name:
        yield "layout", f"应与文件名相同：{name}"
    if kind not in contracts:
        yield "kind", f"没有这种表：{kind}"
        return
    known = {*(column.name for column in contracts[kind].headers), *_HELPERS.get(kind, ())}
    yield from _among("columns", entry["columns"], known)
    yield from _among("above", entry.get("above", {}), known | set(_ABOVE))
    yield from (("required", f"columns 中没有 {each}") for each in entry["required"] if each not in entry["columns"])
    if kind in (STATEMENTS, PAYOUTS):
        yield from _among("channel", [entry.get("channel", "（未写）")], set(CHANNELS))
    if kind in (STATEMENTS, JOURNAL):
        yield from _amounts(entry, NEEDED_BY if kind == STATEMENTS else SIDES_OF)
    if kind == STATEMENTS and "transacted_on" not in entry["columns"]:
        yield "columns", "缺少 transacted_on"


def _amounts(entry: Mapping[str, Any], needed_by: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    yield from _among("direction", [entry.get("direction", "（未写）")], set(needed_by))
    needed = needed_by.get(entry.get("direction", ""), ())
    yield from (("columns", f"缺少 {each}") for each in needed if each not in entry["columns"])


def _totals(totals: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _among("totals", totals, {"rows", "sides", "keys"})
    yield from _among("totals.keys", totals.get("keys", {}), set(TOTAL_FIELDS))
    yield from _among("totals.sides", totals.get("sides", {}), {"in", "out"})


def _split(entry: Mapping[str, Any]) -> Iterator[Fault]:
    for name, each in entry.get("split", {}).items():
        if name not in entry["columns"]:
            yield "split", f"columns 中没有 {name}"
        if not _is_mapping(each) or set(each) != {"into", "by"} or len(each["into"]) != 2 or len(each["by"]) != 1:
            yield f"split.{name}", "应写明 into（两栏）和 by（一个符号）"


def _join(entry: Mapping[str, Any]) -> Iterator[Fault]:
    columns, contracts = entry["columns"], load_contracts()
    known = {column.name for column in contracts[entry["kind"]].read} if entry["kind"] in contracts else set()
    yield from (("carried", f"columns 中没有 {name}") for name in entry.get("carried", []) if name not in columns)
    for name, each in entry.get("join", {}).items():
        if name not in known or name in columns:
            yield "join", f"应为该表的栏目，columns 中不再写：{name}"
        if not _is_mapping(each) or set(each) != {"of", "by"} or not _is_list(each["of"]) or not _is_text(each["by"]):
            yield f"join.{name}", "应写明 of（几栏）和 by（其间的符号）"
        elif not any(part in columns for part in each["of"]):
            yield f"join.{name}", "columns 中没有这几栏"


def _among(key: str, said: Any, known: set[str]) -> Iterator[Fault]:
    yield from ((key, f"不认识 {each}，可以写：{'、'.join(sorted(known))}") for each in said if each not in known)
