"""The page as text: whole, offline, in our words, opening with the right year."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from reports.dashboard import DashboardInputs, dashboard
from reports.words import slips
from tests.unit.reports.world import UNITS, YUEYANG, World, documents, figures

pytestmark = pytest.mark.slow  # it draws curves

EMPTY: dict[str, Any] = {"units": (), "categories": (), "bridge": (), "findings": ()}
YEAR_2022 = World(
    year=2022, extended_on=date(2023, 1, 21), as_of_on=YUEYANG.as_of_on, months=(0,),
    executed=dict.fromkeys(("fiscal", "extended", "as_of"), "0"), **EMPTY,
)  # fmt: skip
VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """Open elements, so that every end tag can be held against its start; and the text a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.seen: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.seen.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.seen))


def page(*worlds: World, first_year: int | None = None) -> Page:
    inputs = DashboardInputs("岳阳市总工会", figures(*worlds), documents(), first_year)
    return Page(dashboard(inputs).decode())


@pytest.fixture(scope="module")
def seen() -> Page:
    return page(YUEYANG, YEAR_2022)


def test_it_is_well_formed(seen: Page) -> None:
    assert seen.open == []
    ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_it_reaches_for_nothing_outside(seen: Page) -> None:
    assert not [tag for tag, _ in seen.tags if tag in {"script", "img", "iframe", "object", "embed"}]
    for tag, attributes in seen.tags:
        for name in ("href", "src", "srcset", "action", "xlink:href"):
            assert (attributes.get(name) or "data:").startswith(("data:", "#")), (tag, name)
        assert not [name for name in attributes if name.startswith("on")]
    html = dashboard(DashboardInputs("岳阳市总工会", figures(), documents())).decode()
    assert "://" not in html
    assert "@import" not in html


def test_the_numbers_of_the_seed_report(seen: Page) -> None:
    for words in ("预算执行率 74.00%", "截至2021年12月31日", "截至2022年1月31日", "273.79", "370.00"):
        assert words in seen.text
    assert "年末口径 2021年12月31日 273.79万元" in seen.text  # in the curve
    assert "73.99" not in seen.text


def test_units_are_ranked_and_named(seen: Page) -> None:
    assert all(name in seen.text for _, name, *_ in UNITS)
    places = [seen.text.index(name) for name in ("岳阳市困难职工帮扶中心", "屈原管理区总工会", "平江县总工会")]
    assert places == sorted(places)


@pytest.mark.parametrize(("first_year", "opened"), [(None, "s2021-1"), (2022, "s2022-1"), (1999, "s2021-1")])
def test_it_opens_with_the_sealed_or_running_year(first_year: int | None, opened: str) -> None:
    found = page(YUEYANG, YEAR_2022, first_year=first_year)
    assert [attributes["id"] for tag, attributes in found.tags if tag == "input" and "checked" in attributes] == [
        opened
    ]


def test_a_cut_off_is_reached_when_the_statements_are() -> None:
    quiet = figures(replace(YUEYANG, as_of_on=date(2022, 1, 28)))
    inputs = DashboardInputs("岳阳市总工会", quiet, documents())
    assert "对账资料未到该日" in Page(dashboard(inputs).decode()).text
    covered = Page(dashboard(replace(inputs, known_until=date(2022, 1, 31))).decode()).text
    assert "对账资料未到该日" not in covered
    assert "春节前口径 2022年1月31日 370万元" in covered


def test_findings_are_counted_and_their_absence_is_said(seen: Page) -> None:
    assert "无待处理疑点" in seen.text
    assert "0 待处理 1 经批准予以说明 2 已整改" in seen.text
    waiting = page(
        replace(
            YUEYANG,
            findings=[
                *YUEYANG.findings,
                ("R16.total", "error", "open"),
                ("S.type", "reject", "open"),
                ("S.enum", "reject", "open"),
                ("M90.unexplained", "error", "open"),
                ("M92.unmatched", "error", "open"),
            ],
        )
    )
    assert "无待处理疑点" not in waiting.text
    assert "5 待处理 1 经批准予以说明 2 已整改" in waiting.text
    assert "3 须整改" in waiting.text
    assert "汇总表与银行支出" in waiting.text
    assert waiting.text.count("表格结构与填写") == 1  # one row a rule, whatever its details
    assert "银行对账 须整改 2" in waiting.text


def test_before_any_statement_the_budget_is_shown_and_nothing_else() -> None:
    drawn = {name: [row for row in rows if row.get("cutoff") != "as_of"] for name, rows in figures(YUEYANG).items()}
    drawn["f01_execution"] = [{**row, "as_of_on": None, "is_reached": None} for row in drawn["f01_execution"]]
    seen = Page(dashboard(DashboardInputs("岳阳市总工会", drawn, documents())).decode()).text
    assert "全年预算数 370.00" in seen
    assert "尚未收到银行对账单" in seen
    assert "273.79" not in seen


def test_fewer_than_five_are_not_shown() -> None:
    few = page(replace(YUEYANG, categories=[("medical_aid", 3000, 3000, 3, 3)]))
    assert "少于5" in few.text


def test_words_and_an_empty_workspace(seen: Page) -> None:
    assert not [str(slip) for slip in slips(seen.text, documents()["forbidden_words"], official=False)]
    nothing = dict.fromkeys(figures(), ())
    empty = Page(dashboard(DashboardInputs("岳阳市总工会", nothing, documents())).decode())
    assert "还没有数据" in empty.text


def test_same_inputs_same_bytes() -> None:
    inputs = DashboardInputs("岳阳市总工会", figures(YUEYANG), documents())
    assert dashboard(inputs) == dashboard(inputs)
