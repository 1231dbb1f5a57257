"""How the rules came out: one verdict for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from lake_assets.model import Verdict
from lake_assets.quality.compilation import CompiledRule
from lake_assets.quality.kind import TableKind
from lake_assets.quality.kinds import KINDS
from lake_assets.quality.position import has_provenance, position, spell_position

__all__ = ["judge"]


class _Tally(NamedTuple):
    """Number of rows that break a rule, and the position of the first."""

    broken: int
    first: int | None


def judge(
    compiled: Sequence[CompiledRule],
    kept: pl.LazyFrame,
    set_aside: pl.LazyFrame,
    *,
    kept_rows: int,
    set_aside_rows: int,
) -> list[Verdict]:
    """Count what breaks each rule.

    Rules that decide can be broken among the rows set aside only, so the rows kept are read for warnings
    alone, and then only the columns that these name. A rule about the table is judged on the rows kept, and is
    broken once or not at all.

    Args:
        compiled: The rules, compiled for the batch that was split.
        kept: The rows of the batch that were kept.
        set_aside: The others.
        kept_rows: Number of rows kept.
        set_aside_rows: Number of rows set aside.

    Returns:
        One verdict for each rule, in order.
    """
    about_rows = [one for one in compiled if not _is_about_table(one)]
    warnings = [one for one in about_rows if not one.decides]
    plans = (_tally_plan(warnings, kept, kept_rows), _tally_plan(about_rows, set_aside, set_aside_rows))
    tallies, rows = _sum_up(*plans), kept_rows + set_aside_rows
    return [
        _table_verdict(one, kept_rows) if _is_about_table(one) else _verdict(one, tallies, rows)
        for one in compiled
    ]


def _is_about_table(one: CompiledRule) -> bool:
    return isinstance(KINDS[one.rule.kind], TableKind)


def _tally_plan(compiled: Sequence[CompiledRule], frame: pl.LazyFrame, rows: int) -> pl.LazyFrame | None:
    """Count for every rule in one pass; None when there is nothing to count.

    Rows that break none are filtered out first, so that their positions need not be read.
    """
    if not compiled or not rows:
        return None
    broken = {one.rule.rule_id: ~one.holds for one in compiled}
    counts = [breaks.sum().alias(f"broken {rule_id}") for rule_id, breaks in broken.items()]
    breaking = frame.filter(pl.any_horizontal(broken.values()))
    if not has_provenance(frame.collect_schema()):
        return breaking.select(counts)
    firsts = [position().filter(breaks).min().alias(f"first {rule_id}") for rule_id, breaks in broken.items()]
    return breaking.select(*counts, *firsts)


def _sum_up(*plans: pl.LazyFrame | None) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = {}
    for found in pl.collect_all([plan for plan in plans if plan is not None], engine="streaming"):
        row = found.row(0, named=True)
        for rule_id in (name.removeprefix("broken ") for name in row if name.startswith("broken ")):
            tally = _Tally(row[f"broken {rule_id}"], row.get(f"first {rule_id}"))
            tallies[rule_id] = _added(tallies.get(rule_id, _Tally(0, None)), tally)
    return tallies


def _added(one: _Tally, other: _Tally) -> _Tally:
    firsts = [first for first in (one.first, other.first) if first is not None]
    return _Tally(one.broken + other.broken, min(firsts, default=None))


def _verdict(one: CompiledRule, tallies: dict[str, _Tally], rows: int) -> Verdict:
    tally = tallies.get(one.rule.rule_id, _Tally(0, None))
    return Verdict(one.rule.rule_id, one.rule.severity, rows, tally.broken, spell_position(tally.first))


def _table_verdict(one: CompiledRule, rows: int) -> Verdict:
    kind = KINDS[one.rule.kind]
    breach = kind.breach(one.rule, rows) if isinstance(kind, TableKind) else ""
    return Verdict(one.rule.rule_id, one.rule.severity, rows, int(bool(breach)), breach)
