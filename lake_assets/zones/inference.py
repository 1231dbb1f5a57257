"""The type of an element nobody declared, from a sample of it; careful, since it is pinned from then on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import polars as pl

from lake_assets.model import Column, ColumnType
from lake_assets.zones.columns import cast_column
from lake_assets.zones.instants import read_instants
from lake_assets.zones.number_layouts import find_number_layout
from lake_assets.zones.time_layouts import find_time_layout

__all__ = ["SAMPLE_ROWS", "column_name", "infer_column"]

SAMPLE_ROWS = 20_000

_INT = r"^-?(0|[1-9][0-9]{0,17})$"
# More digits before the point than a float holds exactly are no measurement but a number that names something.
_FLOAT = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_CODE = r"^[+-]?0[0-9]"
_TRUTH = (["true", "false"], ["yes", "no"])


def infer_column(
    source_name: str,
    sample: pl.Series,
    taken: AbstractSet[str],
    layouts: Sequence[tuple[ColumnType, str]] = (),
) -> Column:
    """Say which column an element becomes.

    Args:
        source_name: Its name in the file.
        sample: Some of its values, as the format gives them.
        taken: Column names that are in use.
        layouts: How values of a type are written, as declared.

    >>> infer_column("Zip Code", pl.Series(["00123", "10001"]), set())
    Column(name='zip_code', source_name='Zip Code', kind=<ColumnType.TEXT: 'text'>, layout='', unit='', \
description='', is_personal=False, other_names=())
    """
    kind, layout = _infer(sample.drop_nulls(), layouts)
    return Column(column_name(source_name, taken), source_name, kind, layout)


def _infer(values: pl.Series, layouts: Sequence[tuple[ColumnType, str]]) -> tuple[ColumnType, str]:
    if values.dtype != pl.String:
        return _of_type(values.dtype), ""
    if not values.len():
        return ColumnType.TEXT, ""
    if values.str.contains(_INT).all():
        return ColumnType.INT, ""
    declared = next((each for each in layouts if _fits(each, values)), None)
    return declared or _plain(values) or find_number_layout(values) or (ColumnType.TEXT, "")


def _plain(values: pl.Series) -> tuple[ColumnType, str] | None:
    """The type of values that are written as the casts read them without being told."""
    if values.str.contains(_FLOAT).all():
        return ColumnType.FLOAT, ""
    return (ColumnType.BOOL, "") if _is_truth(values) else _temporal(values)


def _fits(layout: tuple[ColumnType, str], values: pl.Series) -> bool:
    """Whether a cast by a declared layout loses nothing: no value, and no zero before other digits."""
    column = Column("made", values.name, *layout)
    is_code = column.kind in {ColumnType.INT, ColumnType.FLOAT} and values.str.contains(_CODE).any()
    return (
        not is_code
        and not values.to_frame().select(cast_column(column, pl.String())).to_series().null_count()
    )


def _is_truth(values: pl.Series) -> bool:
    """Whether all values are words for true and false; `no` alone may be Norway."""
    found = values.str.to_lowercase().unique()
    return any(
        found.is_in(words).all() and (words is _TRUTH[0] or found.len() == len(words)) for words in _TRUTH
    )


def _temporal(values: pl.Series) -> tuple[ColumnType, str] | None:
    found = find_time_layout(values)
    if found and found[0] is ColumnType.DATE:
        return found
    return found if read_instants(values).null_count() else (ColumnType.DATETIME, "")


def _of_type(kind: pl.DataType) -> ColumnType:
    if kind.is_nested():
        return ColumnType.NESTED
    if kind.is_integer():
        return ColumnType.INT
    if kind.is_float():
        return ColumnType.FLOAT
    if kind == pl.Boolean:
        return ColumnType.BOOL
    if kind == pl.Date:
        return ColumnType.DATE
    return ColumnType.DATETIME if isinstance(kind, pl.Datetime) else ColumnType.TEXT


def column_name(source_name: str, taken: AbstractSet[str]) -> str:
    """A lower snake case name for an element, not in use yet.

    >>> column_name("Dep. Time", {"dep_time"})
    'dep_time_2'
    """
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", source_name)
    plain = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_") or "column"
    named = f"c_{plain}" if plain[0].isdigit() else plain
    numbered = (f"{named}_{number}" for number in range(2, len(taken) + 3))
    return named if named not in taken else next(name for name in numbered if name not in taken)
