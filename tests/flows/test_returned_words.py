"""Returned workbooks of a real ingest: packed for their unit, and silent about everybody else's people."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from flows.ingesting import ingest
from tests.flows import decided
from tests.flows.decided import CITY, COUNTY, FIRST, lay

pytestmark = pytest.mark.slow

ACCOUNT = "账号,户名,开户行,单位名称,账户性质\n{account},{holder},农业银行,华容县总工会,基本户\n"
PERSON = "赵大海"  # visited by the county; a file of the city bears the name


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two units that state one account differently, in files of which one is named after a person."""
    root = tmp_path_factory.mktemp("returned") / "workspace"
    decided.prepare(root)
    lay(root, f"{PERSON}{FIRST}经手账户.csv", ACCOUNT.format(account="43001000900000001", holder="华容县总工会"), CITY)
    lay(root, "账户.csv", ACCOUNT.format(account="43001000900000001", holder="华容县工会"), COUNTY)
    ingest(root)
    return root


def texts(path: Path | io.BytesIO) -> list[str]:
    """Everything that a reader can see or hover over, the name of the original in the title aside."""
    cells = [cell for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row]
    seen: list[Any] = [cell.value for cell in cells] + [cell.comment.text for cell in cells if cell.comment]
    return [str(text) for text in seen if text is not None]


def test_a_file_of_another_unit_is_named_without_its_people(root: Path) -> None:
    [path] = (root / "outbox" / COUNTY).glob("退回修改_账户_*.xlsx")
    said = [text for text in texts(path) if "是同一事项而内容不同" in text]
    assert len(said) == 2  # in the list and in the comment
    for text in said:
        assert "赵**" in text
        assert FIRST not in text
        assert PERSON not in text


def test_the_parcel_holds_the_receipt_and_every_workbook(root: Path) -> None:
    folder = root / "outbox" / COUNTY
    [parcel] = folder.glob("待发_*.zip")
    with zipfile.ZipFile(parcel) as packed:
        names = set(packed.namelist())
        inside = {name: texts(io.BytesIO(packed.read(name))) for name in names}
    written = {path.name for path in folder.glob("*.xlsx")}
    assert names == written
    assert {name[:4] for name in names} == {"收件回执", "退回修改"}
    assert all(inside.values())
