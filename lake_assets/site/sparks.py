"""Small pictures that stand in a line of text: how a rule came out run by run, how values are distributed."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from lake_assets.model import Verdict
from lake_assets.profiles.column_profile import ColumnProfile
from lake_assets.wording import quantity

__all__ = ["distribution", "verdict_history"]

_STEP, _BAR, _HEIGHT = 6, 4, 18
_LEAST_BROKEN, _LEAST_RUNS = 6.0, 12
_DISTRIBUTION = 120


def verdict_history(verdicts: Sequence[Verdict | None]) -> Markup:
    """One bar for each run, the newest to the right: low where the rule was kept, else by the share that broke it.

    Args:
        verdicts: The oldest first; None for a run that did not judge it.
    """
    judged = [each for each in verdicts if each is not None]
    if not judged:
        return Markup("")
    first = max(0, _LEAST_RUNS - len(verdicts))
    bars = [_verdict(place * _STEP, each) for place, each in enumerate(verdicts, first) if each is not None]
    label = f"kept in {sum(each.is_kept for each in judged)} of {quantity(len(judged), 'run')}"
    width = (first + len(verdicts)) * _STEP
    return _svg(width, label, [_bar("ground", 0, width, 1), *bars])


def _verdict(x: int, verdict: Verdict) -> str:
    if verdict.is_kept:
        return _bar("kept", x, _BAR, 4)
    share = verdict.broken / verdict.judged if verdict.judged else 1.0
    height = _LEAST_BROKEN + (_HEIGHT - _LEAST_BROKEN) * min(1.0, share) ** 0.5
    return _bar(f"broken {verdict.severity.value}", x, _BAR, height)


def distribution(column: ColumnProfile) -> Markup:
    """Bars of a histogram, else of the most frequent values; nothing where a profile holds neither."""
    is_frequent = column.histogram is None
    counts = tuple(count for _, count in column.top) if column.histogram is None else column.histogram.counts
    most = max(counts, default=0)
    if not most:
        return Markup("")
    step = _DISTRIBUTION / len(counts)
    bars = [
        _bar("", place * step, max(0.5, step - 1), _HEIGHT * count / most)
        for place, count in enumerate(counts)
        if count
    ]
    label = "the most frequent values" if is_frequent else "distribution from the least to the greatest value"
    return _svg(_DISTRIBUTION, label, bars)


def _bar(css: str, x: float, width: float, height: float) -> str:
    place = f'x="{x:.1f}" y="{_HEIGHT - height:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="{css}" {place}/>' if css else f"<rect {place}/>"


def _svg(width: int, label: str, bars: Sequence[str]) -> Markup:
    size = f'width="{width}" height="{_HEIGHT}" viewBox="0 0 {width} {_HEIGHT}"'
    parts = [f'<svg class="spark" role="img" aria-label="{label}" {size}>', *bars, "</svg>"]
    return Markup("".join(parts))  # noqa: S704 (numbers and words of this file)
