"""Profiles of tables: what each version holds, and how it differs from the one before.

A profile is one streaming pass over the table for what is exact and cheap, and a sample for the rest. Profiles are kept
in `governance.profiles`, can be made again at any time, and never hold a value of a personal column.
"""

from lake_assets.profiles.column_profile import ColumnProfile, Drift, TableProfile
from lake_assets.profiles.document import as_document
from lake_assets.profiles.picture import picture_of
from lake_assets.profiles.profile import profile_table
from lake_assets.profiles.store import (
    PROFILES,
    PROFILES_COLUMNS,
    is_profiled,
    last_profile,
    last_profiles,
    record_profiles,
)
from lake_assets.profiles.tabular import table_of
from lake_assets.profiles.without_personal import without_personal

__all__ = [
    "PROFILES",
    "PROFILES_COLUMNS",
    "ColumnProfile",
    "Drift",
    "TableProfile",
    "as_document",
    "is_profiled",
    "last_profile",
    "last_profiles",
    "picture_of",
    "profile_table",
    "record_profiles",
    "table_of",
    "without_personal",
]
