"""The questions behind every printed figure: one portable SELECT a file, ids never reused.

The flow runs the SELECTs (over `marts`, `policy`, `run.parameters`, `run.report_parameters`) and hands the rows back as
plain mappings; documents print them and compute nothing.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files

Row = Mapping[str, object]
Rows = Sequence[Row]
Figures = Mapping[str, Rows]  # name of the query (`f01_execution`) → its rows


def load_figure_queries() -> dict[str, str]:
    """Name → SQL text of every figure query, in order of their ids."""
    found = [path for path in files(__name__).iterdir() if path.name.endswith(".sql")]
    return {path.name.removesuffix(".sql"): path.read_text("utf-8") for path in sorted(found, key=lambda p: p.name)}
