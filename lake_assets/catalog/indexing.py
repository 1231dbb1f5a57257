"""The search index brought up to the lake: only what changed is told anew, unless declarations did."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl

from lake_assets.catalog.entries import (
    DeclaredTable,
    as_text,
    declared_table,
    declared_tables,
    entries_of,
    term_entries,
)
from lake_assets.declarations import Declarations
from lake_assets.lineage import HiddenColumns, hidden_in
from lake_assets.model import TableRef, Zone
from lake_assets.profiles import PROFILES
from lake_assets.search import Kept, Stamps, Subject, kept_in, write_index
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["refresh_index"]

_VOCABULARY = "vocabulary"
_NEVER = "1970-01-01T00:00:00+00:00"

_Tops = dict[str, dict[str, str]]
"""Frequent values by table and column."""


def refresh_index(path: Path, root: LakeRoot, stamps: Stamps, load: Callable[[], Declarations]) -> None:
    """Bring the index up to the lake.

    Args:
        path: The index.
        root: The lake.
        stamps: What the lake and its declarations were when the index was found to be older.
        load: Gives the declarations; asked only when they changed.
    """
    digest, load = stamps.digest, cache(load)
    stamps = replace(stamps, tables={name: stamp for name, stamp in stamps.tables.items() if _is_ours(name)})
    kept = kept_in(path)
    is_whole = kept.declarations != stamps.declarations
    known = Kept() if is_whole else kept
    profiled_at, tops = _profiled(root, known.profiled_at or _NEVER)
    changed = {name for name, stamp in stamps.tables.items() if known.stamps.get(name) != stamp} | tops.keys()
    if is_whole:
        subjects = _all(root, stamps, load(), tops)
    else:
        subjects = _changed(root, stamps, kept, changed & stamps.tables.keys(), tops, load)
    gone = [name for name, stamp in kept.stamps.items() if stamp and name not in stamps.tables]
    made_of = {"declarations": stamps.declarations, "profiled_at": profiled_at, "digest": digest}
    write_index(path, made_of, subjects, gone, is_whole=is_whole)


def _is_ours(name: str) -> bool:
    """Whether a table is in one of the zones: others may keep theirs under the same root."""
    return name.partition(".")[0] in set(Zone)


def _all(root: LakeRoot, stamps: Stamps, declarations: Declarations, tops: _Tops) -> Iterator[Subject]:
    yield Subject(_VOCABULARY, 0, "{}", tuple(term_entries(declarations.terms)))
    hidden = HiddenColumns(root, declarations)
    for ref in dict.fromkeys([*declared_tables(declarations), *map(TableRef.parse, stamps.tables)]):
        stamp = stamps.tables.get(str(ref), 0)
        told = declared_table(declarations, ref, hidden.of(ref) if stamp else ())
        yield _subject(root, ref, stamp, told, tops)


def _changed(
    root: LakeRoot,
    stamps: Stamps,
    kept: Kept,
    changed: Collection[str],
    tops: _Tops,
    load: Callable[[], Declarations],
) -> Iterator[Subject]:
    missing = [name for name in changed if name not in tops]
    earlier = _tops(root, pl.col("table").is_in(missing)) if missing else {}
    for name in sorted(changed):
        told: DeclaredTable = json.loads(kept.declared[name]) if name in kept.declared else _nothing()
        # What is made of personal columns is known once the table is there; other code makes the index anew as a whole.
        if not kept.stamps.get(name) and _may_be_personal(name, told):
            declarations = load()
            ref = TableRef.parse(name)
            told = declared_table(declarations, ref, hidden_in(root, declarations, ref))
        yield _subject(root, TableRef.parse(name), stamps.tables[name], told, {**earlier, **tops})


def _may_be_personal(name: str, told: DeclaredTable) -> bool:
    is_made = name.startswith(f"{Zone.EXPLOITATION}.")
    return is_made and any(each["is_personal"] for each in told["columns"].values())


def _nothing() -> DeclaredTable:
    return DeclaredTable(description="", owner="", tags="", columns={})


def _subject(root: LakeRoot, ref: TableRef, stamp: int, declared: DeclaredTable, tops: _Tops) -> Subject:
    table = find_table(root, ref) if stamp else None
    columns = _columns(table) if table else {}
    entries = tuple(entries_of(ref, declared, columns, tops.get(str(ref), {})))
    return Subject(str(ref), stamp, as_text(declared), entries)


def _columns(table: Table) -> dict[str, tuple[str, str]]:
    comments = {each.name: str(each.metadata.get("comment", "")) for each in table.delta.schema().fields}
    return {name: (str(kind.base_type()), comments[name]) for name, kind in table.schema.items()}


def _profiled(root: LakeRoot, since: str) -> tuple[str, _Tops]:
    """When the newest profile was made, and the frequent values of tables that were profiled after a time."""
    table = find_table(root, PROFILES)
    if table is None:
        return "", {}
    newest = table.scan().select(pl.col("at").max()).collect().item()
    after = pl.lit(since).str.to_datetime(time_unit="us", time_zone="UTC")
    return (newest.isoformat() if newest else ""), _tops(root, pl.col("at") > after)


def _tops(root: LakeRoot, which: pl.Expr) -> _Tops:
    """Frequent values in the newest profile of some tables; none of a personal column."""
    table = find_table(root, PROFILES)
    if table is None:
        return {}
    rows = (
        table.scan()
        .filter(which)
        .filter(pl.col("at") == pl.col("at").max().over("table"))
        .select("table", "column", "top", "is_personal")
        .collect(engine="streaming")
    )
    found: _Tops = {}
    for name, column, top, is_personal in rows.iter_rows():
        values = [] if is_personal else [value for value, _ in json.loads(top)]
        found.setdefault(name, {})[column] = " · ".join(values)
    return found
