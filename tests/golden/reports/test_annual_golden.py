"""The whole text of the report for the seed's numbers: a change of any word is seen in review.

After a wanted change: `MINGZHANG_GOLDEN=write pytest tests/golden/reports`, then read the difference.
"""

import os
from pathlib import Path

import pytest

from reports.annual import plain_text
from tests.unit.reports.world import annual_inputs

HERE = Path(__file__).parent


@pytest.mark.parametrize("audience", ["external", "internal"])
def test_report_text(audience: str) -> None:
    golden = HERE / f"yueyang_2021_{audience}.txt"
    text = plain_text(annual_inputs(audience=audience))
    if os.environ.get("MINGZHANG_GOLDEN") == "write":
        golden.write_text(text, "utf-8")
    assert text.splitlines() == golden.read_text("utf-8").splitlines()
