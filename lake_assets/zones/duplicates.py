"""Duplicates: rows that say again what another row says, left out of the trusted table and counted as merged."""

from __future__ import annotations

import polars as pl

from lake_assets.cleaning import DEDUPLICATE, Tally
from lake_assets.model import PROVENANCE, CleaningStep, Dataset
from lake_assets.quality import is_at, superseded
from lake_assets.quality.position import position
from lake_assets.quality.records import record_text
from lake_assets.quality.repeats import is_first
from lake_assets.zones.contents import aligned

__all__ = ["duplicates"]

_FILE = PROVENANCE[0]
_WHOLE, _OF_FILE = "\0whole", "\0file"


def duplicates(
    dataset: Dataset, rows: pl.LazyFrame, known: pl.LazyFrame | None, tally: Tally | None = None
) -> pl.Series:
    """Positions of the rows that are left out, since another one that is like them is kept.

    Args:
        dataset: Whose rows they are.
        rows: Clean rows with provenance, all of which keep the rules.
        known: The rows of the table beside which they are to stand; None where there are none.
        tally: Is told how many each step leaves out.
    """
    gone = pl.Series(dtype=pl.Int128)
    for number, step in enumerate(dataset.clean, start=1):
        if step.kind == DEDUPLICATE:
            found = _again(dataset, step, rows.filter(~is_at(gone)), known)
            gone = pl.concat([gone, found])
            if tally:
                tally.add((number, DEDUPLICATE, ", ".join(step.columns) or "*"), found.len())
    return gone


def _again(dataset: Dataset, step: CleaningStep, rows: pl.LazyFrame, known: pl.LazyFrame | None) -> pl.Series:
    schema = rows.collect_schema()
    keys = step.columns
    if not keys:
        # As text, so that null is like null.
        keys, text = (_WHOLE,), record_text(schema).alias(_WHOLE)
        rows = rows.with_columns(text)
        known = None if known is None else aligned(known, schema).with_columns(text)
    if dataset.write_mode.goes_file_by_file:
        # Under another name: what looks for repeats takes the provenance by itself.
        keys, rows = (*keys, _OF_FILE), rows.with_columns(pl.col(_FILE).alias(_OF_FILE))
    if step.options["keep"] == "latest":
        is_whole = pl.all_horizontal(pl.col(key).is_not_null() for key in keys)
        return superseded(keys, rows, is_whole)
    return (
        rows.filter(~is_first(keys, rows, known)).select(position()).collect(engine="streaming").to_series()
    )
