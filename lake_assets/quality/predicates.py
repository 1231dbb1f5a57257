"""SQL predicates as Polars expressions that judge each row by itself and stop at no bad value."""

from __future__ import annotations

import json
from io import StringIO

import polars as pl

from lake_assets.errors import DeclarationError

__all__ = ["predicate", "predicate_columns"]

_STRICT = "strict"
"""Of functions that take texts apart, for which SQL has no word such as TRY_CAST."""

_Tree = dict[str, "_Tree"] | list["_Tree"] | str | int | float | bool | None


def predicate(sql: str, *, place: str = "") -> pl.Expr:
    """The expression of an SQL predicate; what takes texts apart, such as STRPTIME, gives null where they do not fit.

    Args:
        sql: One condition over the columns of a row.
        place: Where it is declared, for the error.

    Raises:
        DeclarationError: When it is not SQL, names no column, or has a CAST that one bad value makes fail.
    """
    try:
        parsed = pl.sql_expr(sql)
    except pl.exceptions.PolarsError as error:
        mend = "write one SQL condition over the columns, such as arr_time > dep_time"
        raise DeclarationError(f"not an SQL condition: {error}", place=place, mend=mend) from error
    tree: _Tree = json.loads(parsed.meta.serialize(format="json"))
    if not parsed.meta.root_names():
        raise DeclarationError("the condition names no column", place=place, mend="name a column in it")
    if _has_strict_cast(tree):
        what = "CAST stops everything at the first value that does not convert"
        raise DeclarationError(what, place=place, mend="write TRY_CAST, and say what null means")
    return pl.Expr.deserialize(StringIO(json.dumps(_made_fit(tree))), format="json")


def predicate_columns(condition: pl.Expr) -> tuple[str, ...]:
    """The columns a condition names, each once, in order.

    >>> predicate_columns(predicate("arr_time > dep_time AND carrier IN ('AA', 'UA')"))
    ('arr_time', 'dep_time', 'carrier')
    """
    return tuple(dict.fromkeys(condition.meta.root_names()))


def _has_strict_cast(tree: _Tree) -> bool:
    if isinstance(tree, list):
        return any(map(_has_strict_cast, tree))
    if not isinstance(tree, dict):
        return False
    cast = tree.get("Cast")
    if isinstance(cast, dict) and cast.get("options") == "Strict" and _names_column(cast):
        return True
    return any(map(_has_strict_cast, tree.values()))


def _names_column(tree: _Tree) -> bool:
    if isinstance(tree, dict):
        return "Column" in tree or any(map(_names_column, tree.values()))
    return isinstance(tree, list) and any(map(_names_column, tree))


def _made_fit(tree: _Tree) -> _Tree:
    """Put one scalar where `IN (1, 2)` has a literal Series; see `is_among` for why. Let STRPTIME give null."""
    if isinstance(tree, list):
        return [_made_fit(one) for one in tree]
    if not isinstance(tree, dict):
        return tree
    literal = tree.get("Literal")
    if isinstance(literal, dict) and "Series" in literal:
        return _scalar_list(tree)
    return {name: False if name == _STRICT else _made_fit(one) for name, one in tree.items()}


def _scalar_list(tree: _Tree) -> _Tree:
    series = pl.select(pl.Expr.deserialize(StringIO(json.dumps(tree)), format="json")).to_series()
    scalar: _Tree = json.loads(pl.lit(series[0].to_list(), dtype=series.dtype).meta.serialize(format="json"))
    return scalar
