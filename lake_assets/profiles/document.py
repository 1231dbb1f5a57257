"""A profile as plain values, for JSON."""

from __future__ import annotations

from dataclasses import asdict

from lake_assets.profiles.column_profile import ColumnProfile, TableProfile

__all__ = ["as_document"]


def as_document(profile: TableProfile) -> dict[str, object]:
    """A profile as one JSON document; no value of a personal column is in it."""
    return {
        "table": str(profile.table),
        **{
            name: getattr(profile, name) for name in ("version", "rows", "sampled", "at", "run_id", "seconds")
        },
        "keys": [list(key) for key in profile.keys],
        "columns": [_column(each) for each in profile.columns],
    }


def _column(column: ColumnProfile) -> dict[str, object]:
    figures = ("nulls", "distinct", "minimum", "maximum", "mean", "std")
    return {
        "name": column.name,
        "type": column.kind,
        "meaning": column.meaning,
        "is_personal": column.is_personal,
        **{name: getattr(column, name) for name in figures},
        "quantiles": list(column.quantiles),
        "histogram": asdict(column.histogram) if column.histogram else None,
        "top": [{"value": value, "count": count} for value, count in column.top],
        "patterns": [{"pattern": pattern, "count": count} for pattern, count in column.patterns],
        "drift": asdict(column.drift) | {"reading": column.drift.word} if column.drift else None,
    }
