"""Records of JSON, objects, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from lake_assets.errors import DecodeError
from lake_assets.formats._json_shape import JsonShape
from lake_assets.formats._json_text import JsonValue, is_text
from lake_assets.formats.protocol import ROW

__all__ = ["json_schema", "to_rows"]


def json_schema(shape: JsonShape, place: str) -> pl.Schema:
    """One column for each key that any record has, then the record number.

    Args:
        shape: Of all records.
        place: The file, for errors.

    Raises:
        DecodeError: When a key cannot be the name of an element.
    """
    mend = f"let the source give it another name; {ROW} is the lake's own"
    if ROW in shape.fields:
        raise DecodeError(f"an element is named {ROW!r}", place=place, mend=mend)
    if wrong := [name for name in shape.fields if not is_text(name)]:
        raise DecodeError(
            f"the name of an element is no text: {wrong[0]!a}", place=place, mend="mend the source"
        )
    return pl.Schema({name: field.dtype for name, field in shape.fields.items()} | {ROW: pl.Int64()})


def to_rows(
    shape: JsonShape, columns: Mapping[str, Sequence[JsonValue]], numbers: Sequence[int]
) -> pl.DataFrame:
    """Make rows of records.

    Args:
        shape: Of all records of the file, these among them.
        columns: The values of some of them, by key; see `columns_of`.
        numbers: Their record numbers.

    Returns:
        As many rows, in the same order, of the schema that `json_schema` gives.
    """
    none = [None] * len(numbers)
    made = {name: field.series(name, columns.get(name, none)) for name, field in shape.fields.items()}
    return pl.DataFrame(made | {ROW: pl.Series(ROW, numbers, pl.Int64)})
