"""Times as the pages write them: the same on every machine, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["time_text"]


def time_text(at: datetime | None) -> str:
    """A moment, in UTC to the minute.

    >>> time_text(datetime(2026, 1, 31, 14, 5, 9, tzinfo=UTC)), time_text(None)
    ('2026-01-31 14:05 UTC', '-')
    """
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else "-"
