import datetime as dt
from decimal import Decimal

from flows.cli.tables import as_csv, as_json, as_table
from flows.words import printable

NAMES = ("memo", "amount_yuan")


def test_a_text_that_would_compute_is_text_in_a_spreadsheet() -> None:
    texts = ("=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1")
    lines = as_csv(NAMES, [(text, Decimal("-5.00")) for text in texts])
    assert lines.count("'") == len(texts) + 2  # two stand in the first text itself
    assert lines.splitlines()[1] == "'=cmd|' /C calc'!A0,-5.00"


def test_numbers_and_days_stay_as_they_are() -> None:
    assert as_csv(("a", "b", "c"), [(Decimal("-5.00"), -3, dt.date(2021, 1, 2))]) == "a,b,c\r\n-5.00,-3,2021-01-02"


def test_json_is_for_programs_and_says_what_is_there() -> None:
    assert as_json(("memo",), [("=1+1",)]) == '[{"memo":"=1+1"}]'


def test_nothing_that_steers_a_terminal_reaches_it() -> None:
    assert "\x1b" not in as_table(NAMES, [("\x1b[2J红", 1)])
    assert printable("一\x1b[31m\x07二\n三\t") == "一�[31m�二\n三\t"
