"""Spans of time as people write them in YAML."""

from __future__ import annotations

import re

__all__ = ["DURATION_PATTERN", "read_duration", "spell_duration"]

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
DURATION_PATTERN = r"([1-9][0-9]*)([smhd])"
"""A number and a unit."""


def read_duration(text: object) -> int | None:
    """The seconds of a span such as `30s`, `5m`, `1h` or `1d`; None when it is not written like that.

    >>> read_duration("15m"), read_duration("soon")
    (900, None)
    """
    match = re.fullmatch(DURATION_PATTERN, text) if isinstance(text, str) else None
    return int(match[1]) * _SECONDS[match[2]] if match else None


def spell_duration(seconds: float) -> str:
    """Write a span in the largest unit that it fills once, rounded.

    >>> spell_duration(900), spell_duration(90000), spell_duration(0.4)
    ('15m', '1d', '0s')
    """
    unit = next((name for name, size in reversed(_SECONDS.items()) if seconds >= size), "s")
    return f"{round(seconds / _SECONDS[unit])}{unit}"
