"""Faults of money, bank and matching: each is on the papers of the first delivery what it says, and nothing else is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from data.synthetic.faults.money import MONEY
from data.synthetic.faults.registry import chosen
from data.synthetic.generate import size_of
from data.synthetic.oracle_figures import figures
from data.synthetic.paper.papers import Papers, Spot
from data.synthetic.paper.statements import Statement
from data.synthetic.records import BankLine, Batch, Payment
from data.synthetic.scene import FINAL, FIRST, Expected, Scene

RULES = "R11,R12,R14.cash,R16,R17,R18,M"
POOL = {"city_pool", "city_fiscal", "city_union_match"}
DIRECTION = {"in": 1, "out": -1}


def staged(seed: int, noise: int, faults: str = RULES) -> Scene:
    scene = Scene(size_of(120, seed, 2021, None, None), noise)
    scene.play(chosen(faults), insist=True)
    return scene


@pytest.fixture(scope="module", params=[(1, 0), (7, 1), (14, 2), (22, 1)], ids=lambda p: f"seed{p[0]}-noise{p[1]}")
def scene(request: pytest.FixtureRequest) -> Scene:
    return staged(*request.param)


def expected(scene: Scene, rule_id: str, delivery: int = FIRST) -> list[Expected]:
    return [one for one in scene.expected if one.rule_id == rule_id and one.delivery == delivery]


def lines_on(papers: Papers, kind: str) -> Iterator[tuple[Spot, Payment]]:
    for spot in papers.spots(kind):
        record = spot.row.of
        assert isinstance(record, Payment)
        yield spot, record


def on_list(papers: Papers, batch: Batch, kind: str = "rosters") -> list[Spot]:
    return [spot for spot, payment in lines_on(papers, kind) if payment.batch is batch]


def differing_batches(scene: Scene) -> list[Batch]:
    """Lists whose lines the two deliveries state differently."""
    stated: list[dict[int, Any]] = [
        {id(payment): dict(spot.row) for spot, payment in lines_on(papers, "rosters")}
        for papers in (scene.first, scene.final)
    ]
    found = [p.batch for p in scene.federation.payments if stated[0].get(id(p)) != stated[1].get(id(p))]
    return [batch for n, batch in enumerate(found) if all(batch is not before for before in found[:n])]


def statements(papers: Papers) -> Iterator[Statement]:
    for document in papers.documents:
        yield from (page for page in document.pages if isinstance(page, Statement))


def breaks(lines: list[BankLine]) -> int:
    """Places where a balance does not run on."""
    return sum(
        after.balance_fen != before.balance_fen + DIRECTION[after.direction] * after.amount_fen
        for before, after in pairwise(lines)
    )


def test_there_is_room_for_all_at_many_seeds() -> None:
    for seed in range(30, 42):
        scene = staged(seed, seed % 3, "all")
        planted = {one.rule_id for one in scene.expected if one.delivery == FIRST}
        assert {fault.rule_id for fault in MONEY} <= planted


def test_each_is_told_once(scene: Scene) -> None:
    told = Counter(one.rule_id for one in scene.expected if one.delivery == FIRST)
    assert told == Counter({fault.rule_id: 1 for fault in MONEY}) + Counter({"R11": 1, "M91.ambiguous": 1})
    stays = {one.rule_id for one in scene.expected if one.delivery == FINAL}
    assert stays == {"R11", "M93.return_pending"}


def test_no_list_is_struck_twice(scene: Scene) -> None:
    one_list = ("R12.batch", "R12.source_differs", "R16.total", "R16.unknown_result", "R16.return_open", "R17.over",
                "R17.unknown_notice", "M90", "M92")  # fmt: skip
    assert len(differing_batches(scene)) == len(one_list) + 2  # two lists without a day; others leave lists as they are


def test_the_figures_are_in_the_end_those_of_the_clean_year(scene: Scene) -> None:
    clean = Scene(scene.size, scene.noise)
    clean.play([], insist=True)
    assert list(figures(scene.federation, scene.books[FINAL])) == list(figures(clean.federation, clean.books[FINAL]))


def test_every_balance_runs_on_and_never_dry(scene: Scene) -> None:
    own: dict[str, list[BankLine]] = defaultdict(list)
    for line in scene.federation.bank_lines:
        own[line.account.number].append(line)
    for lines in own.values():
        first = lines[0]
        assert first.balance_fen == first.account.opening_fen + DIRECTION[first.direction] * first.amount_fen
        assert breaks(lines) == 0
        assert min(line.balance_fen for line in lines) >= 0


def test_what_happened_is_the_same_at_every_noise() -> None:
    def happened(noise: int) -> list[tuple[Any, ...]]:
        lines = staged(3, noise).federation.payments
        return [(p.batch.number, p.household.number, p.amount_fen, p.card.number, p.incident) for p in lines]

    assert happened(0) == happened(1) == happened(2)


def test_second_visits_took_place_in_one_year(scene: Scene) -> None:
    visits: dict[str, list[Batch]] = defaultdict(list)
    for payment in scene.federation.payments:
        batch = payment.batch
        is_window = batch.budget_year == 2021 and batch.campaign == "regular_warmth"
        is_season = batch.campaign == "two_festivals" and batch.pay_on <= date(2021, 2, 11)
        if payment.repeats is None and (is_window or is_season):
            visits[payment.household.number].append(batch)
    repeated = [batches for batches in visits.values() if len(batches) > 1]
    kinds = sorted((len({b.campaign for b in batches}), len({b.unit.code for b in batches})) for batches in repeated)
    assert kinds == [(1, 2), (2, 1)]
    (approved,) = [one for one in scene.waivers if one.rule_id == "R11"]
    assert approved.unit is not None
    assert not approved.unit.is_city  # the city approves, and nobody approves his own


def test_sources_on_paper(scene: Scene) -> None:
    """One list of two sources, one list of another than its notice's, one sheet of two pure lists."""
    words: dict[int, set[Any]] = defaultdict(set)
    sheets: dict[int, dict[int, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for spot, payment in lines_on(scene.first, "rosters"):
        words[id(payment.batch)].add(spot.row["资金来源"])
        sheets[id(spot.table)][id(payment.batch)].add(spot.row["资金来源"])
    assert sum(len(found) > 1 for found in words.values()) == 1
    by_sheet = list(sheets.values())
    pure = [batches for batches in by_sheet if all(len(found) == 1 for found in batches.values())]
    assert sum(len(set.union(*batches.values())) > 1 for batches in pure) == 1
    clean = {id(p.batch): spot.row["资金来源"] for spot, p in lines_on(scene.final, "rosters")}
    assert sum(found != {clean[batch]} for batch, found in words.items() if len(found) == 1) == 1


def test_total_differs_from_the_debit_that_names_the_list(scene: Scene) -> None:
    lacking = [
        (batch, on_list(scene.first, batch))
        for batch in differing_batches(scene)
        if not batch.is_single and 0 < len(on_list(scene.first, batch)) < len(batch.payments)
    ]
    sent = {id(batch): on_list(scene.first, batch, "payouts") for batch, _ in lacking}
    ((total, left),) = [(batch, spots) for batch, spots in lacking if not sent[id(batch)]]
    debit = total.payments[0].paid_by
    assert debit is not None
    assert total.number in debit.memo
    assert sum(int(str(spot.row["金额"])) for spot in left) < debit.amount_fen
    ((refused, left),) = [(batch, spots) for batch, spots in lacking if sent[id(batch)]]
    assert len(sent[id(refused)]) == len(left) + 1
    debit = next(p.paid_by for p in refused.payments if p.paid_by)
    assert debit is not None
    assert sum(int(str(spot.row["金额"])) for spot in left) == debit.amount_fen


def test_results_that_come_later(scene: Scene) -> None:
    """Of the total that differs and of the list without result; every other debit of a list has its result."""
    waiting = [
        batch
        for batch in scene.federation.batches
        if not batch.is_single and not on_list(scene.first, batch, "payouts")
    ]
    assert len(waiting) == 2
    assert all(len(on_list(scene.final, batch, "payouts")) == len(batch.payments) for batch in waiting)


def test_money_that_came_back(scene: Scene) -> None:
    """One line paid again as other help; one return that the bank announces and no statement shows."""
    other = [
        (payment, spot)
        for spot, payment in lines_on(scene.first, "rosters")
        if spot.row["帮扶项目"] != scene.final.find("rosters", payment).row["帮扶项目"]
    ]
    ((again, _),) = other
    assert again.repeats is not None
    assert again.repeats.returned_by is not None
    pending = [p for p in scene.federation.payments if p.is_return_in_result and p.returned_by is None]
    assert len(pending) == 1
    assert scene.first.find("payouts", pending[0]).row["处理状态"] == "退汇"


def test_notices(scene: Scene) -> None:
    issued = {notice.number for notice in scene.federation.notices}
    stated: dict[tuple[str, str], int] = defaultdict(int)
    unknown = []
    for spot, payment in lines_on(scene.first, "rosters"):
        number = str(spot.row["通知单号"] or "")
        if number and payment.incident == "":
            stated[number, payment.batch.unit.code] += payment.amount_fen
        if number and number not in issued:
            unknown.append(number)
    given = {
        (notice.number, line.unit.code): line.amount_fen for notice in scene.federation.notices for line in notice.lines
    }
    assert len(unknown) == 1
    assert sum(fen > given[key] for key, fen in stated.items() if key in given) == 1


def test_one_unit_used_its_money_late(scene: Scene) -> None:
    late = []
    for payment in scene.federation.payments:
        notice = payment.batch.notice
        line = next((one for one in notice.lines if one.unit is payment.batch.unit), None) if notice else None
        if notice and line and payment.batch.pay_on > (line.use_by_on or notice.use_by_on):
            assert line.use_by_on is not None
            assert notice.issued_on < line.received_on < line.use_by_on
            late.append(payment)
    assert len(late) == 1
    assert ("R17.late", late[0].batch.number) in {(one.rule_id, one.batch_no) for one in scene.waivers}


def test_statements(scene: Scene) -> None:
    """One line left out, one foot that is wrong, five days that come later; all the rest adds up."""
    broken = [page for page in statements(scene.first) if breaks([entry.of for entry in page.entries])]
    assert [page.account.layout == "abc" for page in broken] == [False]
    wrong = [page for page in statements(scene.first) if page.totals_fen is not None]
    assert [page.account.layout for page in wrong] == ["abc"]
    sums = [sum(e.shown.amount_fen for e in wrong[0].entries if e.shown.direction == way) for way in ("in", "out")]
    assert tuple(sums) != wrong[0].totals_fen
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for page in statements(scene.first):
        spans[page.account.number].append((page.first, page.last))
    day = timedelta(days=1)
    gaps = [(a[1] + day, b[0] - day) for own in spans.values() for a, b in pairwise(sorted(own)) if a[1] + day < b[0]]
    ((start, end),) = gaps
    (late,) = [page for page in statements(scene.final) if (page.first, page.last) == (start, end)]
    assert late.entries
    assert {entry.of.classification for entry in late.entries} <= {"out_of_scope", "fee", "interest"}
    assert not any(breaks([entry.of for entry in page.entries]) for page in statements(scene.final))


def test_cash_was_put_back(scene: Scene) -> None:
    out, back = [line for line in scene.federation.bank_lines if line.classification == "cash"]
    assert (out.direction, back.direction) == ("out", "in")
    assert out.amount_fen == back.amount_fen
    assert out.account is back.account
    assert (out.account.nature, out.account.unit.is_city) == ("专户", False)


def test_two_debits_that_nobody_can_tell_apart(scene: Scene) -> None:
    undated = [
        p for spot, p in lines_on(scene.first, "rosters") if not spot.row["发放日期"] and not spot.row["拟发日期"]
    ]
    one, other = undated
    debits = [one.paid_by, other.paid_by]
    assert all(line is not None and line.counterparty_account == one.card.number for line in debits)
    assert one.amount_fen == other.amount_fen
    assert (one.batch.fund_source in POOL, other.batch.fund_source) != (
        other.batch.fund_source in POOL,
        one.batch.fund_source,
    )
    like = [
        line
        for line in scene.federation.bank_lines
        if line.counterparty_account == one.card.number
        and line.amount_fen == one.amount_fen
        and line.direction == "out"
    ]
    assert len(like) == 2


def test_a_list_never_paid_is_still_to_come(scene: Scene) -> None:
    (batch,) = [batch for batch in scene.federation.batches if batch.planned_on]
    assert batch.planned_on is not None
    assert batch.planned_on > scene.federation.as_of
    assert all(payment.paid_by is None for payment in batch.payments)
    for payment in batch.payments:
        claimed, planned = (papers.find("rosters", payment).row for papers in (scene.first, scene.final))
        assert (claimed["发放日期"], claimed["拟发日期"]) == (batch.pay_on, None)
        assert (planned["发放日期"], planned["拟发日期"]) == (None, batch.planned_on)


def test_only_papers_of_the_sample_year_are_corrected(scene: Scene) -> None:
    assert all("2022年1月" not in document.path for document in scene.corrections())
