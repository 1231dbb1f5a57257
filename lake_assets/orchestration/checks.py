"""Quality rules as asset checks: one check for each rule, blocking where the rule is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import dagster as dg

from lake_assets.model import Rule, Severity, TableRef, Verdict, Zone
from lake_assets.orchestration.keys import asset_key

__all__ = ["check_results", "check_specs"]


def check_specs(ref: TableRef, rules: Sequence[Rule]) -> list[dg.AssetCheckSpec]:
    """Declare the checks of a table."""
    return [
        dg.AssetCheckSpec(
            rule.rule_id,
            asset=asset_key(ref),
            description=_description(rule),
            blocking=rule.severity is Severity.BLOCK,
            metadata={"severity": rule.severity.value, "owner": rule.owner, "kind": rule.kind},
        )
        for rule in rules
    ]


def _description(rule: Rule) -> str:
    bounds = ", ".join(f"{name} {value}" for name, value in rule.parameters.items())
    what = f"{', '.join(rule.columns)} {rule.kind} {bounds}".strip()
    return f"{rule.reason}: {what}" if rule.reason else what


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
        metadata={
            f"{_judges(ref)}_judged": judged.judged,
            f"{_judges(ref)}_broken": judged.broken,
            "share_broken": judged.broken / judged.judged if judged.judged else 0.0,
            **({"first": judged.example} if judged.example else {}),
        },
    )


def _judges(ref: TableRef) -> str:
    return "elements" if ref.zone is Zone.FORMATTED else "rows"
