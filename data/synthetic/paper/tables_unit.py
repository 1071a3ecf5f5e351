"""A unit's own forms: case files, members, lists, visits, payout results."""

from datetime import date, timedelta

from data.synthetic.knowledge import story
from data.synthetic.paper.habits import Habits
from data.synthetic.paper.table import Fen, Row, Value
from data.synthetic.records import Batch, Child, Household, Payment, Person, Visit

OBJECT_FILED, OBJECT_OTHER = "困难职工家庭", "一线职工"


def households(filed: list[Household]) -> list[Row]:
    """困难职工档案表: one row a period of a case file."""
    return [
        Row(
            household,
            {
                "档案编号": household.file_no,
                "姓名": household.head.name,
                "身份证号": household.head.id_number,
                "档案级别": household.file_level,
                "困难类别": household.beneficiary_class,
                "致困原因": household.cause,
                "建档日期": opened_on,
                "撤档日期": closed_on,
                "撤档原因": reason,
                "渐退期截止日期": None,
                "家庭人口": household.size,
                "家庭年度总收入": Fen(household.annual_income_fen),
                "家庭月人均收入": Fen(_half_up(household.annual_income_fen, 12 * household.size)),
                "刚性支出": Fen(household.rigid_expense_fen),
                "工作单位": household.employer,
                "联系电话": household.phone,
                "开户行": household.card.bank_name,
                "银行卡号": household.card.number,
                "持卡人": household.head.name,
                "复核日期": household.reviewed_on,
                "抽查日期": None,
            },
        )
        for household in filed
        for opened_on, closed_on, reason in _periods(household)
    ]


def _periods(household: Household) -> list[tuple[date, date | None, str | None]]:
    """From when to when, and why closed; a file that was registered again stands in the table twice."""
    why = "脱困" if household.closed_on else None
    again_on = household.registered_again_on
    if again_on is None:
        return [(household.opened_on, household.closed_on, why)]
    return [(household.opened_on, again_on - timedelta(days=1), "重新登记"), (again_on, household.closed_on, why)]


def _half_up(fen: int, parts: int) -> int:
    return (2 * fen + parts) // (2 * parts)


def members(filed: list[Household]) -> list[Row]:
    """家庭成员表: everybody in a file but 本人."""
    return [_member(household, person, relation) for household in filed for person, relation in _family(household)]


def _family(household: Household) -> list[tuple[Person, str]]:
    words = story("words")["relations"]
    family = [(household.spouse, words["spouse"])] if household.spouse else []
    family += [(child.person, words["son" if _is_male(child.person) else "daughter"]) for child in household.children]
    return family + [(parent, words["parent"]) for parent in household.parents]


def _is_male(person: Person) -> bool:
    return int(person.id_number[16]) % 2 == 1


def _member(household: Household, person: Person, relation: str) -> Row:
    return Row(
        person,
        {
            "档案编号": household.file_no,
            "姓名": person.name,
            "身份证号": person.id_number,
            "与本人关系": relation,
            "加入日期": None,
            "退出日期": None,
        },
    )


def roster(batches: list[Batch], habits: Habits) -> list[Row]:
    """实名制汇总表: one row a payment."""
    return [_roster_row(payment, habits) for batch in batches for payment in batch.payments]


def _roster_row(payment: Payment, habits: Habits) -> Row:
    batch, household = payment.batch, payment.household
    is_filed = household.file_no != "" and household.opened_on < batch.pay_on and household.unit is batch.unit
    return Row(
        payment,
        {
            "姓名": household.head.name,
            "身份证号": household.head.id_number,
            "帮扶项目": habits.word("aid_category", batch.aid_category),
            "金额": Fen(payment.amount_fen),
            "银行卡号": payment.card.number,
            "资金来源": habits.word("fund_source", batch.fund_source),
            "单位名称": batch.unit.name,
            "发放方式": "本级直接发放" if batch.unit.is_city else "县市区发放",
            "通知单号": batch.notice.number if batch.notice else None,
            "预算年度": None if batch.notice else str(batch.budget_year),  # county money: the notice's year
            "指标文号": None,
            "批次号": batch.number if batch.is_numbered else None,
            "档案编号": household.file_no if is_filed else None,
            "申请编号": None,
            "慰问活动": habits.word("campaign", batch.campaign) or None,
            **_student(payment.student),
            "持卡人": payment.payee_name,
            "开户行": payment.card.bank_name,
            "拟发日期": batch.planned_on,
            "发放日期": batch.pay_on if batch.is_dated and not batch.planned_on else None,
            "会计凭证号": None,
            "备注": _remark(payment),
            "工作单位": household.employer,
            "联系电话": household.phone,
        },
    )


def _student(student: Child | None) -> dict[str, Value]:
    """Who is at school; the money goes to 本人."""
    return {
        "学生姓名": student.person.name if student else None,
        "学生身份证号": student.person.id_number if student else None,
        "学段": student.stage if student else None,
    }


def _remark(payment: Payment) -> str | None:
    if payment.repeats is None:
        return None
    return "退汇重发" if payment.repeats.incident == "returned" else "补发"


def visits(found: list[Visit], habits: Habits) -> list[Row]:
    """走访慰问登记表: the visits that an office registers beside its lists."""
    return [_visit(visit, habits) for visit in found]


def _visit(visit: Visit, habits: Habits) -> Row:
    batch, household = visit.payment.batch, visit.payment.household
    is_filed = household.file_no != "" and household.opened_on < batch.pay_on
    return Row(
        visit,
        {
            "慰问日期": visit.visited_on,
            "慰问活动": habits.word("campaign", batch.campaign),
            "慰问对象类型": "家庭" if is_filed else "个人",
            "姓名或单位名称": household.head.name,
            "身份证号": household.head.id_number,
            "受益人数": household.size if is_filed else 1,
            "档案编号": household.file_no if is_filed else None,
            "慰问对象类别": OBJECT_FILED if is_filed else OBJECT_OTHER,
            "慰问金额": Fen(visit.payment.amount_fen) if visit.brings_money else None,
            "慰问品折价": Fen(visit.goods_fen) if visit.goods_fen else None,
            "采购批次号": None,
            "资金来源": habits.word("fund_source", batch.fund_source),
            "批次号": batch.number if visit.brings_money and batch.is_numbered else None,
            "走访领导": visit.leader,
            "签收": "已签收",
        },
    )


def payout(batches: list[Batch]) -> list[Row]:
    """代发结果: a row for each line of lists that the bank paid as a batch."""
    reasons: list[str] = story("words")["failure_reasons"]
    return [
        Row(
            payment,
            {
                "收款账号": payment.card.number,
                "收款户名": payment.payee_name,
                "金额": Fen(payment.amount_fen),
                **_outcome(payment, reasons[place % len(reasons)]),
                "批次号": batch.number if batch.is_numbered else None,
                "银行批次号": batch.bank_number,
            },
        )
        for batch in batches
        if not batch.is_single
        for place, payment in enumerate(batch.payments)
    ]


def _outcome(payment: Payment, reason: str) -> dict[str, Value]:
    """成功, 失败, or 退汇 with the day it came back; a return that the bank does not list stands as 成功."""
    if payment.incident == "failed":
        return {"处理状态": "失败", "失败原因": reason, "处理日期": payment.batch.pay_on}
    if payment.is_return_in_result:
        return {"处理状态": "退汇", "失败原因": "账号户名不符", "处理日期": payment.returned_on}
    return {"处理状态": "成功", "失败原因": None, "处理日期": payment.batch.pay_on}
