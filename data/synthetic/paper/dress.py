"""Table + style → sheet: titles, lines above, synonyms, order, money and dates as the sender writes them."""

from datetime import date
from decimal import Decimal

from data.synthetic.knowledge import story
from data.synthetic.paper.habits import Style
from data.synthetic.paper.table import Cell, Fen, Sheet, Table, Value, yuan

EXCEL_DAY_ZERO = date(1899, 12, 30)
WAN_PLACES = 6  # ten thousand yuan to the fen


def dress(table: Table, style: Style) -> Sheet:
    """The sheet that this sender makes of the table. No value is lost: what is left out is said above or in a name."""
    lifted = _lifted(table, style)
    columns = _columns(table, style, lifted)
    grid: list[list[Cell]] = []
    merged: list[int] = []
    if style.title:
        grid.append([table.title])
        merged.append(0)
    for text in _lines(table, style, lifted):
        grid.append([text])
    headings = {column: _heading(column, style) for column in columns}
    header_at = len(grid)
    grid.append(list(headings.values()))
    if style.padding:
        grid.append([None] * len(columns))
    body_at = len(grid)
    for number, row in enumerate(table.rows, 1):
        grid.append([number if c == "序号" else _cell(row.get(c), c, style) for c in columns])
    if style.total and table.rows:
        grid.append(_total(table, columns, style))
    if style.notes:
        grid.extend([text] for text in story("words")["notes"])
    name = table.name
    if "资金来源" in lifted and lifted["资金来源"] == "sheet":
        name = f"{table.rows[0]['资金来源']}{name}" if str(table.rows[0]["资金来源"]) not in name else name
    return Sheet(name, grid, merged, header_at, body_at, headings, table.is_hidden)


def _lifted(table: Table, style: Style) -> dict[str, str]:
    """Columns that may be left out: they say the same in every row."""
    lifted = {}
    for column, where in style.lift.items():
        values = {row.get(column) for row in table.rows}
        if column in table.columns and len(values) == 1 and values != {None}:
            lifted[column] = where
    return lifted


def _columns(table: Table, style: Style, lifted: dict[str, str]) -> list[str]:
    left = [column for column in table.columns if column not in lifted]
    if style.drop_empty:
        left = [c for c in left if any(row.get(c) is not None for row in table.rows)]
    left += [column for column in style.extra if column not in left]
    front = [column for column in style.front if column in left]
    return front + [column for column in left if column not in front]


def _lines(table: Table, style: Style, lifted: dict[str, str]) -> list[str]:
    """The texts between title and header."""
    said = []
    for name in style.lines:
        if name == "单位":
            said.append(f"单位：{'万元' if style.wan else '元'}")
        elif name in table.facts:
            said.append(f"{name}：{table.facts[name]}")
    for column, where in lifted.items():
        if where == "line" and column not in style.lines:
            value = table.rows[0][column]
            said.append(f"{column}：{_text(value)}")
    return said


def _text(value: Value) -> str:
    """A lifted value in words: dates as people write them in a line of text."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _heading(column: str, style: Style) -> str:
    name = style.rename.get(column, column)
    return f"{name}（万元）" if column in style.wan_heading else name


def _cell(value: Value, column: str, style: Style) -> Cell:
    """One value as the sender writes it."""
    if isinstance(value, Fen):
        if column in style.wan or column in style.wan_heading:
            return wan(value)
        return money(value, style.money)
    if isinstance(value, date):
        return day(value, style.dates)
    if isinstance(value, str) and style.padding:
        return f" {value}  "
    return value


def wan(fen: int) -> Decimal:
    """万元, exact, without trailing zeros."""
    exact = Decimal(fen).scaleb(-WAN_PLACES).normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def money(fen: int, manner: str) -> Cell:
    """Yuan as a number cell, or as text in one of the usual manners."""
    amount = yuan(fen)
    if manner == "number":
        return amount
    texts = {"text": f"{amount}", "comma": f"{amount:,}", "yen": f"￥{amount:,}"}
    return texts[manner]


def day(value: date, manner: str) -> Cell:
    """A date as a date cell, a bare serial number, or text in one of the usual manners."""
    if manner == "cell":
        return value
    if manner == "serial":
        return (value - EXCEL_DAY_ZERO).days
    texts = {
        "iso": f"{value:%Y-%m-%d}",
        "chinese": f"{value.year}年{value.month}月{value.day}日",
        "dots": f"{value.year}.{value.month}.{value.day}",
        "slash": f"{value:%Y/%m/%d}",
        "compact": f"{value:%Y%m%d}",
    }
    return texts[manner]


def _total(table: Table, columns: list[str], style: Style) -> list[Cell]:
    """合计 under the first column, sums under the columns of money."""
    total: list[Cell] = []
    for column in columns:
        amounts = [v for row in table.rows if isinstance(v := row.get(column), Fen)]
        total.append(_cell(Fen(sum(amounts)), column, style) if amounts else None)
    if total[0] is None:
        total[0] = "合计"
    return total
