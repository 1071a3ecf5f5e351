"""Amounts: every form of the contract, and an independent oracle."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.validated.money import yuan
from transforms.validated.unreadable import UnreadableError


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("1234.5", 0, "1234.50"),
        ("1,234,567.89", 0, "1234567.89"),
        ("￥1,234.00", 0, "1234.00"),
        ("¥ 12", 0, "12.00"),
        ("人民币12元整", 0, "12.00"),
        ("1000元", 0, "1000.00"),
        ("0.3万元", 0, "3000.00"),
        ("273.79万", 0, "2737900.00"),
        ("273.79", 4, "2737900.00"),
        ("96.21001", 4, "962100.10"),
        ("500元", 4, "500.00"),
        ("（1,234.50）", 0, "-1234.50"),
        ("(5)", 0, "-5.00"),
        ("-3.2", 0, "-3.20"),
        ("−3", 0, "-3.00"),
        ("￥-3", 0, "-3.00"),
        ("+1,000.00", 0, "1000.00"),
        ("１，２３４．５０", 0, "1234.50"),
        (" 1 234.5 ", 0, "1234.50"),
        ("12.3500", 0, "12.35"),
        (".5", 0, "0.50"),
        ("5.", 0, "5.00"),
        ("0", 0, "0.00"),
        ("-0.00", 0, "0.00"),
        ("007", 0, "7.00"),
        ("9999999999999999.99", 0, "9999999999999999.99"),
    ],
)
def test_readable(text: str, places: int, expected: str) -> None:
    assert yuan(text, places) == expected


@pytest.mark.parametrize(
    "text",
    ["1,2O0.00", "12,34", "1,2345", "1.2.3", "12.345", "1e3", "一千", "元", "()", "(5", "5)", "--5", "-￥-5", "1/2",
     "12 人", "99999999999999999"],
)  # fmt: skip
def test_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError):
        yuan(text)


def test_less_than_a_fen_is_unreadable_in_ten_thousands_too() -> None:
    assert yuan("0.000001", 4) == "0.01"
    with pytest.raises(UnreadableError, match="整分"):
        yuan("0.0000001", 4)


@given(st.integers(0, 10**15), st.sampled_from([0, 4]), st.booleans(), st.sampled_from(["", "￥", "元", "()"]))
def test_any_whole_fen_amount_is_exact(fen: int, places: int, separated: bool, dress: str) -> None:
    value = (Decimal(fen) / 100).scaleb(-places)
    text = f"{value:,f}" if separated else f"{value:f}"
    negative = dress == "()"
    written = {"￥": f"￥{text}", "元": text, "()": f"（{text}）", "": text}[dress]
    assert Decimal(yuan(written, places)) == Decimal(fen) / 100 * (-1 if negative else 1)


@given(st.decimals(0, 10**9, places=3))
def test_what_is_not_whole_fen_is_never_rounded(value: Decimal) -> None:
    if value == value.quantize(Decimal("0.01")):
        assert Decimal(yuan(f"{value:f}")) == value
    else:
        with pytest.raises(UnreadableError):
            yuan(f"{value:f}")
