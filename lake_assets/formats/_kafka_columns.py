"""What every message has beside its value, as columns."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from lake_assets.formats._json_text import JsonValue

__all__ = ["OURS", "message_columns", "text_of"]

OURS = frozenset({"kafka_partition", "kafka_offset", "kafka_timestamp", "kafka_key", "kafka_headers"})
"""Names that no element of a value may have."""

_HEADERS = pl.List(pl.Struct({"name": pl.String(), "value": pl.String()}))


def message_columns(messages: Sequence[dict[str, JsonValue]]) -> list[pl.Series]:
    """Columns of messages as they were landed.

    Args:
        messages: The lines, parsed.

    Returns:
        One for each name in `OURS`; bytes that are no UTF-8 stand as base64.
    """
    times = pl.Series("kafka_timestamp", [each.get("timestamp") for each in messages], pl.Int64)
    return [
        pl.Series("kafka_partition", [each.get("partition") for each in messages], pl.Int64),
        pl.Series("kafka_offset", [each.get("offset") for each in messages], pl.Int64),
        times.cast(pl.Datetime("ms", "UTC")).dt.cast_time_unit("us"),
        pl.Series("kafka_key", [text_of(each.get("key")) for each in messages], pl.String),
        pl.Series("kafka_headers", [_headers(each.get("headers")) for each in messages], _HEADERS),
    ]


def text_of(told: JsonValue) -> str | None:
    """The text that stands for some bytes, or their base64.

    >>> text_of("a"), text_of({"base64": "/w=="}), text_of(None)
    ('a', '/w==', None)
    """
    found = told.get("base64") if isinstance(told, dict) else told
    return found if isinstance(found, str) else None


def _headers(told: JsonValue) -> list[dict[str, str | None]]:
    pairs = told if isinstance(told, list) else []
    return [{"name": text_of(pair[0]), "value": text_of(pair[1])} for pair in pairs if isinstance(pair, list)]
