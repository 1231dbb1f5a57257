"""How the rules came out: one verdict for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

import polars as pl

from lake_assets.model import Rule, Verdict
from lake_assets.quality.compilation import CompiledRule
from lake_assets.quality.kind_of_table import Measured, TableKind, is_over_table
from lake_assets.quality.kinds import KINDS
from lake_assets.quality.position import has_provenance, position, spell_position

__all__ = ["aged", "as_runs_left_them", "judge", "judge_table", "unless_silent"]

_KEYS_SHOWN = 3
_POSITION, _KEY = "position", "key"


class _Tally(NamedTuple):
    """Number of rows that break a rule, and the first of them."""

    broken: int = 0
    first: int | None = None
    keys: tuple[str, ...] = ()


def judge(
    compiled: Sequence[CompiledRule],
    kept: pl.LazyFrame,
    set_aside: pl.LazyFrame,
    *,
    kept_rows: int,
    set_aside_rows: int,
    key: Sequence[str] = (),
    last: Mapping[str, float] | None = None,
) -> list[Verdict]:
    """Count what breaks each rule.

    Rules that decide can be broken among the rows set aside only, so the rows kept are read for warnings and
    for rules about a table alone, and then only the columns that these name. A rule about the rows of a run is judged
    on the rows kept, and is broken once or not at all; one about the whole table is left to `judge_table`.

    Args:
        compiled: The rules, compiled for the batch that was split.
        kept: The rows of the batch that were kept.
        set_aside: The others.
        kept_rows: Number of rows kept.
        set_aside_rows: Number of rows set aside.
        key: Columns that identify a row and may be shown.
        last: What rules about tables measured before, by their ids.

    Returns:
        One verdict for each rule, in order.
    """
    about_rows = [one for one in compiled if one.measure is None]
    warnings = [one for one in about_rows if not one.decides]
    plans = (
        _tally_plan(warnings, kept, kept_rows, key),
        _tally_plan(about_rows, set_aside, set_aside_rows, key),
    )
    tallies, rows = _sum_up(*plans), kept_rows + set_aside_rows
    verdicts = [_verdict(one.rule, tallies.get(one.rule.rule_id, _Tally()), rows) for one in compiled]
    about_run = [one for one in compiled if one.measure is not None and not is_over_table(one.rule)]
    return _with_measures(verdicts, about_run, kept, kept_rows, last or {})


def judge_table(
    compiled: Sequence[CompiledRule],
    verdicts: Sequence[Verdict],
    table: Callable[[], tuple[pl.LazyFrame, int]],
    last: Mapping[str, float],
) -> list[Verdict]:
    """The verdicts with those of rules about the whole table.

    Args:
        compiled: The rules.
        verdicts: What `judge` found, in the same order.
        table: Opens the rows of the table as it will be, and counts them; called when a rule asks for them only.
        last: What the rules measured before, by their ids.
    """
    about_table = [one for one in compiled if one.measure is not None and is_over_table(one.rule)]
    return _with_measures(list(verdicts), about_table, *table(), last) if about_table else list(verdicts)


def aged(rules: Iterable[Rule], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Verdicts that stand since an earlier run, with those on freshness as they are now."""
    by_id, now = {rule.rule_id: rule for rule in rules if rule.kind == "freshness"}, datetime.now(UTC)
    return tuple(
        _measured(by_id[each.rule_id], each, Measured(each.measured, None, now), each.judged)
        if each.rule_id in by_id and each.measured is not None
        else each
        for each in verdicts
    )


def as_runs_left_them(
    compiled: Sequence[CompiledRule], verdicts: Sequence[Verdict], standing: Iterable[Verdict]
) -> list[Verdict]:
    """The verdicts on rows taken in again: a rule about the rows of a run stands as the last run left it.

    Where such a rule was mended since, what it measured then is held against its bounds of today.

    Args:
        compiled: The rules.
        verdicts: What `judge` found, in the same order.
        standing: How the rules came out when the table changed last.
    """
    before = {each.rule_id: each for each in standing}
    return [
        _as_left(one.rule, each, before.get(one.rule.rule_id))
        if one.measure is not None and not is_over_table(one.rule)
        else each
        for one, each in zip(compiled, verdicts, strict=True)
    ]


def unless_silent(
    rules: Iterable[Rule], verdicts: Iterable[Verdict], standing: Iterable[Verdict]
) -> tuple[Verdict, ...]:
    """The verdicts on a batch without a row, which is no sign that what was wrong is right again, nor that it is old.

    Args:
        rules: The rules.
        verdicts: What was found: no row breaks a rule, and no number is measured but that of the rows.
        standing: How the rules came out when the table changed last; they stay where nothing new is wrong.
    """
    speaks = {
        rule.rule_id for rule in rules if isinstance(KINDS[rule.kind], TableKind) and is_over_table(rule)
    }
    before = {each.rule_id: each for each in standing}
    return tuple(
        each
        if each.rule_id in speaks or (each.measured is not None and not each.is_kept)
        else before.get(each.rule_id, each)
        for each in verdicts
    )


