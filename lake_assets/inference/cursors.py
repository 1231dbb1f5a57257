"""Which columns may tell the new rows of a table from those that are known."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from lake_assets.inference.column_draft import ColumnDraft
from lake_assets.inference.draft import DatasetDraft
from lake_assets.model import ColumnType, Options

__all__ = ["with_cursors"]

_CHANGED = re.compile(r"(?:^|_)(?:updated|modified|changed|edited|mtime|last_update|last_change)(?:_|$)")
_CREATED = re.compile(r"(?:^|_)(?:created|inserted|added|recorded|logged)(?:_|$)")
_TIMES = {ColumnType.DATETIME, ColumnType.DATE}
_MOST_SHOWN = 3


def with_cursors(draft: DatasetDraft, comparable: Collection[str]) -> DatasetDraft:
    """A draft of a table with what to ask for new rows by.

    A wrong cursor loses changes. So one is declared only where its name says that it grows with every change, no row of
    the sample lacks it, and a key tells which row changed. Others, which find new rows but no changes, are comments.

    Args:
        draft: The draft.
        comparable: The elements that can be compared.
    """
    there = [each for each in draft.columns if each.column.source_name in comparable and not each.has_nulls]
    changed = [each for each in there if _tells_changes(each)]
    others = [each for each in there if _grows(each, draft.keys.best) and each not in changed]
    others.sort(key=lambda each: not _CREATED.search(each.name))
    best = changed[:1] if draft.keys.best and draft.rows else []
    rest = [each for each in (*changed, *others) if each not in best]
    return replace(
        draft,
        dataset_options=_incremental(best[0]) if best else draft.dataset_options,
        other_options=tuple(map(_incremental, rest[:_MOST_SHOWN])),
    )


def _tells_changes(each: ColumnDraft) -> bool:
    return each.kind in {*_TIMES, ColumnType.INT} and bool(_CHANGED.search(each.name))


def _grows(each: ColumnDraft, key: Collection[str]) -> bool:
    """Whether rows that come later may have more: times of what happened, and a number that identifies."""
    is_number = each.kind is ColumnType.INT and [*key] == [each.name]
    return (
        is_number
        or each.kind is ColumnType.DATETIME
        or bool(each.kind in _TIMES and _CREATED.search(each.name))
    )


def _incremental(each: ColumnDraft) -> Options:
    return {"incremental": {"cursor_path": each.column.source_name}}
