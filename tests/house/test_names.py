"""A column's name says its unit and its type (docs/naming.md); every column is defined once."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.scan import ROOT, assert_clean

FIELDS = sorted((ROOT / "expectations/fields").glob("*.yaml"))

# What the name says → the types that it may have, and the other way round where the type allows one ending only.
DATE, TIMESTAMP, BOOLEAN = {"date"}, {"timestamp", "datetime"}, {"bool", "boolean"}
WHOLE, EXACT = {"int", "integer", "bigint", "count"}, {"decimal", "money", "rate"}
NAME_SAYS = (
    (re.compile(r"_yuan$"), EXACT),
    (re.compile(r"_rate$"), EXACT),
    (re.compile(r"_on$"), DATE),
    (re.compile(r"_at$"), TIMESTAMP),
    (re.compile(r"_count$"), WHOLE),
    (re.compile(r"^(is|has)_"), BOOLEAN),
)
TYPE_WANTS = (
    (DATE, re.compile(r"_on$|^applies_(from|to)$|^covered_(from|to)$")),
    (TIMESTAMP, re.compile(r"_at$")),
    (BOOLEAN, re.compile(r"^(is|has|needs)_|^documents_")),
)


class OnceLoader(yaml.SafeLoader):
    """YAML in which a key given twice is an error, not a silent overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key) for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise yaml.constructor.ConstructorError(problem=f"defined twice: {sorted(twice)}")
        return super().construct_mapping(node, deep)


def fields(path: Path) -> Mapping[str, Mapping[str, Any]]:
    loaded = yaml.load(path.read_text("utf-8"), OnceLoader)
    return loaded.get("fields", loaded)


def contradictions(columns: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, column in columns.items():
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
            yield f"{name} is not snake_case"
        kind = re.split(r"[^a-z]", str(column.get("type", "")).lower())[0]
        for said, kinds in NAME_SAYS:
            if said.search(name) and kind not in kinds:
                yield f"{name} sounds like {'/'.join(sorted(kinds))} and is {kind or 'untyped'}"
        for kinds, wanted in TYPE_WANTS:
            if kind in kinds and not wanted.search(name):
                yield f"{name} is a {kind}, its name does not say so"


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: path.stem)
def test_names_say_what_they_are(path: Path) -> None:
    columns = fields(path)
    assert_clean(columns, contradictions(columns))


def test_every_column_is_defined_in_one_file() -> None:
    columns = [name for path in FIELDS for name in fields(path)]
    assert_clean(columns, {name for name in columns if columns.count(name) > 1})


# --- this check can fail ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("amount_yuan", "text"),
        ("use_rate", "DOUBLE"),
        ("paid_on", "TIMESTAMP"),
        ("received_at", "date"),
        ("person_count", "DECIMAL(18,2)"),
        ("is_direct", "VARCHAR"),
        ("pay_date", "DATE"),
        ("repeat", "BOOLEAN"),
        ("unitCode", "text"),
        ("amount_yuan", ""),
    ],
)
def test_name_check_can_fail(name: str, kind: str) -> None:
    assert list(contradictions({name: {"type": kind}})) != []


def test_good_names_pass() -> None:
    good = {"amount_yuan": "DECIMAL(18,2)", "paid_on": "DATE", "is_direct": "BOOLEAN", "unit_code": "VARCHAR"}
    assert list(contradictions({name: {"type": kind} for name, kind in good.items()})) == []


def test_column_defined_twice_fails(tmp_path: Path) -> None:
    (tmp_path / "fields.yaml").write_text("a: {type: text}\na: {type: date}\n", "utf-8")
    with pytest.raises(yaml.YAMLError, match="defined twice"):
        fields(tmp_path / "fields.yaml")
