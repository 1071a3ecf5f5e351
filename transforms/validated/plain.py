"""Cells in the plain form of their type, a column at once; what is written in any other form is left to `values`.

For every text these give what `values.typed_value` gives, or nothing: tests/unit/validated/test_plain.py.
"""

from __future__ import annotations

import polars as pl

from transforms.columns import Rules

_TWO_PLACES = r"^(?:-?[1-9][0-9]{0,11}|0)\.[0-9]{2}$"
_ONE_PLACE = r"^(?:-?[1-9][0-9]{0,11}|0)\.[0-9]$"
_WHOLE = r"^(?:-?[1-9][0-9]{0,11}|0)$"
_GROUPED = r"^-?[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3}\.[0-9]{2}$"
_ID_NUMBER = r"^(?:[0-9]{17}[0-9X]|[0-9]{15})$"
_VISIBLE = r"^[0-9*]+$"
_DAY_AND_TIME = r"^([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{8})[ T][0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2})?$"


def tidied(texts: pl.Series) -> pl.Series:
    """As `words.tidy`: one line, single spaces, none at the ends; null where nothing is left."""
    if not texts.str.contains(r"[\s\x1c-\x1f]").any():
        return texts
    tidy = texts.str.replace_all(r"[\s\x1c-\x1f]+", " ").str.strip_chars(" ")
    return tidy.set(tidy == "", None)


def plain(base: str, texts: pl.Series, places: int, rules: Rules) -> pl.Series | None:
    """The values of those tidy texts that are in the plain form of type `base`, null for the others; None for a type
    without one. `places`: as in `values.typed_value`.
    """
    match base:
        case "text":
            return texts
        case "money" if places == 0:
            return _money(texts)
        case "id_number":
            return _as_it_stands(texts, _ID_NUMBER)
        case "card":
            return _as_it_stands(texts, _digits(rules.card_digits))
        case "account":
            return _as_it_stands(texts, _digits(rules.account_digits))
        case "visible_account":
            return _as_it_stands(texts, _VISIBLE)
    return None


def without_times(texts: pl.Series) -> pl.Series:
    """Dates without the time of day behind them: a statement has few days and many instants."""
    return texts.str.replace(_DAY_AND_TIME, "${1}")


def _digits(least_and_most: tuple[int, int]) -> str:
    least, most = least_and_most
    return f"^[0-9]{{{least},{most}}}$"


def _as_it_stands(texts: pl.Series, form: str) -> pl.Series:
    return texts.set(~texts.str.contains(form), None)


def _money(texts: pl.Series) -> pl.Series:
    amount = pl.col("amount")
    return pl.DataFrame({"amount": texts}).select(
        pl.when(amount.str.contains(_TWO_PLACES)).then(amount)
        .when(amount.str.contains(_WHOLE)).then(amount + ".00")
        .when(amount.str.contains(_ONE_PLACE)).then(amount + "0")
        .when(amount.str.contains(_GROUPED)).then(amount.str.replace_all(",", "", literal=True))
    )["amount"]  # fmt: skip
