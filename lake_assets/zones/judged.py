"""How the rules of an exploitation table come out; its rows stay where they are, a broken rule is reported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from lake_assets.model import Rule, Severity, TableRef, Transformation, Verdict, WriteMode
from lake_assets.quality import KINDS, Lookup, TableKind, compile_rules, judge, judge_table, stops_told
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.zones.making import Made
from lake_assets.zones.note import measured_in

__all__ = ["judge_made"]


def judge_made(
    root: LakeRoot,
    transformation: Transformation,
    made: Made,
    table: Table | None,
    standing: Sequence[Verdict],
    lookup: Lookup,
    hidden: Callable[[TableRef], Collection[str]] = lambda _: (),
) -> tuple[Verdict, ...]:
    """Judge what was written, and with it the rows that stay, unless these are known to keep every rule.

    Args:
        root: The lake.
        transformation: Whose rules they are.
        made: What was written.
        table: The table as it was; None when it was not there.
        standing: How the rules came out when the table changed last.
        lookup: Finds the rows of a table that a rule refers to.
        hidden: Names the columns of a table whose values are not told; asked only where a rule is broken.
    """
    if not transformation.rules:
        return ()
    paths = [file.path for file in made.adds] + _staying(transformation, made, table, standing)
    if not paths and made.mode is WriteMode.UPSERT:
        return tuple(standing)
    rows = _scan(root, transformation, paths) if paths else pl.LazyFrame(schema=made.schema)
    count = rows.select(pl.len()).collect(engine="streaming").item()
    warnings = [replace(rule, severity=Severity.WARN) for rule in transformation.rules]
    none = pl.LazyFrame(schema=made.schema)
    last = measured_in(standing)
    with stops_told(warnings, lambda: rows, lookup, transformation.target):
        compiled = compile_rules(warnings, rows, lookup)
        key = [name for name in transformation.key if name in made.schema]
        counted = partial(judge, compiled, rows, none, kept_rows=count, set_aside_rows=0, last=last)
        judged = counted(key=key)
        if any(each.first_keys for each in judged):
            personal = set(hidden(transformation.target)).intersection(key)
            judged = counted(key=[name for name in key if name not in personal]) if personal else judged
        whole = judge_table(compiled, judged, lambda: (rows, count), last)
    pairs = zip(whole, transformation.rules, strict=True)
    return tuple(replace(verdict, severity=rule.severity, version=rule.version) for verdict, rule in pairs)


def _staying(
    transformation: Transformation, made: Made, table: Table | None, standing: Sequence[Verdict]
) -> list[str]:
    """Paths of the files that stay and have to be judged again."""
    if table is None or made.mode is WriteMode.REPLACE or not table.files.height:
        return []
    is_clean = {verdict.rule_id for verdict in standing if verdict.is_kept} >= {
        rule.rule_id for rule in transformation.rules
    }
    if is_clean and not any(_is_about_all(rule, transformation.key) for rule in transformation.rules):
        return []
    removed = set(made.removes)
    return [path for path in table.files["path"] if path not in removed]


def _is_about_all(rule: Rule, key: Sequence[str]) -> bool:
    """Whether new rows cannot be judged without the old; an upsert sees to the key itself."""
    kind = KINDS[rule.kind]
    is_merged_by = rule.kind == "unique" and set(key) <= set(rule.columns)
    return (kind.looks_beside and not is_merged_by) or isinstance(kind, TableKind)


def _scan(root: LakeRoot, transformation: Transformation, paths: Sequence[str]) -> pl.LazyFrame:
    base = root.table_uri(transformation.target)
    uris = [path if "://" in path or path.startswith("/") else f"{base}/{path}" for path in paths]
    return pl.scan_parquet(uris, storage_options=root.storage_options or None)
