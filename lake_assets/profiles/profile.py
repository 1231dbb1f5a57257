"""One version of a table, profiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter
from typing import cast

import polars as pl

from lake_assets.model import PROVENANCE
from lake_assets.profiles.column_profile import ColumnProfile, TableProfile
from lake_assets.profiles.distribution import (
    as_numbers,
    count_values,
    histogram_of,
    quantiles_of,
    shares_of,
    top_of,
)
from lake_assets.profiles.drift import drift_of
from lake_assets.profiles.keys import candidate_keys
from lake_assets.profiles.reading import Reading, is_measured, read_table
from lake_assets.profiles.texts import meaning_of_values, patterns_of
from lake_assets.storage.table import Table

__all__ = ["profile_table"]

_FEW_OF_SAMPLE = 0.02
"""Where so few of the rows of the sample differ, there are hardly values that it has not seen."""


def profile_table(
    table: Table, hidden: set[str], before: TableProfile | None = None, run_id: str = ""
) -> TableProfile:
    """Profile a table as it is.

    Args:
        table: The table.
        hidden: Columns of personal data: nothing of their values is kept.
        before: The version profiled before, to see what drifted.
        run_id: The run.
    """
    began = perf_counter()
    columns = [name for name in table.schema if name not in PROVENANCE]
    reading = read_table(table.scan(), table.row_count, columns, hidden)
    profiles = tuple(_column(name, table.schema[name], reading, before) for name in columns)
    shown = {each.name for each in profiles if not each.is_personal}
    return TableProfile(
        table=table.ref,
        version=table.version,
        rows=reading.rows,
        sampled=reading.sample.height,
        columns=profiles,
        keys=tuple(key for key in candidate_keys(reading) if shown.issuperset(key)),
        at=datetime.now(UTC),
        run_id=run_id,
        seconds=round(perf_counter() - began, 6),
    )


def _column(name: str, kind: pl.DataType, reading: Reading, before: TableProfile | None) -> ColumnProfile:
    figures = reading.figures[name]
    profile = ColumnProfile(
        name, str(kind).partition("(")[0], cast("int", figures["nulls"]), _distinct(name, reading)
    )
    if name not in reading.sample.columns:
        return replace(profile, is_personal=True)
    values = reading.sample[name]
    meaning = None if kind.is_nested() else meaning_of_values(name, values)
    if meaning is not None and meaning.is_personal:
        return replace(profile, meaning=meaning.name, is_personal=True)
    shown = profile if kind.is_nested() else _with_values(profile, kind, figures, values, before)
    return replace(shown, meaning=meaning.name if meaning else "")


def _distinct(name: str, reading: Reading) -> int | None:
    """How many different values there are: of few the sample has seen all, many are counted approximately."""
    counted = reading.figures[name].get("distinct")
    if counted is None or name not in reading.sample.columns:
        return cast("int | None", counted)
    seen = reading.sample[name].drop_nulls().n_unique()
    is_all = reading.is_whole or seen <= _FEW_OF_SAMPLE * reading.sample.height
    return seen if is_all else max(seen, min(cast("int", counted), reading.rows))


def _with_values(
    profile: ColumnProfile,
    kind: pl.DataType,
    figures: Mapping[str, object],
    values: pl.Series,
    before: TableProfile | None,
) -> ColumnProfile:
    numbers, counted = as_numbers(values) if is_measured(kind) else None, count_values(values)
    earlier = before.column(profile.name) if before else None
    return replace(
        profile,
        minimum=_text(figures.get("min")),
        maximum=_text(figures.get("max")),
        mean=cast("float | None", figures.get("mean")),
        std=cast("float | None", figures.get("std")),
        quantiles=() if numbers is None else quantiles_of(numbers),
        histogram=None if numbers is None else histogram_of(numbers),
        top=top_of(counted),
        patterns=patterns_of(values) if kind == pl.String else (),
        shares=shares_of(values, numbers, counted),
        drift=drift_of(values, numbers, counted, earlier, before.version) if before else None,
    )


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)[:100]
