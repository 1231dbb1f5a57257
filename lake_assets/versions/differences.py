"""What differs between two versions of a table, read only from the data files that they do not share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.model import PROVENANCE
from lake_assets.storage.table import Table
from lake_assets.storage.versions import refuse_gone
from lake_assets.versions.compared import Compared, compare
from lake_assets.versions.schemas import SchemaChange, schema_changes, types_of

__all__ = ["ChangedCell", "ChangedRow", "TableDiff", "diff_versions"]

_HIDDEN = "(personal)"


@dataclass(frozen=True)
class ChangedCell:
    """A cell that says something else.

    Args:
        column: Its column.
        before: What it said.
        after: What it says since.
    """

    column: str
    before: object
    after: object


@dataclass(frozen=True)
class ChangedRow:
    """A row that is in both versions, and not the same.

    Args:
        key: What identifies it.
        cells: The cells that differ.
    """

    key: dict[str, object]
    cells: tuple[ChangedCell, ...]


@dataclass(frozen=True)
class TableDiff:
    """What differs between two versions of a table.

    Args:
        table: Its name.
        old: The one version.
        new: The other.
        key: The columns by which rows of the two were matched; empty where whole rows were.
        schema_changes: Columns that differ.
        rows_before: Rows of the one version.
        rows_after: Rows of the other.
        added: Number of rows that only the new version has.
        removed: Number of rows that only the old version has.
        changed: Number of rows that both have, with other cells.
        came_again: Number of rows that say the same and come from another record of a landed file.
        files_read: Number of data files that only one version has.
        files_shared: Number of data files that both have, and that were not read.
        added_rows: The first of the added rows, by key.
        removed_rows: The first of the removed rows, by key.
        changed_rows: The first of the changed rows, by key.
    """

    table: str
    old: int
    new: int
    key: tuple[str, ...]
    schema_changes: tuple[SchemaChange, ...]
    rows_before: int
    rows_after: int
    added: int
    removed: int
    changed: int
    came_again: int
    files_read: int
    files_shared: int
    added_rows: tuple[dict[str, object], ...] = ()
    removed_rows: tuple[dict[str, object], ...] = ()
    changed_rows: tuple[ChangedRow, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same."""
        return not (self.added or self.removed or self.changed or self.schema_changes)


def diff_versions(
    old: Table, new: Table, keys: Sequence[Sequence[str]], hidden: Collection[str], limit: int
) -> TableDiff:
    """What differs between two versions of a table.

    Args:
        old: The one version.
        new: The other.
        keys: Columns that may identify a row, the best first; the first that do in what was read are taken, and whole
            rows are compared where none do.
        hidden: Columns whose values are not told.
        limit: How many rows to tell of each sort.

    Raises:
        StorageError: When files of a version have been vacuumed.
    """
    here, there = _paths(old), _paths(new)
    gone, come = sorted(here - there), sorted(there - here)
    refuse_gone(old, gone)
    refuse_gone(new, come)
    found = compare(_rows(old, gone), _rows(new, come), keys)
    counts = found.counts()
    return TableDiff(
        table=str(new.ref),
        old=old.version,
        new=new.version,
        key=found.shown_key,
        schema_changes=schema_changes(types_of(old.schema), types_of(new.schema)),
        rows_before=old.row_count,
        rows_after=new.row_count,
        **counts,
        files_read=len(gone) + len(come),
        files_shared=len(here & there),
        added_rows=_told(found.added, found, hidden, limit),
        removed_rows=_told(found.removed, found, hidden, limit),
        changed_rows=_changed(found, hidden, limit),
    )


def _paths(table: Table) -> set[str]:
    return set(table.files["path"]) if table.files.height else set()


def _rows(table: Table, paths: list[str]) -> pl.LazyFrame:
    return table.scan_files(paths) if paths else pl.LazyFrame(schema=table.schema)


def _first(rows: pl.LazyFrame, found: Compared, limit: int) -> pl.DataFrame:
    return rows.sort(found.order, nulls_last=True).head(limit).collect(engine="streaming")


def _told(
    rows: pl.LazyFrame, found: Compared, hidden: Collection[str], limit: int
) -> tuple[dict[str, object], ...]:
    masks = [pl.lit(_HIDDEN).alias(name) for name in found.names if name in hidden]
    return tuple(_first(rows, found, limit).select(found.names).with_columns(masks).iter_rows(named=True))


def _changed(found: Compared, hidden: Collection[str], limit: int) -> tuple[ChangedRow, ...]:
    both = _first(found.changed, found, limit)
    return tuple(_changed_row(row, found, hidden) for row in both.iter_rows(named=True))


def _changed_row(row: dict[str, object], found: Compared, hidden: Collection[str]) -> ChangedRow:
    key = {name: _HIDDEN if name in hidden else row[name] for name in found.shown_key}
    cells = [
        ChangedCell(name, *((_HIDDEN, _HIDDEN) if name in hidden else (row[name], row[found.later(name)])))
        for name in found.names
        if name not in {*found.shown_key, *PROVENANCE} and not _is_same(row[name], row[found.later(name)])
    ]
    return ChangedRow(key, tuple(cells))


def _is_same(before: object, after: object) -> bool:
    """Whether two cells say the same; what is no number is like itself."""
    return before == after or (before != before and after != after)  # noqa: PLR0124 - so NaN is told
