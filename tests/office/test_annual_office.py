"""The report in LibreOffice: it opens, every glyph is there, every section is printed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from reports.annual import annual_report
from tests.office.pictures import to_pdf
from tests.unit.reports.test_annual_text import OUTLINE
from tests.unit.reports.world import annual_inputs

pytestmark = [
    pytest.mark.office,
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils, see .ci/run"),
]


@pytest.fixture(scope="module", params=["external", "internal"])
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "report.docx").write_bytes(annual_report(annual_inputs(audience=request.param)))
    return to_pdf(folder / "report.docx", folder)


def output(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_it_prints_on_a4_in_several_pages(pdf: Path) -> None:
    told = dict(line.split(":", 1) for line in output("pdfinfo", pdf).splitlines() if ":" in line)
    assert 3 < int(told["Pages"]) < 15
    assert "A4" in told["Page size"]


def test_every_font_is_embedded(pdf: Path) -> None:
    lines = output("pdffonts", pdf).splitlines()[2:]
    assert lines
    for line in lines:
        embedded, subset, has_unicode = line.split()[-5:-2]
        assert (embedded, subset, has_unicode) == ("yes", "yes", "yes"), line


def test_no_glyph_is_missing(pdf: Path) -> None:
    text = output("pdftotext", pdf, "-")
    assert not [mark for mark in "\ufffd□▯☐" if mark in text]
    joined = "".join(text.split())
    for heading in OUTLINE.splitlines():
        assert heading in joined
    assert "预算执行率74.00%" in joined


def test_page_numbers_run_on(pdf: Path) -> None:
    printed = output("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
    for number, page in enumerate(printed, 1):
        line = page.rstrip().splitlines()[-1]
        assert "".join(line.split()) == f"—{number}—"
        is_right = len(line) - len(line.lstrip()) > 20
        assert is_right == (number % 2 == 1)
