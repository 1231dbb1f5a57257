"""Replay: rows that were set aside are judged again by the rules as they are now, and taken back where they keep them.

Exactly once, see `retake`. A row that a later one of its key has overtaken meanwhile is closed as well, but does not
come back.
"""

from __future__ import annotations

from lake_assets.model import Dataset, Run, StepReport, Zone
from lake_assets.quality import Lookup
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table
from lake_assets.zones.retake import retake

__all__ = ["replay"]


def replay(root: LakeRoot, dataset: Dataset, run: Run, lookup: Lookup, why: str) -> StepReport | None:
    """Judge again what the trusted zone set aside of a dataset, and what was decoded anew.

    Args:
        root: The lake.
        dataset: The dataset, with the rules as they are now.
        run: The run, for the record.
        lookup: Finds the rows of a table that a rule refers to.
        why: Why, for the record.

    Returns:
        What was taken back; see `retake`.
    """
    formatted = find_table(root, dataset.table(Zone.FORMATTED))
    return retake(dataset, formatted, run, lookup, why, takes_aside=True) if formatted else None
