"""Statistics of a data file, from its parquet footer to Delta's JSON: bounds that bound, or none.

Source: Delta Lake transaction log protocol, "Per-file Statistics".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lake_assets.model import PROVENANCE, RESCUED
from lake_assets.storage.root import LakeRoot

__all__ = ["read_statistics"]

_COLUMNS = 32
_TEXT_LENGTH = 32
_TAIL_BYTES = 1 << 16
_END_BYTES = 8
_SURROGATES = range(0xD800, 0xE000)
_Bound = str | int | float | bool


def read_statistics(root: LakeRoot, path: str) -> str:
    """Read the footer of a parquet file and say it in Delta's words.

    Args:
        root: The lake.
        path: The file, under the root.

    Returns:
        JSON with `numRecords`, `minValues`, `maxValues` and `nullCount` of the first 32 plain columns and of the
        provenance columns, and `nullCount` of the rescued cells. A column lacks a bound where none can be said: the
        footer does not count NaN, which is greater than any number, so floats have no upper bound.
    """
    footer = _footer(root, path)
    minima: dict[str, _Bound] = {}
    maxima: dict[str, _Bound] = {}
    nulls: dict[str, int] = {}
    for index, name in _plain_columns(footer):
        parts = [footer.row_group(group).column(index).statistics for group in range(footer.num_row_groups)]
        if all(part is not None and part.has_null_count for part in parts):
            nulls[name] = sum(part.null_count for part in parts)
        if index >= _COLUMNS and name == RESCUED:
            continue
        _set(minima, name, _lower(_extreme(parts, "min", min)))
        _set(maxima, name, _upper(_extreme(parts, "max", max)))
    said = {"numRecords": footer.num_rows, "minValues": minima, "maxValues": maxima, "nullCount": nulls}
    # delta-rs 1.6 misreads an escaped surrogate pair, so letters beyond the basic plane stand as they are.
    return json.dumps(said, ensure_ascii=False)


def _footer(root: LakeRoot, path: str) -> pq.FileMetaData:
    end = root.files.tail(path, _TAIL_BYTES)
    needed = int.from_bytes(end[-_END_BYTES : -_END_BYTES // 2], "little") + _END_BYTES
    if needed > len(end):
        end = root.files.tail(path, needed)
    return pq.read_metadata(pa.BufferReader(end))


def _plain_columns(footer: pq.FileMetaData) -> Iterator[tuple[int, str]]:
    for index in range(footer.num_columns):
        name = footer.schema.column(index).path
        if "." not in name and (index < _COLUMNS or name in {*PROVENANCE, RESCUED}):
            yield index, name


def _extreme(parts: Sequence[Any], side: str, of: Callable[[list[Any]], object]) -> object:
    """The extreme of all row groups; None when one of them does not say, or says what Python cannot hold."""
    filled = [part for part in parts if part is None or part.num_values]
    if not filled or not all(part is not None and part.has_min_max for part in filled):
        return None
    try:
        return of([getattr(part, side) for part in filled])
    except (OverflowError, ValueError):
        return None


def _set(bounds: dict[str, _Bound], name: str, value: _Bound | None) -> None:
    if value is not None:
        bounds[name] = value


def _lower(value: object) -> _Bound | None:
    """A bound at or below the value, or None where none can be said."""
    return value[:_TEXT_LENGTH] if isinstance(value, str) else _plain(value)


def _upper(value: object) -> _Bound | None:
    """A bound at or above the value, or None where none can be said."""
    if isinstance(value, float):
        return None
    if isinstance(value, str):
        return value if len(value) <= _TEXT_LENGTH else _next_text(value[:_TEXT_LENGTH])
    if isinstance(value, datetime) and value.microsecond % 1000:
        return _next_millisecond(value)
    return _plain(value)


def _next_millisecond(value: datetime) -> _Bound | None:
    try:
        return _plain(value + timedelta(milliseconds=1))
    except OverflowError:
        return None


def _next_text(prefix: str) -> str | None:
    for end in range(len(prefix), 0, -1):
        following = ord(prefix[end - 1]) + 1
        if following <= sys.maxunicode and following not in _SURROGATES:
            return prefix[: end - 1] + chr(following)
    return None


def _plain(value: object) -> _Bound | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    return value if isinstance(value, (bool, int)) else None
