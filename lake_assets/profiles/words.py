"""Figures of a column in few letters, for tables and pictures."""

from __future__ import annotations

from lake_assets.profiles.column_profile import ColumnProfile

__all__ = ["distinct_text", "drift_text", "number_text", "range_text", "share_text", "values_text"]

_SHOWN = 3
_SHORT = 24


def share_text(part: int, whole: int) -> str:
    """A share in percent; what is rare is not rounded to nothing.

    >>> share_text(0, 10), share_text(1, 3), share_text(1, 100_000), share_text(5, 5)
    ('0', '33%', '<0.1%', '100%')
    """
    if not part:
        return "0"
    percent = 100 * part / whole
    least, plain = 0.1, 10
    if percent < least:
        return "<0.1%"
    return f"{percent:.0f}%" if percent >= plain else f"{percent:.1f}%"


def number_text(value: float | None) -> str:
    """A number with four figures.

    >>> number_text(1234567.0), number_text(0.01234), number_text(None), number_text(12.0)
    ('1,234,567', '0.01234', '', '12')
    """
    if value is None:
        return ""
    many = 1_000
    return f"{value:,.0f}" if abs(value) >= many else f"{value:.4g}"


def range_text(column: ColumnProfile) -> str:
    """From the least to the greatest value."""
    if column.minimum is None or column.maximum is None:
        return ""
    return f"{_short(column.minimum)} … {_short(column.maximum)}"


def values_text(column: ColumnProfile) -> str:
    """The most frequent values, or shapes where no value is frequent."""
    if column.is_personal:
        return "(personal)"
    return ", ".join(_short(value) for value, _ in (column.top or column.patterns)[:_SHOWN])


def distinct_text(column: ColumnProfile) -> str:
    """How many different values."""
    return "" if column.distinct is None else f"{column.distinct:,}"


def drift_text(column: ColumnProfile) -> str:
    """The drift with its usual reading."""
    return f"{column.drift.word} {column.drift.psi:.3f}" if column.drift else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
