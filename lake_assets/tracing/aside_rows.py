"""Rows of a quarantine chosen by what it says of them, or by what their records say."""

from __future__ import annotations

import polars as pl

from lake_assets.model import PROVENANCE, Dataset, Zone
from lake_assets.storage.table import Table
from lake_assets.tracing.chosen import choose, predicate
from lake_assets.tracing.world import World
from lake_assets.zones.quarantine import as_told

__all__ = ["aside_rows"]

_WHOLE = "\0whole"


def aside_rows(
    world: World, dataset: Dataset | None, quarantine: Table, where: str, limit: int, *, of_records: bool
) -> pl.DataFrame:
    """The first rows of a quarantine for which a predicate holds.

    Args:
        world: The lake.
        dataset: Whose quarantine it is; None when it is not declared any more.
        quarantine: The quarantine.
        where: In SQL, over its columns or those of its records.
        limit: How many rows at most.
        of_records: Whether a name that both have means the column of the records.

    Raises:
        QueryError: When the predicate is not valid, or names a column that neither has.
    """
    rows, place = as_told(quarantine.scan()), str(quarantine.ref)
    there, names = rows.collect_schema().names(), dict.fromkeys(predicate(where).meta.root_names())
    meant = set(PROVENANCE) if of_records else set(there)
    schema = _schema(world, dataset)
    wanted = [name for name in names if name not in meant]
    if not wanted or not set(wanted) <= set(schema):
        # What no record has a column for, none of them is like.
        return rows.clear().collect() if of_records and wanted else choose(rows, where, limit, place)
    values = [_value(name, schema[name]) for name in wanted]
    others = [pl.col(name) for name in there if name not in wanted]
    told = rows.filter(pl.col("stage") == Zone.TRUSTED.value)
    told = told.select(pl.struct(there).alias(_WHOLE), *values, *others)
    return choose(told, where, limit, place).select(_WHOLE).unnest(_WHOLE)


def _schema(world: World, dataset: Dataset | None) -> pl.Schema:
    """The columns that records have: those of the trusted table, or of the formatted one while there is none."""
    if dataset is None:
        return pl.Schema()
    found = world.table(dataset.table(Zone.TRUSTED)) or world.table(dataset.table(Zone.FORMATTED))
    return found.schema if found else pl.Schema()


def _value(name: str, kind: pl.DataType) -> pl.Expr:
    """What a record says in a column, from its JSON."""
    quoted = name.replace("'", "\\'")
    text = pl.col("record").str.json_path_match(f"$['{quoted}']")
    if isinstance(kind, pl.Datetime):
        return text.str.to_datetime(time_unit="us", time_zone=kind.time_zone, strict=False).alias(name)
    if kind == pl.Date:
        return text.str.to_date(strict=False).alias(name)
    if kind == pl.Boolean:
        return (text == "true").alias(name)
    return (text if kind.is_nested() else text.cast(kind, strict=False)).alias(name)
