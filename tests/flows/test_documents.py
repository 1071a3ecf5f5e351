"""Documents through the real command: filed by their names, corrected on the receipt or by a 资料目录表."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook, load_workbook

from tests.golden.tiny.inbox import CITY, COUNTY, write_inbox
from tests.support.command import mingzhang

pytestmark = pytest.mark.slow

MINUTES, MIXED, PLAIN, VOUCHER = (
    "2023年度央财/会议纪要/第5次主席会纪要20230603.pdf",
    "申请书和身份证.pdf",
    "IMG_1.jpg",
    "省财/岳工发[2023]5号回单.pdf",
)
NOTICE = "岳工发〔2023〕5号"
Filing = dict[str, tuple[Any, ...]]


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny federation with four documents of the county."""
    root = tmp_path_factory.mktemp("documents") / "workspace"
    assert mingzhang("init", root, "--unit", CITY, "--region", "430600").code == 0
    write_inbox(root / "inbox")
    for name in (MINUTES, MIXED, PLAIN, VOUCHER):
        send(root, name, b"%PDF-1.4 " + name.encode())
    assert mingzhang("ingest", "--json", workspace=root).code == 0
    return root


@pytest.fixture
def workspace(received: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(received, tmp_path / "workspace"))


def send(root: Path, name: str, content: bytes) -> None:
    path = root / "inbox" / COUNTY / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def asked(root: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(root / "published/analyst.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def filing(root: Path) -> list[tuple[Any, ...]]:
    return asked(
        root,
        "SELECT document_kind, fund_source, batch_no, notice_no, unit_code, is_present, keeper FROM marts.evidence "
        "ORDER BY ALL",
    )


def told(root: Path) -> list[tuple[Any, ...]]:
    return asked(
        root,
        "SELECT rule_id, severity, message_zh FROM marts.findings "
        "WHERE kind = 'documents' AND status = 'open' ORDER BY ALL",
    )


def last_receipt(root: Path) -> Path:
    return max((root / "outbox").glob("*/收件回执_*.xlsx"), key=lambda path: (path.name, path.parent.name == COUNTY))


def lines(receipt: Path) -> dict[str, tuple[Any, ...]]:
    """文件名 → 认作 and the columns to its right."""
    sheet = load_workbook(receipt)["资料归类"]
    return {row[1]: row[2:] for row in sheet.iter_rows(min_row=5, values_only=True)}


def dropped(root: Path, path: Path, change: Callable[[Workbook], None] | None = None) -> int:
    """The last receipt, changed and saved with openpyxl, dropped where the path says; gives the exit code of ingest."""
    book = load_workbook(last_receipt(root))
    if change:
        change(book)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return mingzhang("ingest", "--json", workspace=root).code


def write(cells: dict[tuple[str, str], str | None]) -> Callable[[Workbook], None]:
    """Write into the cells of 资料归类, by file and column."""

    def change(book: Workbook) -> None:
        sheet = book["资料归类"]
        head = {cell.value: cell.column for cell in sheet[4]}
        rows = {row[1].value: row[1].row for row in sheet.iter_rows(min_row=5)}
        for (name, column), value in cells.items():
            sheet.cell(rows[name], head[column]).value = value

    return change


GUESSED = [
    ("bank_voucher", "provincial", None, NOTICE, "430623", True, None),
    ("minutes", "central", None, None, "430623", True, None),
    (None, None, None, None, "430623", True, None),
    (None, None, None, None, "430623", True, None),
]


def test_documents_are_filed_by_their_names_and_the_receipt_says_by_which(received: Path) -> None:
    assert filing(received) == GUESSED
    said = lines(last_receipt(received))
    assert said[MINUTES][:2] == (
        "会议记录；央财；—；—；—；2023-06-03",
        "资料类型：文件名「主席会纪要」；资金来源：文件夹名「央财」；预算年度：文件夹名「2023年度」；形成日期：文件名「20230603」",
    )
    assert said[MIXED][:2] == ("—", "资料类型：名称中有「申请书、身份证」，未取")
    assert said[PLAIN][:2] == ("—", "名称中没有可认的词")
    assert said[VOUCHER][:2] == (
        f"银行回单；省财；{NOTICE}", "资料类型：文件名「回单」；资金来源：文件夹名「省财」；通知单号：名称中的号码",
    )  # fmt: skip


@pytest.mark.parametrize("place", ["回执/收件回执_001.xlsx", "改了名.xlsx"])
def test_a_receipt_dropped_back_unchanged_changes_nothing(workspace: Path, place: str) -> None:
    before = asked(workspace, "SELECT * EXCLUDE first_seen_on FROM marts.findings ORDER BY ALL")
    assert dropped(workspace, workspace / "inbox" / place) == 0
    assert filing(workspace) == GUESSED
    assert asked(workspace, "SELECT * EXCLUDE first_seen_on FROM marts.findings ORDER BY ALL") == before


def test_what_is_corrected_on_the_receipt_holds(workspace: Path) -> None:
    """Dropped straight into the inbox, the answer goes to the city; its receipt corrects as well."""
    cells = {
        (MIXED, "资料类型"): "申请资料", (MIXED, "保管部门"): "帮扶中心", (MINUTES, "资金来源"): None,
        (PLAIN, "资料类型"): "发票", (PLAIN, "资金来源"): "央财、省财",
    }  # fmt: skip
    assert dropped(workspace, workspace / "inbox/收件回执_改.xlsx", write(cells)) == 0
    assert filing(workspace) == [
        ("application", None, None, None, "430623", True, "帮扶中心"),
        ("bank_voucher", "provincial", None, NOTICE, "430623", True, None),
        ("invoice", "central", None, None, "430623", True, None),
        ("invoice", "provincial", None, None, "430623", True, None),
        ("minutes", None, None, None, "430623", True, None),  # emptied on the receipt: none
    ]
    assert told(workspace) == []
    said = lines(last_receipt(workspace))
    assert set(said) == {MIXED, MINUTES, PLAIN}
    assert said[MIXED][0].startswith("申请资料；")
    assert said[MIXED][1].startswith("资料目录表「收件回执_改.xlsx」第")
    again = {(PLAIN, "资料类型"): "身份证", (PLAIN, "资金来源"): ""}
    assert dropped(workspace, workspace / "inbox" / CITY / "再改.xlsx", write(again)) == 0
    kinds = [(row[0], row[4], row[6]) for row in filing(workspace)]
    assert kinds == [
        ("application", "430623", "帮扶中心"), ("bank_voucher", "430623", None), ("id_card", "430623", None),
        ("minutes", "430623", None),
    ]  # fmt: skip
    assert told(workspace) == []


@pytest.mark.office
def test_a_receipt_saved_by_libreoffice_is_read_alike(workspace: Path, tmp_path: Path) -> None:
    dropped_back = workspace / "inbox" / COUNTY / "收件回执_001.xlsx"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "xlsx",
         "--outdir", str(dropped_back.parent), str(last_receipt(workspace))],
        check=True, capture_output=True,
    )  # fmt: skip
    assert mingzhang("ingest", "--json", workspace=workspace).code == 0
    assert filing(workspace) == GUESSED
    book = load_workbook(dropped_back)
    write({(MIXED, "资料类型"): "身份证"})(book)
    book.save(dropped_back.with_name("改.xlsx"))
    assert mingzhang("ingest", "--json", workspace=workspace).code == 0
    kinds = [row[0] for row in filing(workspace)]
    assert kinds == ["bank_voucher", "id_card", "minutes", None]


