"""The columns of a dataset, from a sample of its elements."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from lake_assets.inference.column_draft import ColumnDraft
from lake_assets.inference.meanings import PERSON_NAME, Meaning, meaning_of
from lake_assets.model import Column, ColumnType, Mapping
from lake_assets.zones.columns import cast_column
from lake_assets.zones.pinned_mapping import extend

__all__ = ["draft_columns"]

_LOOKED_AT = 1_000
_ISO_DATE = "%Y-%m-%d"  # goes without saying
_IDENTIFYING = {
    "e-mail address",
    "phone number",
    "person name",
    "date of birth",
    "personal number",
    "postal address",
}


def draft_columns(frame: pl.DataFrame) -> list[ColumnDraft]:
    """Name, type and understand each element, in the order of the file.

    Args:
        frame: Some records, with null for what means it.
    """
    mapping = extend(Mapping(), frame.to_dict())
    drafts = [_draft(column, frame[column.source_name]) for column in mapping.columns]
    is_about_people = any(each.meaning and each.meaning.name in _IDENTIFYING for each in drafts)
    return [_named(each) if is_about_people else each for each in drafts]


def _draft(column: Column, element: pl.Series) -> ColumnDraft:
    meaning = meaning_of(column.name, _texts(element))
    kind = _kind(column, element, meaning)
    told = replace(
        column,
        kind=kind,
        layout=column.layout if kind is column.kind and column.layout != _ISO_DATE else "",
        unit=meaning.unit if meaning else "",
        is_personal=bool(meaning and meaning.is_personal),
    )
    return ColumnDraft(told, _stored(told, element), meaning)


def _kind(column: Column, element: pl.Series, meaning: Meaning | None) -> ColumnType:
    """The type; a code that the file writes in digits stays the text that it is."""
    is_code = meaning is not None and meaning.is_code
    return ColumnType.TEXT if is_code and element.dtype == pl.String else column.kind


def _texts(element: pl.Series) -> list[str]:
    if element.dtype.is_nested():
        return []
    distinct = element.drop_nulls().unique(maintain_order=True).head(_LOOKED_AT)
    return [str(value) for value in distinct]


def _stored(column: Column, element: pl.Series) -> pl.Series:
    if column.kind is ColumnType.NESTED:
        return pl.Series(column.name, [], pl.Null)
    return element.to_frame().select(cast_column(column, element.dtype)).to_series()


def _named(draft: ColumnDraft) -> ColumnDraft:
    """A name is a person's where other columns tell of people."""
    if draft.name != "name" or draft.meaning or draft.kind is not ColumnType.TEXT:
        return draft
    return ColumnDraft(replace(draft.column, is_personal=True), draft.values, PERSON_NAME)
