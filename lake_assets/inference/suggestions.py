"""Rules that a sample suggests, each only where enough values speak for it; they warn until somebody has looked."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lake_assets.inference.column_draft import ColumnDraft
from lake_assets.inference.keys import is_identifier
from lake_assets.inference.shapes import shape_of
from lake_assets.model import ColumnType

__all__ = ["suggest_rules"]

_ENOUGH = 100
_FEW_VALUES = 12
_EACH = 3
_TIMES = 10
_SPREAD = 10
_TWO = 2
_HUGE = 1e15
_NUMBERS = {ColumnType.INT, ColumnType.FLOAT}
_CALENDAR = {
    "month": (1, 12),
    "day": (1, 31),
    "hour": (0, 23),
    "minute": (0, 59),
    "second": (0, 60),
    "weekday": (0, 7),
}

_Rule = dict[str, object]


def suggest_rules(columns: Sequence[ColumnDraft], key: Sequence[str], rows: int) -> list[_Rule]:
    """The rules as `rules` declares them.

    Args:
        columns: With their values in the sample.
        key: The columns of the key: they must not be null, whatever happens.
        rows: How many rows the sample has.
    """
    keyed: list[_Rule] = [{"not_null": list(key)}] if key else []
    plain = [each for each in columns if each.kind is not ColumnType.NESTED]
    filled = [each.name for each in plain if not each.has_nulls and each.name not in key]
    whole: list[_Rule] = [{"not_null": filled}] if filled and rows >= _ENOUGH else []
    of_values = [rule for each in plain if (rule := _of_values(each, key)) is not None]
    return keyed + [{**rule, "severity": "warn"} for rule in [*whole, *of_values]]


def _of_values(draft: ColumnDraft, key: Sequence[str]) -> _Rule | None:
    if draft.meaning is not None and draft.meaning.bounds is not None and draft.kind in _NUMBERS:
        return {"in_range": {draft.name: list(draft.meaning.bounds)}}
    if draft.kind is ColumnType.TEXT:
        return _of_texts(draft)
    if draft.kind in _NUMBERS and not is_identifier(draft.name) and draft.name not in key:
        return _of_numbers(draft)
    return None


def _of_texts(draft: ColumnDraft) -> _Rule | None:
    if draft.meaning is not None and draft.meaning.pattern:
        return {"matches": {draft.name: draft.meaning.pattern}}
    if draft.count < _ENOUGH or draft.column.is_personal:
        return None
    if (values := _closed_set(draft)) is not None:
        return {"in_set": {draft.name: values}}
    pattern = shape_of(draft.values.drop_nulls().unique())
    return {"matches": {draft.name: pattern}} if pattern else None


def _closed_set(draft: ColumnDraft) -> list[str] | None:
    """The values, where there are few and none of them is rare: then it is unlikely that there are more."""
    if not 1 < draft.distinct <= _FEW_VALUES or draft.count < _TIMES * draft.distinct:
        return None
    counts = draft.values.drop_nulls().value_counts()
    if int(counts["count"].min() or 0) < _EACH:  # type: ignore[arg-type]  # of numbers
        return None
    return sorted(counts[draft.name].to_list())


def _of_numbers(draft: ColumnDraft) -> _Rule | None:
    if draft.name in _CALENDAR and _lies_in(draft, *_CALENDAR[draft.name]):
        return {"in_range": {draft.name: list(_CALENDAR[draft.name])}}
    if draft.count < _ENOUGH or draft.distinct < _SPREAD or not _is_measured(draft):
        return None
    low, high = rounded_outwards(_least(draft), _largest(draft))
    return {"in_range": {draft.name: [int(bound) if bound == int(bound) else bound for bound in (low, high)]}}


def _lies_in(draft: ColumnDraft, low: int, high: int) -> bool:
    return draft.count > 0 and low <= _least(draft) and _largest(draft) <= high


def _is_measured(draft: ColumnDraft) -> bool:
    """Whether the values are of a size that can be measured, and that a bound holds exactly."""
    return all(abs(each) < _HUGE for each in (_least(draft), _largest(draft)))


def _least(draft: ColumnDraft) -> float:
    return float(draft.values.min())  # type: ignore[arg-type]  # of numbers


def _largest(draft: ColumnDraft) -> float:
    return float(draft.values.max())  # type: ignore[arg-type]  # of numbers


def rounded_outwards(low: float, high: float) -> tuple[float, float]:
    """Bounds with a tenth of room around what was seen, to round numbers; what never was negative need not be.

    >>> rounded_outwards(3, 853), rounded_outwards(-30, 853), rounded_outwards(0.2, 0.9), rounded_outwards(1, 101)
    ((0, 1000.0), (-200.0, 1000.0), (0.1, 1.0), (0, 120.0))
    """
    span = high - low
    digits = math.floor(math.log10(span))
    digits -= span / 10**digits < _TWO
    step = 10.0**digits
    wider = math.floor((low - span / 10) / step), math.ceil((high + span / 10) / step)
    least, largest = (round(each * step, max(-digits, 0)) for each in wider)
    return (max(least, 0) if low >= 0 else least), (min(largest, 0) if high <= 0 else largest)
