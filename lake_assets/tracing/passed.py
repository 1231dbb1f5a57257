"""The rules that a row was judged by, as they were in force then."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from lake_assets.errors import LakeError
from lake_assets.model import Dataset, Rule, Severity, Verdict, Zone
from lake_assets.quality import KINDS, TableKind, compile_rules, told_rule
from lake_assets.tracing.steps import RuleOutcome
from lake_assets.tracing.world import World
from lake_assets.zones.rules import rules_of

__all__ = ["rules_passed"]

_KEPT, _BROKEN, _UNKNOWN = "kept", "broken", "not known"


def rules_passed(
    world: World, dataset: Dataset, note: Mapping[str, Any], row: pl.DataFrame, broken: Collection[str]
) -> tuple[RuleOutcome, ...]:
    """How the rules came out for one row.

    Args:
        world: The lake.
        dataset: Whose row it is.
        note: What the commit says of itself that judged the row.
        row: The row as it was judged, one row.
        broken: The rules for which it was set aside.
    """
    declared = {rule.rule_id: rule for rule in rules_of(dataset)}
    hidden = world.hidden(dataset.table(Zone.TRUSTED))
    verdicts = [Verdict.from_record(each) for each in note.get("verdicts", ())]
    return tuple(_outcome(world, each, declared.get(each.rule_id), row, broken, hidden) for each in verdicts)


def _outcome(
    world: World,
    verdict: Verdict,
    rule: Rule | None,
    row: pl.DataFrame,
    broken: Collection[str],
    hidden: Collection[str],
) -> RuleOutcome:
    is_same = rule is not None and rule.version == verdict.version
    return RuleOutcome(
        rule_id=verdict.rule_id,
        version=verdict.version,
        severity=verdict.severity,
        outcome=_how(world, verdict, rule if is_same else None, row, broken),
        sentence=told_rule(rule, hidden) if rule and is_same else "",
        owner=rule.owner if rule else "",
        reason=rule.reason if rule else "",
        is_as_declared=is_same,
    )


def _how(
    world: World, verdict: Verdict, rule: Rule | None, row: pl.DataFrame, broken: Collection[str]
) -> str:
    if verdict.rule_id in broken:
        return _BROKEN
    is_about_rows = verdict.measured is None and not (rule and isinstance(KINDS[rule.kind], TableKind))
    decides = verdict.severity is not Severity.WARN
    if verdict.is_kept or (is_about_rows and decides):
        return _KEPT
    if rule is None or not is_about_rows or KINDS[rule.kind].looks_beside or row.is_empty():
        return _UNKNOWN
    return _judged_again(world, rule, row)


def _judged_again(world: World, rule: Rule, row: pl.DataFrame) -> str:
    try:
        (compiled,) = compile_rules([rule], row.lazy(), world.lookup)
        return _KEPT if row.select(compiled.holds).item(0, 0) else _BROKEN
    except (LakeError, pl.exceptions.PolarsError):
        return _UNKNOWN
