"""What one commit does to a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from lake_assets.storage.data_files import DataFile

__all__ = ["Change", "announcement"]


@dataclass(frozen=True)
class Change:
    """What one commit does to a table.

    Args:
        schema: Columns of the added files. Columns that the table lacks are added to it.
        adds: Files to add, written and durable.
        removes: Paths of files to remove, as the table's log spells them.
        consumed: How far each input has been consumed once this is committed, by input name.
        note: What the commit says of itself: run, code, input versions, counts; JSON values.
        column_notes: Delta field metadata of columns, by name, for columns that this commit makes.
        is_data_change: False when rows are only laid out anew.
        replaces_table: True when the files and the schema take the place of all that is there.
        announces: Names of what the note holds for tables that follow this one; see `follow`.
        owns_adds: False when the added files are older than the decision to add them: they outlive a lost race.
    """

    schema: pl.Schema
    adds: Sequence[DataFile] = ()
    removes: Sequence[str] = ()
    consumed: dict[str, int] = field(default_factory=dict)
    note: dict[str, object] = field(default_factory=dict)
    column_notes: dict[str, dict[str, str]] = field(default_factory=dict)
    is_data_change: bool = True
    replaces_table: bool = False
    announces: Sequence[str] = ()
    owns_adds: bool = True


def announcement(name: str) -> str:
    """The app transaction that holds the version of the newest commit that announced a name."""
    return f"announced:{name}"
