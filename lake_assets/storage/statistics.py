"""Statistics of a data file, from its parquet footer to Delta's JSON.

Source: Delta Lake transaction log protocol, "Per-file Statistics".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq

from lake_assets.model import PROVENANCE
from lake_assets.storage.root import LakeRoot

__all__ = ["read_statistics"]

_COLUMNS = 32
_TEXT_LENGTH = 32
_Bound = str | int | float | bool


def read_statistics(root: LakeRoot, path: str) -> str:
    """Read the footer of a parquet file and say it in Delta's words.

    Args:
        root: The lake.
        path: The file, under the root.

    Returns:
        JSON with `numRecords`, `minValues`, `maxValues` and `nullCount` of the first 32 plain columns and of the
        provenance columns.
    """
    with root.files.open(path) as stream:
        source = stream if root.is_local else pa.BufferReader(stream.read())
        footer = pq.ParquetFile(source).metadata
    minima: dict[str, _Bound] = {}
    maxima: dict[str, _Bound] = {}
    nulls: dict[str, int] = {}
    for index, name in _plain_columns(footer):
        parts = [footer.row_group(group).column(index).statistics for group in range(footer.num_row_groups)]
        if all(part is not None and part.has_null_count for part in parts):
            nulls[name] = sum(part.null_count for part in parts)
        bounded = [part for part in parts if part is not None and part.has_min_max]
        if bounded and len(bounded) == len([part for part in parts if part is None or part.num_values]):
            _set(minima, name, _lower(min(part.min for part in bounded)))
            _set(maxima, name, _upper(max(part.max for part in bounded)))
    return json.dumps({"numRecords": footer.num_rows, "minValues": minima, "maxValues": maxima, "nullCount": nulls})


def _plain_columns(footer: pq.FileMetaData) -> Iterator[tuple[int, str]]:
    for index in range(footer.num_columns):
        name = footer.schema.column(index).path
        if "." not in name and (index < _COLUMNS or name in PROVENANCE):
            yield index, name


def _set(bounds: dict[str, _Bound], name: str, value: _Bound | None) -> None:
    if value is not None:
        bounds[name] = value


def _lower(value: object) -> _Bound | None:
    """A bound at or below the value."""
    return value[:_TEXT_LENGTH] if isinstance(value, str) else _plain(value)


def _upper(value: object) -> _Bound | None:
    """A bound at or above the value, or None where none can be said."""
    if isinstance(value, str):
        return value if len(value) <= _TEXT_LENGTH else _next_text(value[:_TEXT_LENGTH])
    if isinstance(value, datetime) and value.microsecond % 1000:
        return _plain(value + timedelta(milliseconds=1))
    return _plain(value)


def _next_text(prefix: str) -> str | None:
    for end in range(len(prefix), 0, -1):
        following = ord(prefix[end - 1]) + 1
        if following < 0xD800 or 0xE000 <= following <= 0x10FFFF:
            return prefix[: end - 1] + chr(following)
    return None


def _plain(value: object) -> _Bound | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if abs(value) < float("inf") and value == value else None  # noqa: PLR0124 - NaN
    return value if isinstance(value, (bool, int)) else None