def test_a_catalogue_wins_and_its_files_may_come_later(workspace: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["资料目录表"],
        ["资料类型", "文件名", "资金来源", "批次号", "保管部门", "存放位置"],
        ["公示", "IMG_1", "", "", "", ""],
        ["采购资料", "合同.pdf", "省财", "", "财务部", ""],
        ["会议纪要", "第9次", "", "", "办公室", "3楼档案室"],
    ):
        sheet.append(row)
    book.save(workspace / "inbox" / COUNTY / "资料目录表.xlsx")
    assert mingzhang("ingest", "--json", workspace=workspace).code == 0
    assert filing(workspace)[2:5] == [
        ("minutes", None, None, None, "430623", False, "办公室"),
        ("public_notice", None, None, None, "430623", True, None),
        ("purchase_papers", "provincial", None, None, "430623", False, "财务部"),
    ]
    assert [row[:2] for row in told(workspace)] == [("S.unknown_document", "info"), ("S.unknown_document", "warn")]
    assert "尚未收到，请核实" in told(workspace)[1][2]
    send(workspace, "采购/合同.pdf", b"%PDF-1.4 contract")
    assert mingzhang("ingest", "--json", workspace=workspace).code == 0
    assert [row[:2] for row in told(workspace)] == [("S.unknown_document", "info")]
    assert ("purchase_papers", "provincial", None, None, "430623", True, "财务部") in filing(workspace)
