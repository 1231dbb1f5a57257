"""`references`: a key is in another table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import polars as pl

from lake_assets.errors import DeclarationError, SchemaError, UnknownTableError, near_names
from lake_assets.model import Rule, TableRef
from lake_assets.quality.kind import Reading, RowKind, Scope
from lake_assets.quality.memberships import is_among
from lake_assets.quality.options import Options

__all__ = ["References"]

_FEW = 100_000
"""Keys that are quickly compared with, each in turn a Python value once."""


class References(RowKind):
    """The columns together are those of a row of another table; a key with a null in it refers to nothing."""

    name = "references"
    summary = "the key is in a column of another table"
    example = "references: {column: carrier, table: trusted.airlines, to: carrier}"
    options = ("columns", "column", "table", "to")

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Take `zone.table.column`, or `zone.table` where the column has the same name there."""
        if not isinstance(value, str):
            return super().of_column(column, value)
        zone, table, *target = [*value.split(".", 2), ""][:3]
        return {"column": column, "table": f"{zone}.{table}", "to": "".join(target) or column}

    def read(self, given: Options) -> Reading:
        """Check that there is a column for a column."""
        columns, table = given.texts("columns", "column"), given.text("table")
        targets = given.texts("to", "columns", "column")
        if len(targets) != len(columns):
            raise given.refusal(f"{len(columns)} columns refer to {len(targets)}")
        _refuse_unknown_zone(given, table)
        return columns, {"table": table, "to": targets}

    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Look among the keys where they are few; else find the batch's keys that are not there, now."""
        keys = _keys(rule, scope)
        few = keys.unique().head(_FEW + 1).collect(engine="streaming") if len(rule.columns) == 1 else None
        if few is not None and few.height <= _FEW:
            return is_among(pl.col(rule.columns[0]), few.to_series())
        return _is_no_orphan(rule.columns, scope.batch, keys)

    def sentence(self, rule: Rule) -> str:
        """Say the table and its columns."""
        targets = ", ".join(cast("tuple[str, ...]", rule.parameters["to"]))
        return f"{', '.join(rule.columns)} is in {rule.parameters['table']} ({targets})"


def _refuse_unknown_zone(given: Options, table: str) -> None:
    try:
        TableRef.parse(table)
    except UnknownTableError as error:
        raise DeclarationError(error.what, place=given.place, mend=error.mend) from error


def _keys(rule: Rule, scope: Scope) -> pl.LazyFrame:
    """The keys referred to, under the names and types of the columns that refer to them."""
    table = TableRef.parse(str(rule.parameters["table"]))
    there = scope.lookup(table)
    schema = there.collect_schema()
    pairs = list(zip(rule.columns, cast("tuple[str, ...]", rule.parameters["to"]), strict=True))
    for column, target in pairs:
        if target not in schema:
            what = f"{table} has no column {target!r}"
            raise SchemaError(what, place=f"rule {rule.rule_id}", mend=near_names(target, schema))
        _refuse_other_type(rule, (column, scope.schema[column]), (target, schema[target]))
    named = [
        pl.col(target).cast(scope.schema[column], strict=False).alias(column) for column, target in pairs
    ]
    return there.select(named).drop_nulls()


def _refuse_other_type(rule: Rule, here: tuple[str, pl.DataType], there: tuple[str, pl.DataType]) -> None:
    (column, kind), (target, other) = here, there
    if kind != other and not (kind.is_integer() and other.is_integer()):
        what = f"{column} is {kind}, but {target} in {rule.parameters['table']} is {other}"
        mend = "give both the same type in their mappings"
        raise SchemaError(what, place=f"rule {rule.rule_id}", mend=mend)


def _is_no_orphan(columns: tuple[str, ...], batch: pl.LazyFrame, keys: pl.LazyFrame) -> pl.Expr:
    named = batch.select(columns).drop_nulls()
    orphans = named.join(keys, on=columns, how="anti").unique().collect(engine="streaming")
    key = pl.struct(columns) if len(columns) > 1 else pl.col(*columns)
    has_null = pl.any_horizontal(pl.col(column).is_null() for column in columns)
    return has_null | ~is_among(key, orphans.select(key).to_series())
