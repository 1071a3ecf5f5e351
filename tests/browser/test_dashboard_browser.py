"""The page in headless Chromium, network off: drawn, silent, within its width, at desk and on the phone."""

import struct
import subprocess
import tempfile
from pathlib import Path

import pytest

from reports.dashboard import DashboardInputs, dashboard
from tests.office.pictures import CHROMIUM_FLAGS, OFFLINE, chromium, screenshot
from tests.unit.reports.world import YUEYANG, documents, figures

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Loaded beside the page, in a frame: the page itself has no script.
MEASURE = """<!doctype html><meta charset="utf-8">
<iframe id="f" src="page.html" style="width:{width}px;height:900px;border:0"></iframe>
<p id="said">waiting</p><script>
onload = () => {{
  const page = document.getElementById("f").contentDocument, root = page.documentElement;
  const shown = [...page.querySelectorAll("section.year")].filter(s => getComputedStyle(s).display !== "none");
  const svg = shown[0].querySelector("svg").getBoundingClientRect();
  document.getElementById("said").textContent =
    `overflow=${{root.scrollWidth - root.clientWidth}} sections=${{shown.length}} ` +
    `drawn=${{svg.width > 200 && svg.height > 80}}`;
}};
</script>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(dashboard(DashboardInputs("岳阳市总工会", figures(YUEYANG), documents())))
    return path


@pytest.mark.parametrize(("width", "height"), [(1280, 1500), (500, 2400)])
def test_it_draws_without_a_word_on_the_console(page: Path, tmp_path: Path, width: int, height: int) -> None:
    said = screenshot(page, tmp_path / "page.png", width=width, height=height)
    assert said == ""
    content = (tmp_path / "page.png").read_bytes()
    assert struct.unpack(">II", content[16:24]) == (width, height)
    assert len(content) > 40_000  # a blank page has a tenth of it


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_sticks_out(page: Path, width: int) -> None:
    measure = page.with_name("measure.html")
    measure.write_text(MEASURE.format(width=width), "utf-8")
    with tempfile.TemporaryDirectory() as profile:
        told = subprocess.run(
            [chromium() or "chromium", *CHROMIUM_FLAGS, OFFLINE, f"--user-data-dir={profile}", "--dump-dom",
             "--allow-file-access-from-files", "--virtual-time-budget=3000", measure.as_uri()],
            capture_output=True, text=True, timeout=120, check=True,
        ).stdout  # fmt: skip
    assert '<p id="said">overflow=0 sections=1 drawn=true</p>' in told
