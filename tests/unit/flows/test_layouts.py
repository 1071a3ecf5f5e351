"""Layout files: ours are without fault; a workspace's are checked, a proposal waits for a person."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.edges.layout_check import faults
from flows.edges.layouts import SHIPPED, lexicon_mark, load_layouts
from flows.problems import Refusal

FILES = sorted(SHIPPED.glob("*.yaml"))
GOOD: dict[str, Any] = {
    "layout": "某行", "kind": "bank_statements", "title_zh": "某行", "channel": "bank", "direction": "two_columns",
    "columns": {"transacted_on": ["日期"], "in_yuan": ["收"], "out_yuan": ["支"]}, "required": ["transacted_on"],
}  # fmt: skip


def put(root: Path, entry: Any) -> Path:
    path = root / "layouts/某行.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(entry if isinstance(entry, str) else yaml.safe_dump(entry, allow_unicode=True), "utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_ours_are_without_fault(path: Path) -> None:
    entry = yaml.safe_load(path.read_text("utf-8"))
    assert faults(entry, path.stem) == []
    assert entry["reference"]
    assert entry["confirmed"] is False  # nobody has seen an export of the client yet


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"layout": "别行"}, "layout"),
        ({"kind": "statements"}, "kind"),
        ({"channel": "cash"}, "channel"),
        ({"direction": "both"}, "direction"),
        ({"direction": "sign"}, "columns"),
        ({"columns": {"transacted_on": "日期"}}, "columns"),
        ({"columns": {**GOOD["columns"], "amount": ["金额"]}}, "columns"),
        ({"required": ["balance_yuan"]}, "required"),
        ({"confirmed": "是"}, "confirmed"),
        ({"words": {"收": 1}}, "words"),
        ({"totals": {"row": ["合计"]}}, "totals"),
        ({"split": {"counterparty_text": {"into": ["memo"], "by": "/"}}}, "split"),
        ({"join": {"nothing": {"of": ["transacted_on"], "by": "-"}}}, "join"),
        ({"join": {"booked_on": {"of": ["year_text"], "by": "-"}}}, "join.booked_on"),
        ({"join": {"booked_on": {"of": "transacted_on", "by": "-"}}}, "join.booked_on"),
        ({"carried": ["booked_on"]}, "carried"),
        ({"kind": "journal", "direction": "flag"}, "columns"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, change: dict[str, Any], key: str) -> None:
    assert faults(GOOD, "某行") == []
    put(tmp_path, GOOD | change)
    with pytest.raises(Refusal) as caught:
        load_layouts(tmp_path)
    assert caught.value.exit_code == 2
    assert [problem.where for problem in caught.value.problems][:1] == ["layouts/某行.yaml"]
    assert caught.value.problems[0].message.startswith(f"{key}：")


@pytest.mark.parametrize("text", ["layout: [", "- 一\n- 二\n", ""])
def test_what_is_no_mapping(tmp_path: Path, text: str) -> None:
    put(tmp_path, text)
    with pytest.raises(Refusal):
        load_layouts(tmp_path)


@pytest.mark.parametrize(
    ("change", "is_used"),
    [
        ({}, True),
        ({"confirmed": False}, True),  # written by a person
        ({"confirmed": False, "drafted_from": "x.csv"}, False),
        ({"drafted_from": "x.csv"}, False),
        ({"confirmed": True, "drafted_from": "x.csv"}, True),
    ],
)
def test_a_proposal_waits_for_a_person(tmp_path: Path, change: dict[str, Any], is_used: bool) -> None:
    before = lexicon_mark(tmp_path)
    put(tmp_path, GOOD | change)
    assert ("某行" in {layout.name for layout in load_layouts(tmp_path)}) is is_used
    assert (lexicon_mark(tmp_path) != before) is is_used


def test_a_workspace_replaces_ours(tmp_path: Path) -> None:
    path = put(tmp_path, GOOD | {"layout": "abc"})
    path.rename(path.with_name("abc.yaml"))
    [found] = [layout for layout in load_layouts(tmp_path) if layout.name == "abc"]
    assert found.title_zh == "某行"
