"""Which files each sender sends, and under which names."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from data.synthetic.knowledge import story
from data.synthetic.paper import tables_city, tables_goods, tables_unit
from data.synthetic.paper.document import Document, Form, Page
from data.synthetic.paper.habits import Habits, habits_of
from data.synthetic.paper.statements import Statement, entries
from data.synthetic.paper.table import Row, Table
from data.synthetic.paper.tables_city import form
from data.synthetic.records import Account, Batch, Federation, Unit

SHEETS_AT_MOST = 40  # nobody keeps more sheets in one workbook; then one sheet a source


class Period:
    """A span of days whose papers are sent together: the sample year, then the January after it."""

    def __init__(self, label: str, first: date, last: date, statements: dict[str, tuple[date, date]]) -> None:
        self.label, self.first, self.last, self.statements = label, first, last, statements

    def holds(self, day: date) -> bool:
        """Whether the day belongs to the span."""
        return self.first <= day <= self.last


def periods(federation: Federation) -> list[Period]:
    """The year and the weeks after it. A statement that runs into February says its days in full."""
    year, last = federation.year, federation.statements_to
    first = date(year + 1, 1, 1)
    label = f"{year + 1}年1月" if last.month == 1 else f"{year + 1}年1月1日至{year + 1}年{last.month}月{last.day}日"
    january = {label: (first, last if last.month > 1 else date(year + 1, 1, 31))}
    whole_year = {f"{year}年1月-12月": (date(year, 1, 1), date(year, 12, 31))}
    return [
        Period(f"{year}年", date(year, 1, 1), date(year, 12, 31), whole_year),
        Period(f"{year + 1}年1月", first, last, january),
    ]


def documents(federation: Federation, noise: int) -> Iterator[Document]:
    """Every file of the first delivery."""
    yield from CityDesk(federation, noise).documents()
    for place in range(len(federation.units)):
        yield from UnitDesk(federation, noise, place).documents()


class CityDesk:
    """财务资产部 and 权益保障部 of the city: the registers."""

    def __init__(self, federation: Federation, noise: int) -> None:
        self.federation = federation
        self.habits = habits_of(0, noise)
        self.is_plain = noise == 0
        self.name = federation.units[0].name

    def documents(self) -> Iterator[Document]:
        """Plain: a file a kind. Else: a workbook of registers, one of money for each period."""
        federation, habits = self.federation, self.habits
        yield from self._file("单位及账户登记", [
            form("units", tables_city.units(federation), self.name),
            form("accounts", tables_city.accounts(federation), self.name),
        ])  # fmt: skip
        for period in periods(federation):
            is_first = period.first.year == federation.year
            years = range(federation.year + (0 if is_first else 1), federation.year + (1 if is_first else 2))
            rows: list[tuple[str, list[Row]]] = [
                ("budgets", tables_city.budgets(federation, habits, years)),
                ("arrivals", tables_city.arrivals(federation, habits, period.holds)),
                ("openings", tables_city.openings(federation, habits) if is_first else []),
                ("allotments", tables_city.allotments(federation, habits, period.holds)),
            ]
            money = [form(kind, found, self.name) for kind, found in rows if found]
            yield from self._file(f"{period.label}资金台账", money, period.label)

    def _file(self, stem: str, tables: list[Table], label: str = "") -> Iterator[Document]:
        pages: list[Page] = [Form(table, self.habits.style(table.kind)) for table in tables]
        if not self.is_plain:
            yield Document(self.name, stem, "xlsx", pages)
            return
        for page in pages:
            title = story("forms")[page.kind]["title"]
            yield Document(self.name, f"{title}_{label}" if label else title, "xlsx", [page])


class UnitDesk:
    """A unit's office: case files, lists, visits, payout results, statements."""

    def __init__(self, federation: Federation, noise: int, place: int) -> None:
        self.federation = federation
        self.unit: Unit = federation.units[place]
        self.habits: Habits = habits_of(place, noise, federation.profiles.get(self.unit.code, ""))
        told = story("habits")
        self.archived = place in told["zipped"][noise]
        account = federation.accounts[self.unit.code]
        self.manner: dict[str, Any] = told["statements"][noise][account.layout]
        if noise == 1 and place in told["statement_csv"] and account.layout == "icbc":
            self.manner = told["statements"][2]["icbc"]

    def documents(self) -> Iterator[Document]:
        """All files of this unit."""
        name = self.unit.name
        filed = [h for h in self.federation.households if h.unit is self.unit and h.file_no]
        yield from self._files("困难职工档案", [
            form("households", tables_unit.households(filed), name, "档案"),
            form("members", tables_unit.members(filed), name, "家庭成员"),
        ])  # fmt: skip
        for period in periods(self.federation):
            batches = [b for b in self.federation.batches if b.unit is self.unit and period.holds(b.pay_on)]
            lists, results = self._rosters(batches), self._payouts(batches)
            archive = f"{period.label}银行资料" if self.archived and period.first.year == self.federation.year else ""
            visits = self._visits(period)
            if self.habits.is_one_book:
                yield from self._files(f"实名制汇总表_{period.label}", lists + results + visits)
            else:
                yield from self._files(f"实名制汇总表_{period.label}", lists)
                yield from self._files(f"代发结果_{period.label}", results, archive)
                yield from self._files(f"走访慰问登记表_{period.label}", visits)
            yield from self._files(f"慰问品_{period.label}", self._goods(period))
            yield from self._group_visits(period)
            yield from self._statements(period, archive)

    def _files(self, stem: str, tables: list[Table], archive: str = "") -> Iterator[Document]:
        """One workbook, or as many csv files as there are tables."""
        tables = [table for table in tables if table.rows]
        if not tables:
            return
        style = self.habits.style(tables[0].kind)
        pages: list[Page] = [Form(table, self.habits.style(table.kind)) for table in tables]
        if style.format != "csv":
            yield Document(self.unit.name, stem, style.format, pages, archive)
            return
        for page in pages:
            own = f"{stem}_{page.sheet().name}" if len(pages) > 1 else stem
            yield Document(self.unit.name, own, "csv", [page], archive)

    def _rosters(self, batches: list[Batch]) -> list[Table]:
        """A sheet a list, or a sheet a source with all its lists."""
        name = self.unit.name
        if self.habits.sheets == "batch" and len(batches) <= SHEETS_AT_MOST:
            return [self._roster_of_batch(batch) for batch in batches]
        by_source: dict[str, list[Batch]] = {}
        for batch in batches:
            by_source.setdefault(self.habits.word("fund_source", batch.fund_source), []).append(batch)
        return [
            form("rosters", tables_unit.roster(found, self.habits), name, label, f"{name}实名制汇总表（{label}）")
            for label, found in by_source.items()
        ]

    def _roster_of_batch(self, batch: Batch) -> Table:
        """The title says everything: budget year, unit, help, source and notice."""
        source = self.habits.word("fund_source", batch.fund_source)
        category = self.habits.word("aid_category", batch.aid_category)
        notice = f"，{batch.notice.number}" if batch.notice else ""
        title = f"{batch.budget_year}年度{batch.unit.name}{category}发放实名制汇总表（{source}{notice}）"
        again = "补" if batch.original else ""
        sheet = f"{batch.pay_on.month}月{category}{batch.number[-2:] if not again else ''}{again}"
        return form("rosters", tables_unit.roster([batch], self.habits), batch.unit.name, sheet, title)

    def _visits(self, period: Period) -> list[Table]:
        found = [
            visit
            for visit in self.federation.visits
            if visit.payment.batch.unit is self.unit and period.holds(visit.visited_on)
        ]
        return [form("visits", tables_unit.visits(found, self.habits), self.unit.name)]

    def _goods(self, period: Period) -> list[Table]:
        """What was bought, and what of it was handed out."""
        told, habits, unit = self.federation, self.habits, self.unit
        bought = [one for one in told.purchases if one.unit is unit and period.holds(one.accepted_on)]
        given = [one for one in told.goods if one.purchase.unit is unit and period.holds(one.visited_on)]
        return [
            form("purchases", tables_goods.purchases(bought, habits), unit.name),
            form("visits", tables_goods.goods_given(given, habits), unit.name, "慰问品签收"),
        ]

    def _group_visits(self, period: Period) -> Iterator[Document]:
        """Collective visits in a file of their own, whose name says their budget year."""
        told = [one for one in self.federation.group_visits if one.unit is self.unit and period.holds(one.visited_on)]
        for year in sorted({one.budget_year for one in told}):
            rows = tables_goods.group_visits([one for one in told if one.budget_year == year], self.habits)
            yield from self._files(
                f"{year}年度集体慰问_{period.label}", [form("visits", rows, self.unit.name, "集体慰问")]
            )

    def _payouts(self, batches: list[Batch]) -> list[Table]:
        """All results of the period in one table, or one a list where the number stands above."""
        paid = [batch for batch in batches if not batch.is_single]
        parts = [[batch] for batch in paid] if self.habits.style("payouts").lift else [paid]
        names = [f"代发结果{part[0].number[-5:]}" if len(parts) > 1 else "代发结果" for part in parts]
        tables = zip(parts, names, strict=True)
        return [form("payouts", tables_unit.payout(part), self.unit.name, name) for part, name in tables]

    def _statements(self, period: Period, archive: str) -> Iterator[Document]:
        yield from self._statements_of(self.federation.accounts[self.unit.code], period, archive)
        treasury = self.federation.treasury
        if treasury and treasury.account.unit is self.unit:
            yield from self._statements_of(treasury.account, period, archive)

    def _statements_of(self, account: Account, period: Period, archive: str) -> Iterator[Document]:
        own = [line for line in self.federation.bank_lines if line.account is account]
        for label, (first, last) in period.statements.items():
            lines = [line for line in own if first <= line.transacted_on <= last]
            page = Statement(account, entries(lines), first, last, self.manner)
            is_named = account.layout == "icbc" and not self.manner["line_above"]
            which = "零余额账户" if account.nature == "零余额" else ""
            stem = f"{which}对账单_{account.number}_{label}" if is_named else f"{which}对账单_{label}"
            yield Document(self.unit.name, stem, self.manner["format"], [page], archive)
