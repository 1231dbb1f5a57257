"""Spans of time: `30s`, `15m`, `1h`, `2d` here, a number with a unit or an ISO 8601 duration in a contract."""

from __future__ import annotations

import re

__all__ = ["duration_text", "read_contract_duration", "seconds_of", "written_duration"]

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_UNITS = (
    (("s", "sec", "second", "seconds"), "s"),
    (("m", "min", "minute", "minutes"), "m"),
    (("h", "hr", "hour", "hours"), "h"),
    (("d", "day", "days"), "d"),
)
_ISO = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_ISO_SECONDS = (604_800, 86_400, 3_600, 60, 1)


def seconds_of(text: object) -> int | None:
    """The seconds of a span in our words; None when it is not one.

    >>> seconds_of("15m"), seconds_of("soon")
    (900, None)
    """
    match = re.fullmatch(r"([1-9][0-9]*)([smhd])", str(text))
    return int(match[1]) * _SECONDS[match[2]] if match else None


def duration_text(seconds: int) -> str:
    """A span in its largest whole unit.

    >>> duration_text(900), duration_text(86_400), duration_text(90)
    ('15m', '1d', '90s')
    """
    unit = next(name for name in ("d", "h", "m", "s") if seconds % _SECONDS[name] == 0)
    return f"{seconds // _SECONDS[unit]}{unit}"


def written_duration(seconds: int) -> dict[str, object]:
    """Value and unit of a service level; seconds, for which tools know no unit, as ISO 8601.

    >>> written_duration(172_800), written_duration(90)
    ({'value': 2, 'unit': 'd'}, {'value': 'PT90S'})
    """
    text = duration_text(seconds)
    if text.endswith("s"):
        return {"value": f"PT{seconds}S"}
    return {"value": int(text[:-1]), "unit": text[-1]}


def read_contract_duration(value: object, unit: str) -> str | None:
    """A span in our words; None when it is not one.

    >>> read_contract_duration("4", "hours"), read_contract_duration("P1DT12H", ""), read_contract_duration("06:00", "")
    ('4h', '36h', None)
    """
    text = str(value).strip()
    match = _ISO.fullmatch(text)
    if match and any(match.groups()):
        pairs = zip(match.groups(), _ISO_SECONDS, strict=True)
        return duration_text(sum(int(count or 0) * seconds for count, seconds in pairs))
    known = next((ours for names, ours in _UNITS if (unit or "d").lower() in names), None)
    return f"{int(text)}{known}" if known and text.isdecimal() and int(text) else None
