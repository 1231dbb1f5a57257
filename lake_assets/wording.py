"""Counts, sizes and shares as people read them: on the terminal and on the pages of the site alike."""

from __future__ import annotations

__all__ = ["bytes_text", "count_text", "percent_text", "quantity"]

_KILO = 1000.0


def count_text(count: int | None) -> str:
    """A count.

    >>> count_text(1234567), count_text(None)
    ('1,234,567', '-')
    """
    return "-" if count is None else f"{count:,}"


def quantity(count: int, noun: str) -> str:
    """A count with its noun.

    >>> quantity(1, "file"), quantity(1200, "row")
    ('1 file', '1,200 rows')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def bytes_text(size_bytes: float) -> str:
    """A size.

    >>> bytes_text(999), bytes_text(14_200_000)
    ('999 B', '14.2 MB')
    """
    for unit in ("B", "kB", "MB", "GB"):
        if size_bytes < _KILO:
            return f"{size_bytes:.0f} B" if unit == "B" else f"{size_bytes:.1f} {unit}"
        size_bytes /= _KILO
    return f"{size_bytes:,.1f} TB"


def percent_text(share: float) -> str:
    """A share in percent; what is rare is not rounded to nothing.

    >>> percent_text(0.5), percent_text(0.00001), percent_text(0)
    ('50%', '<0.01%', '0%')
    """
    percent, least = 100 * share, 0.01
    if 0 < percent < least:
        return "<0.01%"
    return f"{percent:.2f}".rstrip("0").rstrip(".") + "%"
