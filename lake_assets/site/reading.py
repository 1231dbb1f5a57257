"""The facts of a lake: from transaction logs and the tables of governance; of the rows, quarantine alone is counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial

import polars as pl

from lake_assets.governance.processed_files import PROCESSED_FILES
from lake_assets.governance.runs import RUNS
from lake_assets.model import TableRef, Zone
from lake_assets.profiles import PROFILES, last_profiles
from lake_assets.site.facts import ColumnFacts, Facts, RunFacts, SetAside, TableFacts
from lake_assets.site.landings import read_landings, read_names
from lake_assets.site.places import files_in
from lake_assets.site.run_history import read_runs
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.zones.quarantine import open_count
from lake_assets.zones.quarantine_counts import count_by_rule
from lake_assets.zones.temporary_landing import MANIFEST

__all__ = ["read_facts"]

_AT_ONCE = 8
_PARAMETER = re.compile(r"\b(?:time_unit|time_zone|precision|scale)=")


def read_facts(root: LakeRoot) -> Facts:
    """Read what there is of a lake; of one that is empty, nothing.

    Args:
        root: The lake.
    """
    tables = {table.ref: table for table in _tables(root)}
    aside = {ref.name: table for ref, table in tables.items() if ref.zone is Zone.QUARANTINE}
    rows_set_aside = {name: open_count(table) for name, table in aside.items()}
    files, runs = tables.get(PROCESSED_FILES), read_runs(tables.get(RUNS))
    return Facts(
        tables={ref: _facts(table) for ref, table in tables.items()},
        runs=runs,
        landings=read_landings(files),
        set_aside={name: _set_aside(table) for name, table in aside.items() if rows_set_aside[name]},
        rows_set_aside=rows_set_aside,
        profiles=last_profiles(tables.get(PROFILES)),
        file_names=read_names(files, _files_spoken_of(runs)),
        waiting=_waiting(root),
    )


def _files_spoken_of(runs: Mapping[TableRef, tuple[RunFacts, ...]]) -> set[int]:
    """The files that the newest verdicts name as the first that break a rule."""
    examples = (verdict.example for each in runs.values() for verdict in each[0].verdicts.values())
    return {file_id for example in examples for file_id in files_in(example)}


def _waiting(root: LakeRoot) -> int:
    """Count the files of finished batches; those of a batch under way are not there yet."""
    parts = [entry.path.rpartition("/") for entry in root.files.list(Zone.TEMPORARY_LANDING.value)]
    finished = {folder for folder, _, name in parts if name == MANIFEST}
    return sum(folder in finished and name != MANIFEST for folder, _, name in parts)


def _tables(root: LakeRoot) -> list[Table]:
    """Every table, opened side by side: what takes time is the disk or the store."""
    zones = [zone for zone in Zone if zone.holds_tables]
    refs = [TableRef(zone, name) for zone in zones for name in sorted(root.files.folders(zone.value))]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [table for table in pool.map(partial(find_table, root), refs) if table is not None]


def _facts(table: Table) -> TableFacts:
    comments = {each.name: str(each.metadata.get("comment", "")) for each in table.delta.schema().fields}
    columns = tuple(
        ColumnFacts(name, _kind_text(kind), comments[name]) for name, kind in table.schema.items()
    )
    return TableFacts(
        table.ref, table.version, table.row_count, table.files.height, table.size_bytes, columns
    )


@cache
def _kind_text(kind: pl.DataType) -> str:
    """The type without the names of its parameters.

    >>> _kind_text(pl.Datetime("us", "UTC")), _kind_text(pl.Int64())
    ('Datetime(us, UTC)', 'Int64')
    """
    return _PARAMETER.sub("", str(kind)).replace("'", "")


def _set_aside(table: Table) -> tuple[SetAside, ...]:
    return tuple(SetAside(**row) for row in count_by_rule(table).iter_rows(named=True))
