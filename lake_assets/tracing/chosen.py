"""Rows of a table that a predicate chooses."""

from __future__ import annotations

import polars as pl

from lake_assets.errors import QueryError, near_names
from lake_assets.storage.table import Table

__all__ = ["choose", "chosen", "predicate"]


def predicate(where: str) -> pl.Expr:
    """A predicate in SQL.

    Raises:
        QueryError: When it is not valid.
    """
    try:
        return pl.sql_expr(where)
    except pl.exceptions.PolarsError as error:
        raise _invalid(where, error) from error


def chosen(table: Table, where: str, limit: int) -> pl.DataFrame:
    """The first rows of a table for which a predicate holds.

    Args:
        table: The table.
        where: In SQL, over its columns, such as `price < 0 AND city = 'Rome'`.
        limit: How many rows at most.

    Raises:
        QueryError: When the predicate is not valid, or names a column that the table has not.
    """
    return choose(table.scan(), where, limit, str(table.ref))


def choose(rows: pl.LazyFrame, where: str, limit: int, place: str) -> pl.DataFrame:
    """The first of some rows for which a predicate holds; see `chosen`."""
    holds = predicate(where)
    names = rows.collect_schema().names()
    unknown = [name for name in holds.meta.root_names() if name not in names]
    if unknown:
        mend = near_names(unknown[0], names)
        raise QueryError(f"{place} has no column {unknown[0]!r}", place=where, mend=mend)
    try:
        return rows.filter(holds).head(limit).collect(engine="streaming")
    except pl.exceptions.PolarsError as error:
        raise _invalid(where, error) from error


def _invalid(where: str, error: Exception) -> QueryError:
    what = f"the predicate is not valid: {str(error).splitlines()[0]}"
    return QueryError(
        what, place=where, mend="write it as after WHERE in SQL, such as \"price < 0 AND city = 'Rome'\""
    )
