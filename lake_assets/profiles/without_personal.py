"""A profile that was made before a column was known to be personal, as it may be shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from lake_assets.profiles.column_profile import ColumnProfile, TableProfile

__all__ = ["without_personal"]


def without_personal(profile: TableProfile, hidden: Collection[str]) -> TableProfile:
    """A profile without any value of columns that are personal by now, whatever they were when it was made.

    Args:
        profile: As it was made.
        hidden: The columns that are personal.
    """
    columns = tuple(_bare(each) if each.name in hidden else each for each in profile.columns)
    return replace(profile, columns=columns)


def _bare(column: ColumnProfile) -> ColumnProfile:
    return ColumnProfile(
        column.name, column.kind, column.nulls, column.distinct, is_personal=True, drift=column.drift
    )
