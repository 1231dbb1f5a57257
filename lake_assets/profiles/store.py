"""`governance.profiles`: one row for each column of each version that was profiled.

The profiles of a run are one commit, which remembers up to which version each table has been profiled. The table can be
deleted: profiles are made again, and drift is then told from the first of them on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from lake_assets.model import TableRef, Zone
from lake_assets.profiles.column_profile import ColumnProfile, Drift, Histogram, Shares, TableProfile
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["PROFILES", "PROFILES_COLUMNS", "is_profiled", "last_profile", "last_profiles", "record_profiles"]

PROFILES = TableRef(Zone.GOVERNANCE, "profiles")

_SCHEMA = pl.Schema(
    {
        "table": pl.String(),
        "version": pl.Int64(),
        "at": pl.Datetime("us", "UTC"),
        "run_id": pl.String(),
        "rows": pl.Int64(),
        "sampled": pl.Int64(),
        "seconds": pl.Float64(),
        "keys": pl.String(),
        "position": pl.Int64(),
        "column": pl.String(),
        "type": pl.String(),
        "is_personal": pl.Boolean(),
        "meaning": pl.String(),
        "nulls": pl.Int64(),
        "distinct": pl.Int64(),
        "min": pl.String(),
        "max": pl.String(),
        "mean": pl.Float64(),
        "std": pl.Float64(),
        "quantiles": pl.List(pl.Float64()),
        "histogram": pl.String(),
        "top": pl.String(),
        "patterns": pl.String(),
        "shares": pl.String(),
        "psi": pl.Float64(),
        "ks": pl.Float64(),
        "compared_with": pl.Int64(),
    }
)

_MEANING = {
    "version": "the Delta version that was profiled",
    "sampled": "rows in the sample that quantiles, histogram, top values and patterns are from",
    "keys": "JSON: columns that may identify a row",
    "distinct": "different values, approximately where the table is larger than the sample",
    "quantiles": "in steps of a twentieth from 0 to 1; times in microseconds since 1970",
    "histogram": "JSON: low, high and counts of bins of one width",
    "top": "JSON: the most frequent values and how often they are in the sample",
    "patterns": "JSON: the most frequent shapes of texts: A a capital, a a small letter, 9 a digit",
    "shares": "JSON: the distribution that the next version is held against",
    "psi": "population stability index against compared_with: below 0.1 little, above 0.25 much",
    "ks": "Kolmogorov-Smirnov statistic against compared_with",
    "compared_with": "the Delta version that was profiled before",
}

PROFILES_COLUMNS = (_SCHEMA, _MEANING)
"""Its columns and what they mean, for whoever lists the artefacts."""


def is_profiled(root: LakeRoot, table: Table, profiles: Table | None = None) -> bool:
    """Whether there is a profile of a table as it is; maintenance changes nothing of it.

    Args:
        root: The lake.
        table: The table.
        profiles: The profiles, where they are open already.
    """
    known = profiles or find_table(root, PROFILES)
    taken = known.consumed(table.input_name) if known else None
    if taken is None:
        return False
    note = table.last_note() if taken < table.version else None
    return note is None or note.version <= taken


def record_profiles(root: LakeRoot, made: Sequence[tuple[Table, TableProfile]]) -> int:
    """Append the profiles of a run, in one commit; one that another run has recorded is left out.

    Returns:
        How many were recorded.
    """
    recorded: list[TableProfile] = []

    def decide(profiles: Table | None) -> Change | None:
        new = [each for each in made if not _is_taken(profiles, *each)]
        recorded[:] = [profile for _, profile in new]
        rows = [row for profile in recorded for row in _rows(profile)]
        if not rows:
            return None
        files = write_data_files(root, PROFILES, pl.LazyFrame(rows, schema=_SCHEMA))
        consumed = {table.input_name: profile.version for table, profile in new}
        notes = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
        return Change(_SCHEMA, files, consumed=consumed, column_notes=notes)

    commit(root, PROFILES, decide)
    return len(recorded)


def _is_taken(profiles: Table | None, table: Table, profile: TableProfile) -> bool:
    taken = profiles.consumed(table.input_name) if profiles else None
    return taken is not None and taken >= profile.version


def last_profile(profiles: Table | None, table: TableRef) -> TableProfile | None:
    """The newest profile of a table; None when there is none.

    Args:
        profiles: `governance.profiles`, or None when it is not there.
        table: The table.
    """
    if profiles is None:
        return None
    of_table = profiles.scan().filter(pl.col("table") == str(table))
    newest = of_table.filter(pl.col("at") == pl.col("at").max()).sort("position").collect(engine="streaming")
    return _profile(table, newest.to_dicts()) if newest.height else None


def last_profiles(profiles: Table | None) -> dict[TableRef, TableProfile]:
    """The newest profile of every table that has one.

    Args:
        profiles: `governance.profiles`, or None when it is not there.
    """
    if profiles is None:
        return {}
    newest = profiles.scan().filter(pl.col("at") == pl.col("at").max().over("table"))
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in newest.sort("table", "position").collect(engine="streaming").iter_rows(named=True):
        rows.setdefault(row["table"], []).append(row)
    refs = {name: TableRef.parse(name) for name in rows}
    return {refs[name]: _profile(refs[name], found) for name, found in rows.items()}


def _rows(profile: TableProfile) -> list[dict[str, object]]:
    whole = {
        "table": str(profile.table),
        **{
            name: getattr(profile, name) for name in ("version", "at", "run_id", "rows", "sampled", "seconds")
        },
        "keys": json.dumps(profile.keys),
    }
    return [{**whole, "position": place, **_row(each)} for place, each in enumerate(profile.columns)]


def _row(column: ColumnProfile) -> dict[str, object]:
    drift = column.drift
    plain = {
        name: getattr(column, name) for name in ("is_personal", "meaning", "nulls", "distinct", "mean", "std")
    }
    return {
        **plain,
        "column": column.name,
        "type": column.kind,
        "min": column.minimum,
        "max": column.maximum,
        "quantiles": list(column.quantiles),
        "histogram": _json(column.histogram),
        "top": json.dumps(column.top, ensure_ascii=False),
        "patterns": json.dumps(column.patterns, ensure_ascii=False),
        "shares": _json(column.shares),
        "psi": drift.psi if drift else None,
        "ks": drift.ks if drift else None,
        "compared_with": drift.version if drift else None,
    }


def _json(value: Histogram | Shares | None) -> str | None:
    return json.dumps(asdict(value), ensure_ascii=False) if value else None


def _profile(table: TableRef, rows: Sequence[dict[str, Any]]) -> TableProfile:
    first = rows[0]
    return TableProfile(
        table=table,
        **{name: first[name] for name in ("version", "rows", "sampled", "at", "run_id", "seconds")},
        keys=tuple(map(tuple, json.loads(first["keys"]))),
        columns=tuple(map(_column, rows)),
    )


def _column(row: dict[str, Any]) -> ColumnProfile:
    histogram, shares = (json.loads(row[name]) if row[name] else None for name in ("histogram", "shares"))
    return ColumnProfile(
        name=row["column"],
        kind=row["type"],
        minimum=row["min"],
        maximum=row["max"],
        **{name: row[name] for name in ("is_personal", "meaning", "nulls", "distinct", "mean", "std")},
        quantiles=tuple(row["quantiles"]),
        histogram=Histogram(histogram["low"], histogram["high"], tuple(histogram["counts"]))
        if histogram
        else None,
        top=tuple(map(tuple, json.loads(row["top"]))),
        patterns=tuple(map(tuple, json.loads(row["patterns"]))),
        shares=Shares(*(tuple(shares[name]) for name in ("edges", "values", "shares"))) if shares else None,
        drift=None if row["psi"] is None else Drift(row["compared_with"], row["psi"], row["ks"]),
    )
