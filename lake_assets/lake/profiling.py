"""Profiles of the tables of a lake: of those that changed since they were profiled last, or of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lake_assets.lake.lake import Lake
from lake_assets.model import TableRef, Zone
from lake_assets.profiles import (
    PROFILES,
    TableProfile,
    is_profiled,
    last_profile,
    profile_table,
    record_profiles,
    without_personal,
)
from lake_assets.storage.table import Table, find_table

__all__ = ["profile_of", "profile_tables", "profiled_tables"]


def profiled_tables(lake: Lake) -> list[TableRef]:
    """The tables that are to be profiled: trusted and exploitation, unless `profile: false` is declared."""
    declared = lake.declarations
    trusted = [dataset.table(Zone.TRUSTED) for dataset in declared.datasets if dataset.is_profiled]
    return [*trusted, *(each.target for each in declared.transformations if each.is_profiled)]


def profile_tables(lake: Lake, refs: Iterable[TableRef], run_id: str) -> list[TableProfile]:
    """Profile and record those of some tables that changed since; one commit for all.

    Args:
        lake: The lake.
        refs: The tables; those that are not there yet are passed over.
        run_id: The run.

    Returns:
        The new profiles.
    """
    root = lake.root_to_write()
    made = list(_made(lake, refs, find_table(root, PROFILES), run_id))
    if made:
        record_profiles(root, made)
    return [profile for _, profile in made]


def _made(
    lake: Lake, refs: Iterable[TableRef], profiles: Table | None, run_id: str
) -> Iterator[tuple[Table, TableProfile]]:
    for ref in refs:
        table = find_table(lake.root, ref)
        if table is not None and not is_profiled(lake.root, table, profiles):
            yield table, profile_table(table, lake.hidden(ref), last_profile(profiles, ref), run_id)


def profile_of(lake: Lake, name: str, run_id: str) -> TableProfile:
    """The profile of a table as it is: the recorded one, or a new one, which is recorded.

    Args:
        lake: The lake.
        name: `zone.table`, of any zone.
        run_id: The run.

    Raises:
        UnknownTableError: When it is not there.
    """
    table, profiles = lake.table(name), find_table(lake.root, PROFILES)
    known, hidden = last_profile(profiles, table.ref), lake.hidden(table.ref)
    if known is not None and is_profiled(lake.root, table, profiles):
        return without_personal(known, hidden)
    root, table = lake.root_to_write(), lake.table(name)
    made = profile_table(table, hidden, known, run_id)
    record_profiles(root, [(table, made)])
    return made
