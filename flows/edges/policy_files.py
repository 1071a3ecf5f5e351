"""Policy files as they are written: one strict YAML mapping each, the workspace's laid over the shipped one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from expectations.yaml_files import read_yaml
from flows.problems import Problem, problem

Entry = Mapping[str, Any]
_HEAD = {"description", "reference", "confirmed"}


@dataclass
class PolicyFolders:
    """The shipped policy and a workspace's own; collects what is wrong in either while they are read."""

    shipped: Path
    own: Path
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, path: Path, key: object, reason: str) -> None:
        """Note that `key` of `path` cannot be used."""
        root = self.own.parent if path.is_relative_to(self.own.parent) else self.shipped.parents[1]
        name = path.relative_to(root)
        self.problems.append(problem("policy.value", name.as_posix(), key=key, reason=reason))

    def document(self, path: Path, *, body: Iterable[str]) -> dict[str, Any]:
        """A file's mapping, its unknown keys noted; {} when the file is not there or cannot be read."""
        if not path.is_file():
            return {}
        try:
            loaded = read_yaml(path) or {}
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self.wrong(path, "—", " ".join(str(error).split()))
            return {}
        if not isinstance(loaded, dict):
            self.wrong(path, "—", "应为一个映射（键: 值）")
            return {}
        for key in set(loaded) - _HEAD - set(body):
            self.wrong(path, key, "不认识这个键")
        return loaded

    def names(self, folder: str) -> list[str]:
        """Relative paths of the YAML files below a folder, shipped or own, in a fixed order."""
        found = {
            path.relative_to(root).as_posix()
            for root in (self.shipped, self.own)
            for path in root.glob(f"{folder}/**/*.yaml")
        }
        return sorted(found)

    def entries(self, name: str, *, identifier: Sequence[str], columns: Iterable[str]) -> list[dict[str, Any]]:
        """A list file: an entry of the workspace replaces the shipped one of the same identifier, others are added."""
        merged: dict[tuple[Any, ...], dict[str, Any]] = {}
        for root in (self.shipped, self.own):
            path, seen = root / name, set()
            document = self.document(path, body=["entries"])
            for entry in document.get("entries") or []:
                key = tuple(entry.get(each) for each in identifier)
                for unknown in set(entry) - set(columns) - {"reference", "confirmed"}:
                    self.wrong(path, f"{key[0]}.{unknown}", "不认识这个键")
                if key in seen:
                    self.wrong(path, key[0], "同一标识写了两次")
                seen.add(key)
                head = {each: document[each] for each in ("reference", "confirmed") if each in document}
                merged[key] = head | entry
        return list(merged.values())

    def terms(self, name: str) -> list[str]:
        """A word list: the workspace adds words, and takes shipped ones away with `without`."""
        shipped = self.document(self.shipped / name, body=["terms"]).get("terms") or []
        own = self.document(self.own / name, body=["terms", "without"])
        words = [word for word in shipped if word not in (own.get("without") or [])]
        return list(dict.fromkeys(str(word) for word in [*words, *(own.get("terms") or [])]))

    def labels(self, name: str) -> dict[tuple[str, str], str]:
        """(domain, code) → words, merged code by code."""
        merged: dict[tuple[str, str], str] = {}
        for root in (self.shipped, self.own):
            domains = self.document(root / name, body=["labels"]).get("labels") or {}
            merged |= {
                (domain, str(code)): str(words) for domain, codes in domains.items() for code, words in codes.items()
            }
        return merged

    def mapping(self, path: Path, key: str) -> dict[Any, Any]:
        """The mapping under `key` of a file; {} when it is not there."""
        return dict(self.document(path, body=[key]).get(key) or {})

    def parameter(self, name: str) -> dict[str, Any]:
        """A parameter: `unit`, and `values` in order of the dates from which they hold; the workspace's own stand."""
        unit, values = None, {}
        for root in (self.shipped, self.own):
            path = root / name
            document = self.document(path, body=["unit", "values"])
            unit = document.get("unit", unit)
            previous = None
            for stated in document.get("values") or []:
                since = stated.get("from")
                if not isinstance(since, date):
                    self.wrong(path, "values.from", "应为日期，如 2021-01-01")
                    continue
                if previous is not None and since <= previous:
                    self.wrong(path, f"values.{since}", "日期应由早到晚，不重复")
                previous = since
                head = {each: document.get(each) for each in ("reference", "confirmed")}
                values[since] = head | stated
        return {"unit": unit, "values": [values[since] for since in sorted(values)]}
