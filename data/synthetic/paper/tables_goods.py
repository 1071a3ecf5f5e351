"""A unit's forms of goods: 慰问品采购表, and the rows of the visit register that belong to no payment list."""

from data.synthetic.goods import GoodsGiven, GroupVisit, Purchase
from data.synthetic.paper.habits import Habits
from data.synthetic.paper.table import Fen, Row

OBJECT_FILED = "困难职工家庭"


def purchases(found: list[Purchase], habits: Habits) -> list[Row]:
    """慰问品采购表: a row a line of an invoice."""
    return [
        Row(
            one,
            {
                "采购批次号": one.number,
                "慰问活动": habits.word("campaign", one.campaign),
                "供应商": one.supplier.name,
                "收款账号": one.supplier.account,
                "采购方式": "询价",
                "合同号": one.contract_no,
                "发票号码": one.invoice_no,
                "品名": one.item,
                "数量": one.quantity,
                "单价": Fen(one.price_fen),
                "金额": Fen(one.amount_fen),
                "资金来源": habits.word("fund_source", one.fund_source),
                "预算年度": str(one.budget_year),
                "验收日期": one.accepted_on,
                "验收人": one.accepted_by,
                "付款日期": one.paid_on,
            },
        )
        for one in found
    ]


def goods_given(found: list[GoodsGiven], habits: Habits) -> list[Row]:
    """走访慰问登记表: goods without money, signed for."""
    return [
        Row(
            one,
            {
                "慰问日期": one.visited_on,
                "慰问活动": habits.word("campaign", one.purchase.campaign),
                "慰问对象类型": "家庭",
                "姓名或单位名称": one.household.head.name,
                "身份证号": one.household.head.id_number,
                "受益人数": one.household.size,
                "档案编号": one.household.file_no,
                "慰问对象类别": OBJECT_FILED,
                "慰问金额": None,
                "慰问品折价": Fen(one.goods_fen),
                "采购批次号": one.purchase.number,
                "资金来源": habits.word("fund_source", one.purchase.fund_source),
                "批次号": None,
                "走访领导": one.leader,
                "签收": "已签收",
            },
        )
        for one in found
    ]


def group_visits(found: list[GroupVisit], habits: Habits) -> list[Row]:
    """走访慰问登记表: money to an enterprise."""
    return [
        Row(
            one,
            {
                "慰问日期": one.visited_on,
                "慰问活动": habits.word("campaign", one.campaign),
                "慰问对象类型": "集体",
                "姓名或单位名称": one.enterprise.name,
                "身份证号": None,
                "受益人数": one.people,
                "档案编号": None,
                "慰问对象类别": "一线职工",
                "慰问金额": Fen(one.amount_fen),
                "慰问品折价": None,
                "采购批次号": None,
                "资金来源": habits.word("fund_source", one.fund_source),
                "批次号": None,
                "走访领导": one.leader,
                "签收": "已签收",
            },
        )
        for one in found
    ]
