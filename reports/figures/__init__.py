"""The questions behind every printed figure: one portable SELECT a file, ids never reused.

The flow runs the SELECTs (over `marts`, `policy`, `run.parameters`, `run.report_parameters`) and hands the rows back as
plain mappings; documents print them and compute nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files

Row = Mapping[str, object]
Rows = Sequence[Row]
Figures = Mapping[str, Rows]  # name of the query (`f01_execution`) → its rows


@dataclass(frozen=True)
class Figure:
    """One printed value. `figure_id` names query and column (`f01.executed_wan`), `item` the row inside the cut-off."""

    figure_id: str
    label_zh: str
    value: str
    unit: str
    cutoff: str | None
    item: str
    sql: str
    source_row_count: int


def load_figure_queries() -> dict[str, str]:
    """Name → SQL text of every figure query, in order of their ids."""
    found = [path for path in files(__name__).iterdir() if path.name.endswith(".sql")]
    return {path.name.removesuffix(".sql"): path.read_text("utf-8") for path in sorted(found, key=lambda p: p.name)}


def printed_figures(figures: Figures, catalogue: Mapping[str, Mapping[str, Mapping[str, str]]]) -> list[Figure]:
    """Every catalogued value of the rows as a Figure. Grain: query, row, column.

    `catalogue` is data/policy/documents/figures.yaml: query → column → {label, unit}. Feeds `marts.figures`.
    """
    queries = load_figure_queries()
    return [
        figure
        for name, columns in catalogue.items()
        if name in queries
        for row in figures.get(name, ())
        for figure in _of_row(name, row, columns, queries[name])
    ]


def _of_row(name: str, row: Row, columns: Mapping[str, Mapping[str, str]], sql: str) -> Iterator[Figure]:
    cutoff = row.get("cutoff")
    for column, words in columns.items():
        value = row.get(column)
        if value is None:
            continue
        yield Figure(
            figure_id=f"{name.partition('_')[0]}.{column}",
            label_zh=words["label"],
            value=value_text(value),
            unit=words.get("unit", ""),
            cutoff=None if cutoff is None else str(cutoff),
            item=" ".join(str(row[key]) for key in ITEM_KEYS if row.get(key) is not None),
            sql=sql,
            source_row_count=int(str(row.get("source_row_count", 0))),
        )


# Which of a row's columns say which row it is, besides the cut-off.
ITEM_KEYS = (
    "budget_year",
    "project_name",
    "fund_source",
    "form_row",
    "aid_category",
    "unit_code",
    "group_code",
    "month_end_on",
    "cause",
    "rule_group",
    "severity",
)


def value_text(value: object) -> str:
    """Decimal and date in their plain form; no rounding here."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
