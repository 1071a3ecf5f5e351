"""Each quirk by its own switch: it is really in the papers, and the product leaves the office in peace."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from data.synthetic.generate import write_sample
from data.synthetic.quirks.registry import QUIRKS, chosen
from flows.ingesting import ingest
from flows.outcome import Outcome
from tests.support import honest, truth
from tests.support.seeds import in_turn

YEAR = 2021
SMALL: dict[str, Any] = {"households": 72, "seed": 7, "year": YEAR, "units": 6, "payments": 180}
SHEETS = (
    "SELECT COUNT(*) FROM received.sheets AS s WHERE s.kind = 'rosters' AND s.taken_from NOT LIKE '%unit_name%' AND "
)
TITLED = 's.taken_from LIKE \'%"{}": "title:%\''
# What the product has read must show the quirk. Each query gives a number that is not 0.
SHOWN_BY = {
    "q01": "SELECT COUNT(*) FROM matched.visit_answers",
    "q02": "SELECT COUNT(*) FROM facts.visits AS v INNER JOIN facts.rosters AS r ON r.person_key = v.person_key"
    " AND r.aid_category = 'warmth_visit' AND r.paid_on <> v.visited_on"
    " WHERE v.goods_yuan > 0 AND v.cash_yuan IS NULL",
    "q03": "SELECT COUNT(*) FROM matched.payments WHERE aid_category = 'warmth_visit' AND is_reissued",
    "q04": "SELECT COUNT(*) FROM matched.visits AS a INNER JOIN matched.visits AS b ON b.household_id = a.household_id"
    " AND a.campaign_group = 'two_festivals' AND b.campaign_group = 'two_festivals' AND b.window_year > a.window_year"
    " AND EXTRACT(YEAR FROM a.visited_on) = EXTRACT(YEAR FROM b.visited_on)",
    "q05": "SELECT COUNT(*) FROM matched.payments WHERE is_direct AND notice_no IS NULL",
    "q06": "SELECT COUNT(*) FROM matched.allotments_out AS o INNER JOIN (SELECT notice_no, payee_unit_code"
    " FROM facts.allotments GROUP BY notice_no, payee_unit_code HAVING COUNT(DISTINCT fund_source) = 3) AS n"
    " ON n.notice_no = o.notice_no AND n.payee_unit_code = o.payee_unit_code",
    "q07": "SELECT COUNT(*) FROM received.receipts WHERE state = 'document'",
    "q08": "SELECT COUNT(*) FROM (SELECT receipt_id FROM facts.rosters GROUP BY receipt_id"
    " HAVING COUNT(DISTINCT sheet) > 1 AND COUNT(DISTINCT sheet) = COUNT(DISTINCT fund_source))",
    "q09": SHEETS + TITLED.format("fund_source") + " AND " + TITLED.format("budget_year"),
    "q10": "SELECT COUNT(*) FROM matched.payments AS p INNER JOIN facts.rosters AS r ON r.row_id = p.row_id"
    " WHERE r.is_batch_issued AND p.status = 'paid'",
    "q11": "SELECT COUNT(*) FROM matched.payments WHERE pay_on IS NULL AND status = 'paid'",
    "q13": "SELECT COUNT(*) FROM facts.rosters AS r INNER JOIN facts.members AS m ON m.unit_code = r.unit_code"
    " AND m.file_no = r.file_no AND m.name = r.card_holder AND m.relation = 'spouse'"
    " WHERE r.card_key NOT IN (SELECT h.card_key FROM facts.households AS h)",
    "q15": "SELECT COUNT(*) FROM (SELECT person_key FROM facts.members WHERE relation = 'parent'"
    " GROUP BY person_key HAVING COUNT(DISTINCT file_no) = 2)",
    "q16": "SELECT COUNT(*) FROM facts.households AS a INNER JOIN facts.households AS b ON b.file_no = a.file_no"
    " AND b.opened_on > a.opened_on INNER JOIN facts.rosters AS r ON r.file_no = a.file_no"
    " AND r.paid_on < b.opened_on AND r.aid_category <> 'warmth_visit'",
    "q17": "SELECT COUNT(*) FROM matched.matches WHERE rule = 'M64.reimbursement' AND payment_id IS NOT NULL",
    "q18": "SELECT COUNT(*) FROM matched.payments WHERE fund_source IN ('county_fiscal', 'county_union_match')"
    " AND status = 'paid'",
    "q19": "SELECT COUNT(*) FROM matched.bank_lines AS b INNER JOIN matched.bank_lines AS w"
    " ON w.account_key = b.account_key AND w.classification = 'out_of_scope' AND w.memo LIKE '%备用金%'"
    " WHERE b.classification IN ('batch', 'single') AND b.account_type = 'basic'",
    "q20": "SELECT COUNT(*) FROM facts.accounts AS a WHERE a.statement_scope = 'filtered' AND a.account_key NOT IN"
    " (SELECT b.account_key FROM matched.bank_lines AS b WHERE b.classification = 'out_of_scope')",
    "q21": "SELECT COUNT(*) FROM matched.treasury_clearings AS c INNER JOIN matched.bank_lines AS b"
    " ON b.bank_line_id = c.bank_line_id WHERE (SELECT COUNT(*) FROM matched.quota_notices) = 3 AND EXISTS"
    " (SELECT 1 FROM matched.bank_lines AS d WHERE d.account_key = b.account_key AND d.booked_on = b.booked_on"
    " AND d.classification = 'batch')",
    "q22": "SELECT COUNT(*) FROM facts.arrivals AS a WHERE a.fund_source = 'city_union_match' AND a.row_id NOT IN"
    " (SELECT r.row_id FROM matched.receipts AS r)",
    "q23": "SELECT COUNT(*) FROM marts.goods AS g WHERE g.recipient_count > 0 AND g.in_stock_yuan > 0"
    " AND g.paid_yuan = g.purchased_yuan",
    "q24": "SELECT COUNT(*) FROM matched.matches WHERE rule = 'M45.group_visit'",
    "q25": "SELECT COUNT(*) FROM matched.bank_lines AS b INNER JOIN matched.clawbacks AS k"
    " ON k.bank_line_id = b.bank_line_id AND k.direction = 'in' WHERE b.classification = 'clawback_in'",
    "q26": "SELECT COUNT(*) FROM facts.supersessions WHERE kind = 'rosters'",
}  # fmt: skip
HONEST = [quirk.key for quirk in chosen(honest=True)]


def files(folder: Path) -> dict[Path, bytes]:
    """Every file below, by its path from there."""
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def receive_in_turn(folder: Path) -> list[Outcome]:
    """What was sent before lies in the inbox first, under the same name; the last version and its copies come last."""
    inbox, outcomes = folder / "inbox", []
    sent_again = {path for earlier in folder.glob("earlier/*") for path in files(earlier)}
    last = {content for path, content in files(inbox).items() if path in sent_again}
    held_back = {path: content for path, content in files(inbox).items() if content in last}
    for path in held_back:
        (inbox / path).unlink()
    for earlier in sorted(folder.glob("earlier/*")):
        shutil.copytree(earlier, inbox, dirs_exist_ok=True)
        outcomes.append(ingest(folder))
    for path, content in held_back.items():
        (inbox / path).write_bytes(content)
    return [*outcomes, ingest(folder)]


class Offices:
    """Workspaces by what was sent; samples whose papers are the same bytes are received once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.received: dict[str, Path] = {}

    def workspace(self, key: str) -> Path:
        """A sample with this quirk, everything received in its turn; nothing of it is refused at any moment."""
        folder = self.folder / key
        write_sample(folder, **SMALL, quirks=(key,))
        sent = sha256(repr([files(folder / name) for name in ("inbox", "earlier")]).encode()).hexdigest()
        if sent not in self.received:
            for outcome in receive_in_turn(folder):
                assert not outcome.findings.get("reject"), (key, outcome.problems)
            self.received[sent] = folder
        return self.received[sent]


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Offices:
    return Offices(tmp_path_factory.mktemp("offices"))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same year without any quirk; never received."""
    folder = tmp_path_factory.mktemp("clean") / "workspace"
    write_sample(folder, **SMALL)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("key", in_turn(HONEST, step=3))
def test_the_office_is_left_in_peace(key: str, clean: Path, offices: Offices) -> None:
    folder = offices.workspace(key)
    (shown,) = truth.warehouse_rows(folder, f"SELECT ({SHOWN_BY[key]}) AS n")
    assert shown["n"], f"{key} is nowhere in the papers"
    assert honest.reproaches(folder) == []
    assert honest.differences(folder, YEAR) == []
    assert honest.figures_besides_the_counties_own(folder) == honest.figures_besides_the_counties_own(clean)


def test_every_quirk_of_the_list_has_its_proof() -> None:
    assert set(SHOWN_BY) == set(HONEST)
    assert len({quirk.key for quirk in QUIRKS}) == len(QUIRKS)


def test_an_unknown_quirk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="q99"):
        write_sample(tmp_path / "workspace", **SMALL, quirks=("q99",))


def test_the_honest_year_has_the_clean_years_figures(clean: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "workspace", **SMALL, honest=True)
    figures = honest.figures_besides_the_counties_own
    assert figures(tmp_path / "workspace") == figures(clean)
