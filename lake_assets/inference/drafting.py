"""A dataset drafted from what was read of it."""

from __future__ import annotations

from collections.abc import Sequence

from lake_assets.inference.columns import draft_columns
from lake_assets.inference.draft import DatasetDraft
from lake_assets.inference.keys import Keys, find_keys
from lake_assets.inference.nulls import null_tokens, without_tokens
from lake_assets.inference.reading import Reading
from lake_assets.inference.suggestions import suggest_rules
from lake_assets.inference.target import Target

__all__ = ["draft_dataset"]

_WITHOUT_TOKENS = {"json", "lines", "weblog", "blob", "kafka"}
"""Formats that have no texts for null."""


def draft_dataset(target: Target, reading: Reading, key: Sequence[str] = ()) -> DatasetDraft:
    """Draft a dataset.

    Args:
        target: Where it is.
        reading: What came out of a sample.
        key: The elements that are known to identify a row; without any they are looked for.
    """
    tokens = () if reading.kind in _WITHOUT_TOKENS else null_tokens(reading.frame)
    columns = draft_columns(without_tokens(reading.frame, tokens)) if reading.kind != "blob" else []
    names = {each.column.source_name: each.name for each in columns}
    known = Keys(tuple(names[each] for each in key))
    keys = known if key else find_keys(columns, reading.frame.height)
    return DatasetDraft(
        target.name,
        target.origin,
        reading.kind,
        reading.options,
        target.dataset_options,
        tuple(columns),
        keys,
        tokens,
        tuple(suggest_rules(columns, keys.best, reading.frame.height)),
        reading.frame.height,
        reading.files,
        is_whole=reading.is_whole,
        bad=reading.bad,
    )
