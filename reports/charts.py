"""The month curve, one grammar for page and Word. It draws: positions are floats, every printed number is a text."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import vl_convert

from reports.figures import Row
from reports.printing import brief, zh_date

FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
INK, MUTED, RED, GOLD, GRID = "#262626", "#767676", "#a5282c", "#b98a2f", "#e6e2da"
NOT_FOR_PAGES = re.compile(r' (?:xmlns(?::\w+)?|aria-\w+|role)="[^"]*"')
DPI = 200
PX_PER_INCH = 96
VEGA_PPI = 72  # what vl-convert takes a pixel of the drawing for


def months_png(months: Sequence[Row], *, width_mm: float) -> bytes:
    """The curve for Word, 200 dots an inch at this printed width."""
    width = round(width_mm / 25.4 * PX_PER_INCH)
    spec = months_spec(months, width=width, height=round(width * 0.44))
    return bytes(vl_convert.vegalite_to_png(spec, scale=VEGA_PPI / PX_PER_INCH, ppi=DPI))


def months_svg(months: Sequence[Row], *, width: int, height: int) -> str:
    """The curve for a page, as inline SVG: without name spaces, which a page does not need, and English remarks."""
    svg = str(vl_convert.vegalite_to_svg(months_spec(months, width=width, height=height)))
    return NOT_FOR_PAGES.sub("", svg)


def months_spec(months: Sequence[Row], *, width: int, height: int) -> dict[str, Any]:
    """Vega-Lite: cumulative spending by month end, an even pace beside it, both cut-offs as labelled lines."""
    import altair as alt

    x = alt.X("day:Q", title=None, axis=_time_axis(months), scale=alt.Scale(nice=False))
    y = alt.Y(
        "amount:Q",
        title="累计支出（万元）",
        axis=alt.Axis(tickCount=5, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=0, titleY=-14),
    )
    lines = alt.Chart(alt.InlineData(list(_points(months)))).encode(x=x, y=y)
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=["累计支出", "序时进度"], range=[RED, GOLD]),
        legend=alt.Legend(title=None, orient="top-left", offset=6, symbolType="stroke"),
    )
    even = lines.transform_filter("datum.series == '序时进度'").mark_line(strokeDash=[5, 4], strokeWidth=1.4)
    spent = lines.transform_filter("datum.series == '累计支出'")
    marks = alt.Chart(alt.InlineData(list(_cutoffs(months)))).encode(x=x)
    chart = alt.layer(
        even.encode(color=colour),
        marks.mark_rule(color=MUTED, strokeDash=[2, 3]),
        spent.mark_line(strokeWidth=2.6).encode(color=colour),
        spent.mark_point(filled=True, size=34, opacity=1).encode(color=colour),
        *_labels(marks),
    )
    return dict(_dressed(chart, width, height).to_dict(validate=False))


def _labels(marks: Any) -> Iterator[Any]:
    """The year's end below the curve, the extended cut-off above it: neither runs into a line."""
    import altair as alt

    for cutoff, y in (("fiscal", alt.expr("height - 14")), ("extended", -10)):
        here = marks.transform_filter(f"datum.cutoff == '{cutoff}'")
        yield here.mark_text(align="right", dx=-6, fontSize=12, color=INK).encode(y=alt.value(y), text="words:N")


def _dressed(chart: Any, width: int, height: int) -> Any:
    return (
        chart.properties(
            width=width, height=height, padding=8, background="#ffffff", autosize={"type": "fit", "contains": "padding"}
        )
        .configure(font=FONT)
        .configure_view(strokeWidth=0)
        .configure_axis(
            gridColor=GRID,
            domainColor=MUTED,
            tickColor=MUTED,
            labelColor=INK,
            titleColor=MUTED,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            labelFont=FONT,
            titleFont=FONT,
        )
        .configure_axisX(grid=False)
        .configure_legend(labelFontSize=12, labelColor=INK, symbolStrokeWidth=2.4, labelFont=FONT)
        .configure_text(font=FONT)
    )


def _time_axis(months: Sequence[Row]) -> Any:
    """Month ends as plain numbers with their names: no clock zone can shift them."""
    import altair as alt

    names = {str(_day(row)): _month_name(row) for row in months}
    return alt.Axis(
        values=[_day(row) for row in months],
        labelExpr=f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
        labelOverlap=False,
        labelFlush=False,
    )


def _points(months: Sequence[Row]) -> Iterator[dict[str, Any]]:
    for row in months:
        for series, column in (("累计支出", "executed_wan"), ("序时进度", "even_pace_wan")):
            yield {"day": _day(row), "series": series, "amount": _height(row[column])}


def _cutoffs(months: Sequence[Row]) -> Iterator[dict[str, Any]]:
    for row in months:
        if row["is_fiscal"] or row["is_extended"]:
            yield {
                "day": _day(row),
                "cutoff": "fiscal" if row["is_fiscal"] else "extended",
                "words": f"{_name(row)} {zh_date(row['month_end_on'])} {brief(row['executed_wan'])}万元",
            }


def _month_name(row: Row) -> str:
    """The last days before an extended cut-off leave no room for a month end beside it."""
    on, fiscal_on, extended_on = _on(row), row["fiscal_on"], row["extended_on"]
    if isinstance(extended_on, date) and 0 < (extended_on - on).days < 25:
        return ""
    return f"次年{on.month}月" if isinstance(fiscal_on, date) and on > fiscal_on else f"{on.month}月"


def _name(row: Row) -> str:
    return "年末口径" if row["is_fiscal"] else "春节前口径"


def _on(row: Row) -> date:
    on = row["month_end_on"]
    assert isinstance(on, date)
    return on


def _day(row: Row) -> int:
    """Days since the common era: only the distances show."""
    return _on(row).toordinal()


def _height(value: object) -> float:
    """Where a point stands on paper; the number itself is printed from its text."""
    return float(value) if isinstance(value, Decimal) else 0.0
