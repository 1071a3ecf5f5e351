"""Budgets, arrivals, openings, and what notices and decisions give: all follow from the lines that they pay."""

from collections import defaultdict

from data.synthetic.amounts import POOL, POOL_SOURCES, YUAN, targets
from data.synthetic.knowledge import day_of, story, workday
from data.synthetic.programmes import programmes
from data.synthetic.records import Arrival, Batch, Budget, DirectDecision, Notice, Opening
from data.synthetic.size import Size


def up_to(fen: int, step_yuan: int) -> int:
    """Round up to whole steps; 0 leaves it as it is."""
    step = step_yuan * YUAN
    return -(-fen // step) * step if step else fen


def batch_sum(batch: Batch) -> int:
    """All lines of a list, in fen: each is paid in the end, at once or again."""
    return sum(payment.amount_fen for payment in batch.payments)


def fill_notices(size: Size, notices: list[Notice], batches: list[Batch]) -> None:
    """A notice gives a county what its lists need, rounded up as the programme says."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    steps = {programme.key: programme.rounding_yuan for programme in programmes(size.year)}
    step_of = {}
    for batch in batches:
        if batch.notice is not None:
            sums[id(batch.notice), batch.unit.code] += batch_sum(batch)
            step_of[id(batch.notice)] = steps[batch.programme]
    for notice in notices:
        for line in notice.lines:
            line.amount_fen = up_to(sums[id(notice), line.unit.code], step_of[id(notice)])


def decisions(size: Size, batches: list[Batch]) -> list[DirectDecision]:
    """本级直接发放: one decision a programme, for the city's own lists."""
    running: dict[int, int] = {}
    made = []
    for programme in sorted(programmes(size.year), key=lambda p: p.decided_on):
        own = [b for b in batches if b.programme == programme.key and b.notice is None]
        if not own:
            continue
        year = programme.decided_on.year
        running[year] = running.get(year, 0) + 1
        made.append(
            DirectDecision(
                basis=f"岳工纪要〔{year}〕{running[year]}号",
                budget_year=programme.budget_year,
                project_name=programme.project_name,
                fund_source=own[0].fund_source,
                aid_category=programme.aid_category,
                decided_on=programme.decided_on,
                amount_fen=up_to(sum(map(batch_sum, own)), programme.rounding_yuan),
            )
        )
    return made


class Funds:
    """The money of each budget year and source, as given out: notices and decisions together."""

    def __init__(self, size: Size, notices: list[Notice], decided: list[DirectDecision]) -> None:
        self.size = size
        self.told = story("funds")
        self.projects: dict[str, str] = story("programmes")["projects"]
        self.given: dict[tuple[int, str], int] = defaultdict(int)
        for notice in notices:
            self.given[notice.budget_year, notice.fund_source] += sum(line.amount_fen for line in notice.lines)
        for decision in decided:
            source = POOL if decision.fund_source in POOL_SOURCES else decision.fund_source
            self.given[decision.budget_year, source] += decision.amount_fen

    def budgets(self) -> list[Budget]:
        """Of the pool exactly the story's total; of others what was given out, rounded up; next year's as announced."""
        size, year = self.size, self.size.year
        match = size.scaled_fen(self.told["union_match_yuan"], 2500)
        made = [
            self._budget(year, "city_fiscal", targets(size)[1] - match),
            self._budget(year, "city_union_match", match),
            self._budget(year, "central", up_to(self.given[year, "central"], 10_000)),
            self._adjusted(self._budget(year, "provincial", up_to(self.given[year, "provincial"], 10_000))),
        ]
        for source, yuan in self.told["after"]["budget_yuan"].items():
            made.append(self._budget(year + 1, source, max(size.scaled_fen(yuan, 2500), self._needed_after(source))))
        return made

    def _needed_after(self, source: str) -> int:
        """What must arrive in January for next year's money; two arrivals near each other never have one amount."""
        year = self.size.year + 1
        if source == "city_fiscal":
            needed, central = up_to(self.given[year, POOL], 1000), self._needed_after("central")
            return needed + 1000 * YUAN if needed == central else needed
        return up_to(self.given[year, source], 1000)

    def _budget(self, year: int, source: str, fen: int) -> Budget:
        project = self.projects.get(source, self.projects[POOL])
        return Budget(year, project, source, self.told["quota_no"][source].format(year=year), fen)

    def _adjusted(self, budget: Budget) -> Budget:
        """One budget was raised during the year, where it is large enough for that."""
        if budget.initial_fen > 40_000 * YUAN:
            budget.adjustment_fen = 20_000 * YUAN
            budget.initial_fen -= budget.adjustment_fen
        return budget

    def arrivals(self, budgets: list[Budget]) -> list[Arrival]:
        """Money as it came in: the sample year's in full, the next year's as far as January needs it."""
        year = self.size.year
        made: list[Arrival] = []
        for row in self.told["arrivals"]:
            budget = next(b for b in budgets if b.budget_year == year and b.fund_source == row["source"])
            whole = budget.initial_fen + budget.adjustment_fen
            arrived = sum(a.amount_fen for a in made if a.fund_source == budget.fund_source)
            part = whole - arrived if row["part"] == 100 else up_to(whole * row["part"] // 100, 100)
            made.append(self._arrival(budget, row["day"], min(part, whole - arrived)))
        for row in self.told["after"]["arrivals"]:
            budget = next(b for b in budgets if b.budget_year == year + 1 and b.fund_source == row["source"])
            made.append(self._arrival(budget, row["day"], self._needed_after(row["source"])))
        return [arrival for arrival in made if arrival.amount_fen > 0]

    def _arrival(self, budget: Budget, told_day: list[int], fen: int) -> Arrival:
        source = budget.fund_source
        return Arrival(
            budget_year=budget.budget_year,
            project_name=budget.project_name,
            fund_source=source,
            quota_no=budget.quota_no,
            mode=self.told["mode"][source],
            arrived_on=workday(day_of(told_day, self.size.year)),
            amount_fen=fen,
            payer_name=self.told["payer"].get(source, ""),
            has_credit=source in self.told["payer"],
        )

    def openings(self) -> list[Opening]:
        """What the year before left: what is paid of it in January and February, rounded up."""
        year = self.size.year
        pool = up_to(self.given[year - 1, POOL], 1000)
        fiscal = pool * self.told["before"]["city_fiscal_part"] // 100 // (100 * YUAN) * 100 * YUAN
        parts = {
            "city_fiscal": fiscal,
            "city_union_match": pool - fiscal,
            "provincial": up_to(self.given[year - 1, "provincial"], 1000),
        }
        return [
            Opening(year, self.projects.get(source, self.projects[POOL]), source, year - 1, fen)
            for source, fen in parts.items()
            if fen
        ]
