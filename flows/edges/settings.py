"""mingzhang.toml → Settings. Every value that cannot be used is a problem that names its key and what it may be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.problems import Exit, Problem, Refusal, problem
from flows.words import say

MODES = ("off", "observe", "on")


@dataclass(frozen=True)
class Settings:
    """What one federation decided once, in its mingzhang.toml (contract section 1)."""

    unit: str
    region: str
    time_zone: str = "Asia/Shanghai"
    execution_basis: str = "disbursed"
    extended_cutoff: str = "lunar_new_year_eve"
    score_cutoff: str = "fiscal"
    rate_decimals: int = 2
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    """`match.…`, `visits.…`, `alerts.…`: laid over policy.parameters."""
    rule_modes: Mapping[str, str] = field(default_factory=dict)
    notify_urls: tuple[str, ...] = ()
    quiet_seconds: float = 5
    poll_seconds: float = 15
    """`intake.…`: how long a file must look the same before `serve` takes it, and how often it looks."""


def read_settings(path: Path) -> Settings:
    """The settings of a workspace. Refused (2) with every wrong key named."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(Exit.USAGE, [problem("settings.unreadable", path.name, detail=error)]) from error
    problems = [*_wrong_values(document), *_unknown_keys(document)]
    if problems:
        raise Refusal(Exit.USAGE, problems)
    return _settings(document)


def require_usable(**stated: str) -> None:
    """Refused (2) where a value given on the command line could not stand in mingzhang.toml."""
    wrong = [
        problem(
            "usage.value",
            value=f"--{key}",
            detail=say("usage.like", allowed=_CHECKS[key][1].strip('"')),
            help="mingzhang init --help",
        )
        for key, value in stated.items()
        if not _CHECKS[key][0](value)
    ]
    if wrong:
        raise Refusal(Exit.USAGE, wrong)


def _settings(document: Mapping[str, Any]) -> Settings:
    stated = {key: document[key] for key in _CHECKS if key in document}
    parameters = {
        f"{group}.{key}": value for group in _PARAMETER_GROUPS for key, value in document.get(group, {}).items()
    }
    urls = tuple(document.get("notify", {}).get("urls", ()))
    return Settings(
        **stated,
        **document.get("intake", {}),
        parameters=parameters,
        rule_modes=document.get("rules", {}),
        notify_urls=urls,
    )


def _is_time_zone(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(ZoneInfo(value))
    except (ZoneInfoNotFoundError, ValueError):
        return False


def _is_extended_cutoff(value: object) -> bool:
    if value == "lunar_new_year_eve":
        return True
    if not (isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value)):
        return False
    try:
        return bool(datetime.strptime(f"2001-{value}", "%Y-%m-%d"))
    except ValueError:
        return False


_PARAMETER_GROUPS = ("visits", "match", "alerts")
_INTAKE = ("quiet_seconds", "poll_seconds")
_SECTIONS = (*_PARAMETER_GROUPS, "intake", "rules", "notify")
_CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "unit": (lambda value: isinstance(value, str) and bool(value.strip()), '"岳阳市总工会"'),
    "region": (lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{6}", value)), '"430600"'),
    "time_zone": (_is_time_zone, '"Asia/Shanghai"'),
    "execution_basis": (lambda value: value in ("disbursed", "allotted"), '"disbursed" | "allotted"'),
    "extended_cutoff": (_is_extended_cutoff, '"lunar_new_year_eve" | "01-31"'),
    "score_cutoff": (lambda value: value in ("fiscal", "extended"), '"fiscal" | "extended"'),
    "rate_decimals": (lambda value: type(value) is int and 0 <= value <= 4, "0 … 4"),
}
_REQUIRED = ("unit", "region")


def _wrong_values(document: Mapping[str, Any]) -> list[Problem]:
    problems = [
        problem("settings.value", "mingzhang.toml", key=key, value=document.get(key, "—"), allowed=allowed)
        for key, (is_right, allowed) in _CHECKS.items()
        if (key in document or key in _REQUIRED) and not is_right(document.get(key))
    ]
    for section in _SECTIONS:
        if not isinstance(document.get(section, {}), dict):
            problems.append(problem("settings.value", "mingzhang.toml", key=section, value="…", allowed=f"[{section}]"))
        else:
            problems += _wrong_in_section(section, document.get(section, {}))
    return problems


def _wrong_in_section(section: str, values: Mapping[str, Any]) -> list[Problem]:
    """Modes are words, parameters are numbers or words, addresses are a list."""
    checks: Mapping[str, tuple[Callable[[Any], bool], str]] = {
        "rules": (lambda value: value in MODES, " | ".join(f'"{mode}"' for mode in MODES)),
        "notify": (lambda value: isinstance(value, list), "urls = […]"),
        "intake": (lambda value: type(value) in (int, float) and 0 < value <= 86400, "5 | 0.5"),
    }
    is_right, allowed = checks.get(section, (lambda value: type(value) in (int, float, str), "0.25 | 30"))
    return [
        problem("settings.value", "mingzhang.toml", key=f"{section}.{key}", value=value, allowed=allowed)
        for key, value in values.items()
        if not is_right(value)
    ]


def _unknown_keys(document: Mapping[str, Any]) -> list[Problem]:
    known = {*_CHECKS, *_SECTIONS}
    unknown = [key for key in document if key not in known]
    intake = document.get("intake", {})
    unknown += [f"intake.{key}" for key in (intake if isinstance(intake, dict) else ()) if key not in _INTAKE]
    return [problem("settings.unknown_key", "mingzhang.toml", key=key) for key in unknown]
