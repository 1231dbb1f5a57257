"""The elements of a list column, a row each: what a child table is made of."""

from __future__ import annotations

from typing import TypeVar

import polars as pl

from lake_assets.errors import SchemaError
from lake_assets.model import POSITION, PROVENANCE, Dataset
from lake_assets.storage.table import Table
from lake_assets.zones.columns import RESCUED
from lake_assets.zones.inference import column_name

__all__ = ["elements_of", "has_elements", "meanings", "record_of"]

_FILE, _ROW = PROVENANCE
_Number = TypeVar("_Number", int, pl.Expr)
_POSITIONS = 1_000_000_000
_VALUE = "value"


def has_elements(parent: Table, child: Dataset) -> bool:
    """Whether the column that a child table is made of is there; before the first list came it need not be.

    Raises:
        SchemaError: When it holds no lists, or the parent lacks a column of its key.
    """
    if child.origin not in parent.schema:
        return False
    kind = parent.schema[child.origin]
    if not isinstance(kind, pl.List):
        what = f"expected lists in {child.origin}, found {kind}"
        mend = "name a column of lists, or declare it as nested where its first file had none"
        raise SchemaError(what, place=f"table {parent.ref}, child table {child.name}", mend=mend)
    return True


def elements_of(rows: pl.LazyFrame, child: Dataset) -> pl.LazyFrame:
    """A row for each element of the list of each row; none for a list that is empty or null.

    Args:
        rows: Of the parent's trusted table.
        child: The child table: its `origin` is the column of lists, its key that of the parent and `_position`.

    Returns:
        The key of the parent, `_position`, what the element holds, then `_file` and `_row`: the record number and nine
        digits for the position, so that a row has a number of its own.
    """
    key = [name for name in child.key if name != POSITION]
    schema = rows.collect_schema()
    places = pl.int_ranges(1, pl.col(child.origin).list.len().cast(pl.Int64) + 1).alias(POSITION)
    listed = rows.filter(pl.col(child.origin).list.len() > 0).select(*key, child.origin, places, *PROVENANCE)
    return listed.explode(child.origin, POSITION).select(
        *key,
        POSITION,
        *_fields(schema[child.origin], child.origin, {*key, POSITION, RESCUED, *PROVENANCE}),
        _FILE,
        pl.col(_ROW) * _POSITIONS + pl.col(POSITION),
    )


def record_of(row: _Number) -> _Number:
    """The number of the record that an element stands in.

    Args:
        row: `_row` of a child table: a number, or a column of them.

    >>> record_of(12_000_000_003), pl.select(record_of(pl.lit(12_000_000_003))).item()
    (12, 12)
    """
    return row // _POSITIONS


def _fields(kind: pl.DataType, column: str, taken: set[str]) -> list[pl.Expr]:
    """The members of the objects in a list, each a column; of other elements the element itself."""
    inner = kind.inner if isinstance(kind, pl.List) else kind
    if not isinstance(inner, pl.Struct):
        return [pl.col(column).alias(column_name(_VALUE, taken))]
    named: list[pl.Expr] = []
    for field in inner.fields:
        name = column_name(field.name, taken)
        taken.add(name)
        named.append(pl.col(column).struct.field(field.name).alias(name))
    return named


def meanings(child: Dataset) -> dict[str, dict[str, str]]:
    """The Delta field metadata of the columns that every child table has."""
    return {
        POSITION: {"comment": f"place in {child.origin} of {child.parent}, from 1"},
        _FILE: {"comment": "id of the landed file, see governance.processed_files"},
        _ROW: {"comment": "record number in the file, then nine digits for the position"},
    }