def _as_left(rule: Rule, verdict: Verdict, before: Verdict | None) -> Verdict:
    if before is None or before.measured is None:
        return replace(verdict, judged=0, broken=0, example="", measured=None)
    if before.version == rule.version:
        return replace(before, severity=rule.severity)
    left = replace(verdict, judged=before.judged)
    return _measured(rule, left, Measured(before.measured, None, datetime.now(UTC)), before.judged)


def _tally_plan(
    compiled: Sequence[CompiledRule], frame: pl.LazyFrame, rows: int, key: Sequence[str]
) -> pl.LazyFrame | None:
    """Count for every rule in one pass; None when there is nothing to count.

    Rows that break none are filtered out first, so that their positions need not be read.
    """
    if not compiled or not rows:
        return None
    broken = {one.rule.rule_id: ~one.holds for one in compiled}
    breaking = frame.filter(pl.any_horizontal(broken.values()))
    is_placed = has_provenance(frame.collect_schema())
    marks = [breaks.alias(f"broken {rule_id}") for rule_id, breaks in broken.items()]
    shown = [position().alias(_POSITION)] if is_placed else []
    marked = breaking.select(*marks, *shown, *([pl.struct(key).alias(_KEY)] if key else []))
    return marked.select(
        each for rule_id in broken for each in _tally(rule_id, is_placed=is_placed, has_key=bool(key))
    )


def _tally(rule_id: str, *, is_placed: bool, has_key: bool) -> list[pl.Expr]:
    breaks = pl.col(f"broken {rule_id}")
    found = [breaks.sum()]
    if is_placed:
        found.append(pl.col(_POSITION).filter(breaks).min().alias(f"first {rule_id}"))
    if has_key and is_placed:
        first = pl.col(_KEY).filter(breaks).bottom_k_by(pl.col(_POSITION).filter(breaks), _KEYS_SHOWN)
        found.append(first.implode().alias(f"keys {rule_id}"))
    return found


def _spelt(key: Mapping[str, object]) -> str:
    """The key of a row, for people."""
    return ", ".join(f"{name} {_value(value)}" for name, value in key.items())


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return "null" if value is None else str(value)


def _sum_up(*plans: pl.LazyFrame | None) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = {}
    for found in pl.collect_all([plan for plan in plans if plan is not None], engine="streaming"):
        row = found.row(0, named=True)
        for rule_id in (name.removeprefix("broken ") for name in row if name.startswith("broken ")):
            keys = tuple(map(_spelt, row.get(f"keys {rule_id}") or ()))
            tally = _Tally(row[f"broken {rule_id}"], row.get(f"first {rule_id}"), keys)
            tallies[rule_id] = _added(tallies.get(rule_id, _Tally()), tally)
    return tallies


def _added(one: _Tally, other: _Tally) -> _Tally:
    firsts = [first for first in (one.first, other.first) if first is not None]
    return _Tally(
        one.broken + other.broken, min(firsts, default=None), (*one.keys, *other.keys)[:_KEYS_SHOWN]
    )


def _verdict(rule: Rule, tally: _Tally, rows: int) -> Verdict:
    return Verdict(
        rule.rule_id,
        rule.severity,
        rows,
        tally.broken,
        spell_position(tally.first),
        first_keys=tally.keys,
        version=rule.version,
    )


def _with_measures(
    verdicts: list[Verdict],
    compiled: Sequence[CompiledRule],
    rows: pl.LazyFrame,
    count: int,
    last: Mapping[str, float],
) -> list[Verdict]:
    """Measure in one pass what rules about a table look at, and put their verdicts in."""
    if not compiled:
        return verdicts
    found, now = _measure(compiled, rows, count), datetime.now(UTC)
    by_id = {one.rule.rule_id: one.rule for one in compiled}
    return [
        _measured(
            by_id[each.rule_id], each, Measured(found[each.rule_id], last.get(each.rule_id), now), count
        )
        if each.rule_id in by_id
        else each
        for each in verdicts
    ]


def _measure(compiled: Sequence[CompiledRule], rows: pl.LazyFrame, count: int) -> dict[str, float | None]:
    """What each rule measures; a mere count of rows is known."""
    wanted = {
        one.rule.rule_id: one.measure for one in compiled if one.measure is not None and one.rule.columns
    }
    numbers: dict[str, Any] = {one.rule.rule_id: count for one in compiled}
    if wanted:
        plan = rows.select(measure.alias(rule_id) for rule_id, measure in wanted.items())
        numbers |= plan.collect(engine="streaming").row(0, named=True)
    return {rule_id: None if number is None else float(number) for rule_id, number in numbers.items()}


def _measured(rule: Rule, verdict: Verdict, found: Measured, count: int) -> Verdict:
    kind = KINDS[rule.kind]
    breach = kind.breach(rule, found) if isinstance(kind, TableKind) else ""
    return replace(verdict, judged=count, broken=int(bool(breach)), example=breach, measured=found.value)
