"""What a row's fact key is made of: the terms of its contract, and the text of key cells that could not be read."""

from __future__ import annotations

import polars as pl

from transforms.validated.draft import Typed

PART = "\x1f"
OCCURRENCE = "occurrence"


def written(schema: pl.Schema, name: str) -> pl.Expr:
    """A value as text, '' where nothing is known."""
    column = pl.col(name)
    if schema[name] == pl.Boolean:
        column = pl.when(column).then(pl.lit("True")).otherwise(pl.lit("False"))
    return column.cast(pl.String).fill_null("")


def key_parts(typed: Typed) -> pl.Series:
    """The key of each row but for its number among equals, its terms joined."""
    frame, unread = typed.frame, _unreadable_texts(typed)
    terms = [term for term in typed.table.shape.kind.key if term != OCCURRENCE]
    names = dict.fromkeys(name for term in terms for name in _fields(term))
    texts = frame.select(written(frame.schema, name) for name in names)
    for name in unread.keys() & names:
        places = [place for place in unread[name] if not texts[name][place]]
        texts = texts.with_columns(texts[name].scatter(places, [unread[name][place] for place in places]))
    return texts.select(pl.concat_str([_term(term) for term in terms], separator=PART).alias("key"))["key"]


def _unreadable_texts(typed: Typed) -> dict[str, dict[int, str]]:
    """Of key cells that could not be read, the text itself tells rows apart. Field → place → text."""
    texts: dict[str, dict[int, str]] = {}
    for failure in typed.failures:
        if failure.value_text:
            texts.setdefault(failure.field, {})[failure.place] = f"?{failure.value_text}"
    return texts


def _fields(term: str) -> list[str]:
    return [name.strip() for alternative in term.split("|") for name in alternative.split("&")]


def _term(term: str) -> pl.Expr:
    """A term of the key: `a | b` the first that is there, `a & b` both together."""
    found = pl.lit("")
    for alternative in reversed(term.split("|")):
        names = [name.strip() for name in alternative.split("&")]
        is_there = pl.any_horizontal(pl.col(name) != "" for name in names)
        found = pl.when(is_there).then(pl.concat_str(names, separator="&")).otherwise(found)
    return found
