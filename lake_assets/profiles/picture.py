"""A profile as a picture: SVG that any browser draws, one line for each column."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lake_assets.profiles.column_profile import ColumnProfile, TableProfile
from lake_assets.profiles.words import distinct_text, drift_text, range_text, share_text, values_text

__all__ = ["picture_of"]

_LINE = 24
_HEAD = 52
_WIDTH = 1_060
_MOST_COLUMNS = 60
_PLACES = {
    "column": 10,
    "type": 190,
    "nulls": 290,
    "distinct": 375,
    "distribution": 455,
    "range": 585,
    "most frequent": 770,
    "drift": 985,
}
_BAR = 34
_HISTOGRAM = (110, 18)
_COLOURS = {"stable": "#3a8f5c", "shifted": "#c98500", "drifted": "#c0392b"}
_INK, _PALE, _BLUE, _LINES = "#1b2733", "#66788a", "#4a7fb5", "#eef2f6"


def picture_of(profile: TableProfile) -> str:
    """The picture; of a very wide table the first columns.

    Args:
        profile: The profile. Nothing of a personal column but its name, type, nulls and number of values is drawn.
    """
    shown = profile.columns[:_MOST_COLUMNS]
    height = _HEAD + _LINE * len(shown) + 12
    size = f'width="{_WIDTH}" height="{height}"'
    view = f'viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="12" fill="{_INK}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view}>',
        f'<rect {size} fill="white"/>',
        _text(10, 18, _title(profile), weight="bold"),
        *(_text(x, 42, name, colour=_PALE) for name, x in _PLACES.items()),
    ]
    for place, column in enumerate(shown):
        lines += _column(column, profile, _HEAD + place * _LINE, is_dark=place % 2 == 0)
    return "\n".join([*lines, "</svg>"])


def _title(profile: TableProfile) -> str:
    rest = len(profile.columns) - _MOST_COLUMNS
    more = f", {rest} more columns" if rest > 0 else ""
    sample = (
        ""
        if profile.sampled == profile.rows
        else f", {profile.sampled:,} of them for distribution and frequent values"
    )
    return f"{profile.table}, version {profile.version}: {profile.rows:,} rows{sample}{more}"


def _column(column: ColumnProfile, profile: TableProfile, top: int, *, is_dark: bool) -> Iterator[str]:
    base = top + 16
    if is_dark:
        yield f'<rect x="0" y="{top}" width="{_WIDTH}" height="{_LINE}" fill="{_LINES}"/>'
    name = f"⚷ {column.name}" if (column.name,) in profile.keys else column.name
    yield _text(_PLACES["column"], base, _cut(name, 26), weight="bold")
    yield _text(_PLACES["type"], base, _cut(column.meaning or column.kind, 16), colour=_PALE)
    yield from _nulls(column.nulls, profile.rows, top)
    yield _text(_PLACES["distinct"], base, distinct_text(column))
    yield from _histogram(column, top)
    yield _text(_PLACES["range"], base, _cut(range_text(column), 28))
    yield _text(_PLACES["most frequent"], base, _cut(values_text(column), 34), colour=_PALE)
    if column.drift:
        yield _text(_PLACES["drift"], base, drift_text(column), colour=_COLOURS[column.drift.word])


def _nulls(nulls: int, rows: int, top: int) -> Iterator[str]:
    x, share = _PLACES["nulls"], nulls / rows if rows else 0
    place = f'x="{x}" y="{top + 7}" height="10"'
    yield f'<rect {place} width="{_BAR}" fill="white" stroke="{_PALE}" stroke-width="0.5"/>'
    if share:
        yield f'<rect {place} width="{max(1, _BAR * share):.1f}" fill="{_COLOURS["drifted"]}"/>'
    yield _text(x + _BAR + 5, top + 16, share_text(nulls, rows) if rows else "")


def _histogram(column: ColumnProfile, top: int) -> Iterator[str]:
    """Bars of a histogram, else of the most frequent values."""
    counts = column.histogram.counts if column.histogram else tuple(count for _, count in column.top)
    most, (width, height) = max(counts, default=0), _HISTOGRAM
    if not most:
        return
    step = width / len(counts)
    for place, count in enumerate(counts):
        bar = height * count / most
        yield (
            f'<rect x="{_PLACES["distribution"] + place * step:.1f}" y="{top + 21 - bar:.1f}" '
            f'width="{max(0.5, step - 1):.1f}" height="{bar:.1f}" fill="{_BLUE}"/>'
        )


def _text(x: float, y: float, text: str, *, colour: str = _INK, weight: str = "normal") -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" font-weight="{weight}">{_clean(text)}</text>'


def _clean(text: str) -> str:
    """Without characters that XML does not hold."""
    return escape("".join(each if each.isprintable() else " " for each in text))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
