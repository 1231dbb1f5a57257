"""Quality rules as asset checks: one check for each rule, blocking where the rule is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import dagster as dg

from lake_assets.model import Rule, Severity, TableRef, Verdict, Zone
from lake_assets.orchestration.keys import asset_key
from lake_assets.quality import KINDS, told_rule

__all__ = ["check_results", "check_specs"]


def check_specs(
    ref: TableRef, rules: Sequence[Rule], hidden: Collection[str] = ()
) -> list[dg.AssetCheckSpec]:
    """Declare the checks of a table.

    Args:
        ref: The table.
        rules: Its rules.
        hidden: Its personal columns: what a rule about them asks is told without the values that it names.
    """
    return [
        dg.AssetCheckSpec(
            rule.rule_id,
            asset=asset_key(ref),
            description=_description(rule, hidden),
            blocking=rule.severity is Severity.BLOCK,
            metadata={
                "severity": rule.severity.value,
                "owner": rule.owner,
                "kind": rule.kind,
                "version": rule.version,
            },
        )
        for rule in rules
    ]


def _description(rule: Rule, hidden: Collection[str]) -> str:
    what = told_rule(rule, hidden) if rule.kind in KINDS else ""
    if not what or not rule.reason:
        return what or rule.reason
    return f"{rule.reason}: {what}"


def check_results(
    ref: TableRef, rules: Sequence[Rule], verdicts: Iterable[Verdict]
) -> list[dg.AssetCheckResult]:
    """Say how the checks came out; a rule without a verdict, because nothing was judged, holds."""
    by_rule = {verdict.rule_id: verdict for verdict in verdicts}
    return [_result(ref, rule, by_rule.get(rule.rule_id)) for rule in rules]


def _result(ref: TableRef, rule: Rule, verdict: Verdict | None) -> dg.AssetCheckResult:
    judged = verdict or Verdict(rule.rule_id, rule.severity, 0, 0)
    severity = dg.AssetCheckSeverity.ERROR if rule.severity is Severity.BLOCK else dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(
        passed=judged.is_kept,
        asset_key=asset_key(ref),
        check_name=rule.rule_id,
        severity=severity,
        metadata=_figures(ref, rule, judged),
    )


def _figures(ref: TableRef, rule: Rule, judged: Verdict) -> dict[str, Any]:
    """Counts, which the UI draws over time, and where to look."""
    judges = "elements" if ref.zone is Zone.FORMATTED else "rows"
    figures: dict[str, Any] = {
        f"{judges}_judged": judged.judged,
        f"{judges}_broken": judged.broken,
        "share_broken": judged.broken / judged.judged if judged.judged else 0.0,
    }
    if judged.measured is not None:
        figures["measured"] = judged.measured
    if judged.example:
        figures["first"] = judged.example
    if judged.first_keys:
        figures["first_keys"] = "; ".join(judged.first_keys)
    if not judged.is_kept and rule.severity is not Severity.WARN and ref.zone is Zone.TRUSTED:
        figures["quarantine"] = dg.MetadataValue.asset(asset_key(TableRef(Zone.QUARANTINE, ref.name)))
        figures["look"] = f"lake quarantine {ref.name}"
    return figures
