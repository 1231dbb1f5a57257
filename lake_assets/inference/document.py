"""A draft for programs."""

from __future__ import annotations

from lake_assets.inference.column_draft import ColumnDraft
from lake_assets.inference.draft import DatasetDraft, SourceDraft
from lake_assets.inference.yaml_text import yaml_text

__all__ = ["as_document"]


def as_document(draft: SourceDraft) -> dict[str, object]:
    """The draft as JSON holds it, with the YAML that declares it."""
    return {
        "name": draft.name,
        "connector": {"kind": draft.connector, **draft.connector_options},
        "notes": list(draft.notes),
        "yaml": yaml_text(draft),
        "datasets": [_dataset(each) for each in draft.datasets],
    }


def _dataset(draft: DatasetDraft) -> dict[str, object]:
    return {
        "name": draft.name,
        "from": draft.origin,
        "format": {"kind": draft.kind, **draft.options},
        "options": draft.dataset_options,
        "other_options": [dict(each) for each in draft.other_options],
        "key": list(draft.keys.best),
        "other_keys": [list(names) for names in draft.keys.others],
        "null_tokens": list(draft.null_tokens),
        "rules": [dict(rule) for rule in draft.rules],
        "records": draft.rows,
        "bad_records": draft.bad,
        "files": draft.files,
        "is_whole": draft.is_whole,
        "columns": [_column(each) for each in draft.columns],
    }


def _column(draft: ColumnDraft) -> dict[str, object]:
    column = draft.column
    return {
        "name": column.name,
        "element": column.source_name,
        "type": column.kind.value,
        "layout": column.layout,
        "unit": column.unit,
        "semantic": draft.meaning.name if draft.meaning else "",
        "is_personal": column.is_personal,
        "nulls": draft.values.null_count(),
        "distinct": draft.distinct,
    }
