"""The city's own forms: who is who, budgets, arrivals, openings, allotments."""

from collections.abc import Callable
from datetime import date

from data.synthetic.knowledge import story
from data.synthetic.paper.habits import Habits
from data.synthetic.paper.table import Fen, Row, Table
from data.synthetic.records import Clawback, DirectDecision, Federation, Notice, NoticeLine

Within = Callable[[date], bool]
SCOPE = {True: "全量", False: "筛选"}


def form(kind: str, rows: list[Row], unit_name: str, name: str = "", title: str = "", **facts: str) -> Table:
    """An empty form of the kind, with these rows."""
    told = story("forms")[kind]
    return Table(
        kind=kind,
        name=name or told["title"],
        title=title or f"{unit_name}{told['title']}",
        columns=list(told["columns"]),
        rows=rows,
        facts={"填报单位": unit_name, **facts},
    )


def units(federation: Federation) -> list[Row]:
    """单位表."""
    return [
        Row(
            unit,
            {
                "单位代码": unit.code,
                "单位名称": unit.name,
                "行政区划代码": unit.region_code or None,
                "上级单位代码": unit.parent_code or None,
                "单位类型": unit.unit_type,
            },
        )
        for unit in federation.units
    ]


def accounts(federation: Federation) -> list[Row]:
    """银行账户登记表."""
    return [
        Row(
            account,
            {
                "账号": account.number,
                "户名": account.holder,
                "开户行": account.bank_name,
                "单位名称": account.unit.name,
                "账户性质": account.nature,
                "资金来源": None,  # several sources on every account
                "对账单范围": SCOPE[account.shows_all],
                "利息归属": account.interest_owner or None,
                "启用日期": account.enabled_on,
                "停用日期": None,
                "期初余额": Fen(account.opening_fen),
            },
        )
        for account in (*federation.accounts.values(), *([federation.treasury.account] if federation.treasury else []))
    ]


def budgets(federation: Federation, habits: Habits, years: range) -> list[Row]:
    """预算指标表 of these budget years."""
    return [
        Row(
            budget,
            {
                "预算年度": str(budget.budget_year),
                "项目名称": budget.project_name,
                "责任部室": "权益保障部",
                "资金来源": habits.word("fund_source", budget.fund_source),
                "指标文号": budget.quota_no,
                "年初预算数": Fen(budget.initial_fen),
                "调整金额": Fen(budget.adjustment_fen),
                "收回金额": Fen(0),
            },
        )
        for budget in federation.budgets
        if budget.budget_year in years
    ]


def arrivals(federation: Federation, habits: Habits, within: Within) -> list[Row]:
    """资金到位表 of a span of days."""
    return [
        Row(
            arrival,
            {
                "预算年度": str(arrival.budget_year),
                "项目名称": arrival.project_name,
                "资金来源": habits.word("fund_source", arrival.fund_source),
                "指标文号": arrival.quota_no,
                "到位方式": arrival.mode,
                "到位日期": arrival.arrived_on,
                "金额": Fen(arrival.amount_fen),
                "来款单位": arrival.payer_name or None,
                "会计凭证号": None,
            },
        )
        for arrival in federation.arrivals
        if within(arrival.arrived_on)
    ]


def openings(federation: Federation, habits: Habits) -> list[Row]:
    """上年结转表."""
    return [
        Row(
            opening,
            {
                "年度": str(opening.year),
                "单位名称": federation.units[0].name,
                "项目名称": opening.project_name,
                "资金来源": habits.word("fund_source", opening.fund_source),
                "原预算年度": str(opening.original_budget_year),
                "帮扶项目": None,
                "结转金额": Fen(opening.amount_fen),
                "其中结余": Fen(0),
                "批复文号": f"岳财预〔{opening.year}〕3号",
            },
        )
        for opening in federation.openings
    ]


def allotments(federation: Federation, habits: Habits, within: Within) -> list[Row]:
    """资金分配表 of a span of days: notices to the counties, then the city's own direct money."""
    rows = [
        _notice_row(federation, habits, notice, line)
        for notice in federation.notices
        if within(notice.issued_on)
        for line in notice.lines
    ]
    rows += [_clawback_row(federation, habits, one) for one in federation.clawbacks if within(one.taken_on)]
    return rows + [_direct_row(federation, habits, one) for one in federation.decisions if within(one.decided_on)]


def _notice_row(federation: Federation, habits: Habits, notice: Notice, line: NoticeLine) -> Row:
    return Row(
        line,
        {
            "预算年度": str(notice.budget_year),
            "项目名称": notice.project_name,
            "拨款方式": "拨付县市区",
            "通知单号": notice.number,
            "拨付日期": notice.issued_on,
            "收款单位": line.unit.name,
            "资金来源": habits.word("fund_source", notice.fund_source),
            "资金性质": "专项资金",
            "帮扶项目": habits.word("aid_category", notice.aid_category),
            "金额": Fen(line.amount_fen),
            "使用要求": story("words")["use_requirement"],
            "使用截止日期": line.use_by_on or notice.use_by_on,
            "拨款依据": None,
            "收款账号": federation.accounts[line.unit.code].number,
            "原通知单号": None,
        },
    )


def _clawback_row(federation: Federation, habits: Habits, one: Clawback) -> Row:
    line = NoticeLine(one.unit, one.amount_fen, one.taken_on, one.taken_on)
    as_given = _notice_row(federation, habits, one.notice, line)
    stated = {"拨款方式": "收回", "通知单号": None, "拨付日期": one.taken_on, "使用截止日期": None, "收款账号": None}
    return Row(one, as_given | stated | {"拨款依据": one.basis, "原通知单号": one.notice.number})


def _direct_row(federation: Federation, habits: Habits, decision: DirectDecision) -> Row:
    return Row(
        decision,
        {
            "预算年度": str(decision.budget_year),
            "项目名称": decision.project_name,
            "拨款方式": "本级直接发放",
            "通知单号": None,
            "拨付日期": decision.decided_on,
            "收款单位": federation.units[0].name,
            "资金来源": habits.word("fund_source", decision.fund_source),
            "资金性质": "专项资金",
            "帮扶项目": habits.word("aid_category", decision.aid_category),
            "金额": Fen(decision.amount_fen),
            "使用要求": story("words")["use_requirement"],
            "使用截止日期": None,
            "拨款依据": decision.basis,
            "收款账号": None,
            "原通知单号": None,
        },
    )
