"""The bank's side through the real intake and settling: honest practice is left in peace, a broken statement is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.ingesting import ingest
from flows.installing import install
from tests.golden.bank.inbox import CITY, write_faulty_statements, write_inbox
from tests.support.truth import warehouse_rows

pytestmark = pytest.mark.slow

FINDINGS = (
    "SELECT rule_id, severity, unit_code, source_file, sheet, row_no, sentence_zh FROM judged.findings "
    "WHERE status = 'open' ORDER BY rule_id, unit_code, source_file, sentence_zh"
)


def rows(workspace: Path, sql: str) -> list[str]:
    """Rows as text, NULL as —."""
    found = warehouse_rows(workspace, sql)
    return [" ".join("—" if value is None else str(value) for value in row.values()) for row in found]


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offices as they are, ingested."""
    folder = tmp_path_factory.mktemp("bank") / "workspace"
    install(folder, unit=CITY, region="430600")
    write_inbox(folder / "inbox")
    ingest(folder)
    return folder


def test_only_the_cash_is_a_finding(honest: Path) -> None:
    """Wages, petty cash, a filtered statement, one transfer for three sources, advances, own money: no finding."""
    found = rows(honest, FINDINGS)
    assert [line.split()[0] for line in found] == ["R14.cash", "R14.cash"], found


def test_every_line_of_the_bank_is_what_it_is(honest: Path) -> None:
    found = rows(
        honest,
        "SELECT account_last4, value_on, direction, amount_yuan, classification, fund_source FROM matched.bank_lines "
        "WHERE account_last4 <> '0001' ORDER BY account_last4, value_on, direction DESC",
    )
    assert found == [
        "0012 2023-05-11 in 19000.00 allotment_in —",  # three sources
        "0012 2023-06-21 in 12.00 interest interest",
        "0012 2023-07-31 out 10000.00 reimbursement city_fiscal",
        "0012 2023-09-25 out 6000.00 reimbursement provincial",
        "0012 2023-11-02 out 500.00 cash —",
        "0012 2023-11-06 in 500.00 cash —",  # the same notes, paid in again
        "0099 2023-05-15 in 5000.00 allotment_in city_fiscal",
        "0099 2023-07-14 out 5000.00 reimbursement city_fiscal",
        "0099 2023-10-10 out 2000.00 batch county_union_match",
        "0302 2023-06-05 out 2000.00 out_of_scope —",  # 备用金 of the office
        "0302 2023-06-20 out 10000.00 advance —",
        "0302 2023-07-10 out 61000.00 out_of_scope —",
        "0302 2023-07-31 in 10000.00 reimbursement —",
        "0302 2023-08-21 out 6000.00 advance —",
        "0302 2023-09-25 in 6000.00 reimbursement —",
        "0302 2024-01-22 out 3000.00 advance —",
        "0302 2024-01-29 out 1500.00 cash —",  # its memo names the funds
    ]


def test_an_advance_counts_on_the_day_of_its_reimbursement(honest: Path) -> None:
    """HR-03 was advanced on 22 January and waits for its 归垫: it is not paid yet, and nobody is asked for it."""
    found = rows(
        honest,
        "SELECT batch_no, status, value_on, SUM(amount_yuan), MIN(budget_year) FROM matched.payments "
        "GROUP BY batch_no, status, value_on ORDER BY batch_no",
    )
    assert found == [
        "HR-01 paid 2023-07-31 10000.00 2023",
        "HR-02 paid 2023-09-25 6000.00 2023",
        "HR-03 awaiting_statement — 3000.00 2023",
        "XY-01 paid 2023-07-14 5000.00 2023",
        "XY-02 paid 2023-10-10 2000.00 2023",
    ]


def test_the_certificates_of_a_line_add_up_to_it(honest: Path) -> None:
    found = rows(
        honest,
        "SELECT b.bank_line_id FROM matched.bank_lines AS b INNER JOIN matched.matches AS m USING (bank_line_id) "
        "GROUP BY b.bank_line_id, b.amount_yuan HAVING SUM(m.amount_yuan) <> b.amount_yuan",
    )
    assert found == []


def test_broken_statements_are_said_once_and_close_by_themselves(tmp_path: Path) -> None:
    """The whole statements come afterwards: nothing of R18 is left open."""
    folder = tmp_path / "workspace"
    install(folder, unit=CITY, region="430600")
    write_inbox(folder / "inbox")
    write_faulty_statements(folder / "inbox")
    ingest(folder)
    found = [line for line in rows(folder, FINDINGS) if line.startswith("R18")]
    assert found == [
        "R18.balance error 430623 华容县总工会/专户.xlsx — — 尾号0012账户余额不连续：2023-05-11余额19000元，"
        "2023-07-31下一笔之前的余额却为19012元，相差12元，疑似缺少流水，请核实",
        "R18.control_total error 430600 岳阳市总工会/市总专户续.xlsx — — 尾号0001账户2023-05-01至2024-02-09对账单"
        "列明收入合计0元、支出合计24210元，逐笔相加为收入0元、支出24120元，两者不符，请核实",
        "R18.control_total error 430623 华容县总工会/基本户.xlsx — — 尾号0302账户2023-01-01至2024-02-09对账单"
        "列明收入合计16000元、支出合计83500元，逐笔相加为收入16000元、支出22500元，两者不符，请核实",
        "R18.gap error 430600 — — — 尾号0001账户2023-04-11至2023-04-30（20天）没有对账单，请核实",
    ]
    write_inbox(folder / "inbox")
    ingest(folder)
    assert [line for line in rows(folder, FINDINGS) if line.startswith("R18")] == []
